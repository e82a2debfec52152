"""Plays a platform that takes HJ 212-2017, and tests the command hj212 against it."""
import json
import re
import socket
import subprocess
import threading
import time

MN = '010000A8900016F000169DC0'


def crc(data):
    """Computes the checksum as annex A of HJ 212-2017 describes it, byte by byte."""
    register = 0xFFFF
    for byte in data:
        register = (register >> 8) ^ byte
        for _ in range(8):
            register = (register >> 1) ^ (0xA001 if register & 1 else 0)
    return register


class Platform(threading.Thread):
    """Answers no frame the first time it comes, and each one the second time."""

    def __init__(self):
        super().__init__(daemon=True)
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]
        self.frames, self.faults, self.answered = [], [], []
        self.start()

    def run(self):
        while True:
            client, _ = self.server.accept()
            with client, client.makefile('rb') as lines:
                for line in lines:
                    self.take(client, line)

    def take(self, client, line):
        match = re.fullmatch(rb'##(\d{4})(.*)([0-9A-F]{4})\r\n', line)
        if not match or int(match[1]) != len(match[2]) or int(match[3], 16) != crc(match[2]):
            self.faults.append(line)
            return
        data = match[2].decode('ascii')
        again = data in self.frames
        self.frames.append(data)
        if again:
            qn = re.search(r'QN=(\d{17});', data)[1]
            answer = ('QN=%s;ST=91;CN=9014;PW=654321;MN=%s;Flag=4;CP=&&&&' % (qn, MN)).encode()
            self.answered.append(data)
            client.sendall(b'##%04d%s%04X\r\n' % (len(answer), answer, crc(answer)))


class VirtualStation:
    """Sends a minute of rows within a cell and beside it, and checks what the platform has received later."""

    def __init__(self, v):
        self.v = v
        self.platform = Platform()
        password = v.FOLDER + '/station-password'
        with open(password, 'w') as file:
            file.write('654321\n')
        self.log = open(v.FOLDER + '/log/hj212', 'ab')
        self.process = subprocess.Popen(
            [v.STREETBOX, 'hj212', '--broker', 'mqtt://127.0.0.1:%d' % v.BASE, '--username', 'reader', '--password-file',
             v.FOLDER + '/secret/reader', '--platform', '127.0.0.1:%d' % self.platform.port, '--mn', MN, '--station-password-file', password,
             '--st', '22,24', '--cell', '31.2,121.4,50', '--delay', '1s', '--answer-within', '1s'], stdout=self.log, stderr=self.log)
        v.until('hj212 is connected', lambda: b'subscribed' in open(self.log.name, 'rb').read() and v.stable(lambda: 0), 60)
        self.minute = int(time.time() // 60) + 1
        box = v.by_certificate('sb-six', lambda topic, payload: None)
        rows = []
        for n in range(1, 61):
            t = self.minute * 60000 + n * 1000
            rows.append({'seq': n, 't': t, 'tq': 'gnss', 'lat': 31.2, 'lon': 121.4, 'pm25_ugm3': n, 'laeq_db': 60, 'q': 0})
            rows.append({'seq': 60 + n, 't': t, 'tq': 'gnss', 'lat': 31.201, 'lon': 121.4, 'pm25_ugm3': 900, 'laeq_db': 90, 'q': 0})
        rows.sort(key=lambda row: row['seq'])
        batch = {'v': 1, 'box': 'sb-six', 'boot': 900, 'first': 1, 'last': 120, 't0': self.minute * 60000, 'rows': rows}
        for _ in range(2):  # what comes twice counts once
            v.code(box, 'streetbox/v1/sb-six/live', json.dumps(batch).encode())
        box.close()

    def finish(self):
        v, platform = self.v, self.platform
        v.until('the platform has acknowledged a minute', lambda: len(platform.answered) >= 2, 150)
        self.process.terminate()
        v.check('hj212 ends with 0', self.process.wait(20) == 0)
        v.check('every frame has its length and checksum', not platform.faults and platform.frames, platform.faults)
        local = time.strftime('%Y%m%d%H%M%S', time.gmtime(self.minute * 60 + 8 * 3600))
        wanted = [('22', 'a34004-Min=1.0,a34004-Avg=30.5,a34004-Max=60.0,a34004-Flag=N'),
                  ('24', 'Leq-Data=60.0;LMx-Data=60.0;LMn-Data=60.0;L10-Data=60.0;L50-Data=60.0;L90-Data=60.0')]
        found = [re.sub(r'QN=\d{17}', 'QN=', frame) for frame in platform.frames]
        v.check('a minute of the cell is sent as air and sound, each again until it is acknowledged', found == [
            'QN=;ST=%s;CN=2051;PW=654321;MN=%s;Flag=5;CP=&&DataTime=%s;%s&&' % (st, MN, local, factors) for st, factors in wanted for _ in range(2)], found)
