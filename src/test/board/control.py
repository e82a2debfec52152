#!/usr/bin/env python3
"""Controls a running virtual board from outside.

usage: control.py FOLDER shell SECONDS COMMAND   runs it in the board; prints its output, ends with its code
       control.py FOLDER monitor COMMAND         a command of QEMU's monitor (HMP)
       control.py FOLDER level LINE 0|1          sets the level of an input of the GPIO chip
       control.py FOLDER lamp LINE 0|1           waits until an output has this level; 1 if it does not in 30 s
       control.py FOLDER press LINE LAMP         presses a bouncing button until the lamp stays lit, 9 s at most

FOLDER holds monitor.sock, qtest.sock and shell.port. Exit code 99: the board does not answer in time.
"""
import json
import socket
import sys
import time

GPIO_DATA = 0x90303FC  # the PL061's data register with every line unmasked


def shell(folder, seconds, command):
    """Runs a command. Tries again until the board accepts the connection and answers at all."""
    port = int(open(folder + "/shell.port").read())
    end = time.monotonic() + seconds
    text = command.encode()
    while time.monotonic() < end:
        answer = b""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as link:
                link.settimeout(max(1.0, end - time.monotonic()))
                link.sendall(b"%d\n" % len(text) + text)
                while True:
                    more = link.recv(65536)
                    if not more:
                        break
                    answer += more
        except OSError:
            pass
        body, mark, code = answer.decode(errors="replace").rpartition("\nexit ")
        if mark:
            sys.stdout.write(body)
            return int(code)
        if answer:
            sys.stdout.write(answer.decode(errors="replace"))
            print("the board was cut while it answered")
            return 98
        time.sleep(0.3)
    print("no answer of the board within %d s to: %s" % (seconds, command.split("\n")[0]))
    return 99


def qmp(folder, command, **arguments):
    """Runs one command of QEMU's machine protocol and returns its result."""
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(120)
    link.connect(folder + "/monitor.sock")
    lines = link.makefile("rw")
    lines.readline()
    for request in ({"execute": "qmp_capabilities"}, {"execute": command, "arguments": arguments}):
        lines.write(json.dumps(request) + "\n")
        lines.flush()
        answer = json.loads(lines.readline())
        while "event" in answer:
            answer = json.loads(lines.readline())
    if "error" in answer:
        raise SystemExit(answer["error"]["desc"])
    return answer["return"]


def qtest(folder, line):
    """Runs one line of QEMU's test protocol, which moves wires and reads registers."""
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(30)
    link.connect(folder + "/qtest.sock")
    lines = link.makefile("rw")
    lines.write(line + "\n")
    lines.flush()
    return lines.readline().split()


def gpio_chip(folder):
    """Returns the path of the GPIO chip, whose number depends on the other devices."""
    for child in qmp(folder, "qom-list", path="/machine/unattached"):
        if child["type"] == "child<pl061>":
            return "/machine/unattached/" + child["name"]
    raise SystemExit("the machine has no GPIO chip")


def becomes(folder, line, level, seconds):
    """Waits until an output has a level; returns whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if int(qtest(folder, "readl 0x%x" % GPIO_DATA)[1], 16) >> int(line) & 1 == level:
            return True
        time.sleep(0.02)
    return False


def press(folder, line, lamp):
    """Presses and releases: the contact closes and opens five times within some ms, to ground."""
    chip = gpio_chip(folder)

    def bounce(last):
        for level in [last, 1 - last] * 2 + [last]:
            qtest(folder, "set_irq_in %s unnamed-gpio-in %s %d" % (chip, line, level))
            time.sleep(0.002)

    def stays_lit():
        """Returns false for the short flash of a fault."""
        return becomes(folder, lamp, 1, 4) and not becomes(folder, lamp, 0, 0.5)

    bounce(0)
    lit = stays_lit() or stays_lit()
    bounce(1)
    return 0 if lit else 1


def main(folder, what, *rest):
    if what == "shell":
        return shell(folder, float(rest[0]), rest[1])
    if what == "monitor":
        said = qmp(folder, "human-monitor-command", **{"command-line": rest[0]})
        sys.stdout.write(said)
        return 1 if said.startswith("Error") else 0
    if what == "level":
        qtest(folder, "set_irq_in %s unnamed-gpio-in %s %s" % (gpio_chip(folder), rest[0], rest[1]))
        return 0
    if what == "lamp":
        return 0 if becomes(folder, rest[0], int(rest[1]), 30) else 1
    if what == "press":
        return press(folder, *rest)
    raise SystemExit(__doc__)


sys.exit(main(*sys.argv[1:]))
