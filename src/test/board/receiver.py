#!/usr/bin/env python3
"""Plays a GNSS receiver at a serial line of the board: NMEA 0183 once a second, with the true time.

usage: receiver.py SOCKET     a Unix socket of QEMU; connects again whenever the board starts
"""
import socket
import sys
import threading
import time

LAT, LON = 40.0732, 116.3180


def sentence(body):
    checksum = 0
    for char in body:
        checksum ^= ord(char)
    return "$%s*%02X\r\n" % (body, checksum)


def degrees(value, digits):
    return "%0*d%07.4f" % (digits, int(value), value % 1 * 60)


def second():
    now = time.gmtime()
    clock, day = time.strftime("%H%M%S.00", now), time.strftime("%d%m%y", now)
    place = degrees(LAT, 2) + ",N," + degrees(LON, 3) + ",E"
    return (
        sentence("GPGGA,%s,%s,1,09,0.9,45.0,M,-9.0,M,," % (clock, place))
        + sentence("GPGSA,A,3,02,05,07,10,13,16,21,26,29,,,,1.6,0.9,1.3")
        + sentence("GPRMC,%s,A,%s,000.5,084.4,%s,,,A" % (clock, place, day))
    )


def drain(link):
    """Reads what gpsd writes to the receiver, because QEMU stops while nobody reads."""
    try:
        while link.recv(4096):
            pass
    except OSError:
        pass


def play(path):
    with socket.socket(socket.AF_UNIX) as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2304)  # holds no old positions
        link.connect(path)
        threading.Thread(target=drain, args=(link,), daemon=True).start()
        while True:
            time.sleep(1.0 - time.time() % 1.0)
            try:
                link.send(second().encode(), socket.MSG_DONTWAIT)
            except BlockingIOError:
                pass  # nobody reads the line, so that the second is lost, as on a UART


while True:
    try:
        play(sys.argv[1])
    except OSError:
        time.sleep(0.2)
