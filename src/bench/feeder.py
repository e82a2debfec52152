"""Plays gpsd and a PMS5003 on a pseudo-terminal, once a second.

Usage: python3 feeder.py GPSD_PORT LINK [ROWS_PORT]
ROWS_PORT has the same values in a line of JSON a second for programs that have no driver, the first one at once. SIGUSR1
adds 3,600 lines, 120 a second.
"""
import json, os, pty, signal, socket, struct, sys, threading, time, tty

BURST = 3600
BURST_PERIOD_S = 1 / 120
port, link = int(sys.argv[1]), sys.argv[2]
master, slave = pty.openpty()
tty.setraw(master)
tty.setraw(slave)
os.symlink(os.ttyname(slave), link)


def serve(port, client):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(4)
    while True:
        threading.Thread(target=client, args=(server.accept()[0],), daemon=True).start()


def watch(client):
    say = lambda text: client.sendall(text.encode() + b"\n")
    try:
        say('{"class":"VERSION","release":"3.22","rev":"3.22","proto_major":3,"proto_minor":14}')
        client.recv(200)
        say('{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/ttyACM0","driver":"u-blox",'
            '"activated":"2026-11-28T00:00:00.000Z","flags":1}]}')
        while True:
            now = time.time()
            time.sleep(1.12 - now % 1)
            stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
            move = (time.time() % 3600) * 5e-5
            say('{"class":"TPV","device":"/dev/ttyACM0","mode":3,"time":"%s","ept":0.005,"lat":%.9f,'
                '"lon":116.326519000,"altHAE":40.1,"altMSL":49.2,"alt":49.2,"epx":2.1,"epy":3.0,"epv":6.1,'
                '"track":1.2,"magtrack":355.3,"magvar":-6.9,"speed":5.551,"climb":0.01,"eps":0.2,"epc":9.2,'
                '"geoidSep":-9.1,"eph":4.2,"sep":7.1}' % (stamp, 40.0 + move))
            sats = ",".join('{"PRN":%d,"el":40.0,"az":%d.0,"ss":35.0,"used":true,"gnssid":0,"svid":%d}' %
                            (n, n * 30, n) for n in range(1, 13))
            say('{"class":"SKY","device":"/dev/ttyACM0","xdop":0.6,"hdop":0.9,"satellites":[%s]}' % sats)
    except OSError:
        pass


def rows(client):
    global burst
    n = 0
    try:
        while True:
            n += 1
            k = n % 7
            row = {"seq": n, "t": time.time_ns() // 1000000, "lat": round(40 + time.time() % 3600 * 5e-5, 6), "lon": 116.326519,
                   "hacc_m": 4.2, "alt_m": 49.2, "spd_mps": 5.55, "hdg_deg": 1.2, "pm1_ugm3": 15 + k, "pm25_ugm3": 24 + k,
                   "pm10_ugm3": 30 + k, "nc03_cm3": 30 + .3 * k, "nc05_cm3": 9 + .09 * k, "nc1_cm3": 1.5 + .01 * k,
                   "nc25_cm3": .2 + .01 * k, "nc5_cm3": .06, "nc10_cm3": .02}
            client.sendall(json.dumps(row, separators=(",", ":")).encode() + b"\n")
            if burst > 0:
                burst -= 1
                time.sleep(BURST_PERIOD_S)
            else:
                due = 1.12 - time.time() % 1
                while due > 0 and burst == 0:
                    time.sleep(min(due, 0.05))
                    due -= 0.05
    except OSError:
        pass


def more(*_):
    global burst
    burst += BURST


burst = 0
signal.signal(signal.SIGUSR1, more)
threading.Thread(target=serve, args=(port, watch), daemon=True).start()
if len(sys.argv) > 3:
    threading.Thread(target=serve, args=(int(sys.argv[3]), rows), daemon=True).start()
second = 0
while True:
    time.sleep(1.3 - time.time() % 1 if time.time() % 1 < 0.3 else 2.3 - time.time() % 1)
    second += 1
    n = second % 7
    words = [28, 15 + n, 24 + n, 30 + n, 15 + n, 24 + n, 30 + n, 3000 + 30 * n, 900 + 9 * n, 150 + n,
             20 + n, 6, 2, 0x9700]
    frame = b"BM" + struct.pack(">14H", *words)
    os.write(master, frame + struct.pack(">H", sum(frame)))
