"""Speaks as much MQTT 5 as the tests of the backend need: QoS 1 in both directions."""
import select
import socket
import ssl
import struct
import threading


def text(value):
    data = value.encode()
    return struct.pack('>H', len(data)) + data


def number(value):
    out = b''
    while True:
        value, digit = divmod(value, 128)
        out += bytes([digit | (128 if value else 0)])
        if not value:
            return out


class Client:
    """One connection. Raises OSError from every method once it is lost."""

    def __init__(self, port, client, username=None, password=None, tls=None, expiry_s=0, on_message=None):
        raw = socket.create_connection(('127.0.0.1', port), timeout=10)
        self.sock = tls.wrap_socket(raw, server_hostname='localhost') if tls else raw
        self.on_message = on_message
        self.answers = {}
        self.changed = threading.Condition()
        self.next_id = 0
        self.error = None
        self.lock = threading.Lock()
        self.sending = threading.Lock()
        self.sock.setblocking(False)
        flags = (0 if expiry_s else 2) | (128 if username else 0) | (64 if password else 0)
        body = text('MQTT') + bytes([5, flags]) + struct.pack('>H', 30)
        body += bytes([8, 17]) + struct.pack('>I', expiry_s) + bytes([33]) + struct.pack('>H', 50)
        body += text(client) + (text(username) if username else b'') + (text(password) if password else b'')
        self.send(0x10, body)
        kind, packet = self.read()
        if kind >> 4 != 2 or packet[1] != 0:
            raise OSError('CONNACK 0x%02x' % (packet[1] if len(packet) > 1 else 255))
        threading.Thread(target=self.run, daemon=True).start()

    def send(self, kind, body):
        data = bytes([kind]) + number(len(body)) + body
        with self.sending:
            while data:
                data = data[self.transfer(lambda: self.sock.send(data)):]

    def exactly(self, count):
        data = b''
        while len(data) < count:
            more = self.transfer(lambda: self.sock.recv(count - len(data)))
            if not more:
                raise OSError('closed')
            data += more
        return data

    def transfer(self, action):
        """Reads or writes; two threads must not use one TLS session at the same time."""
        while True:
            if self.error:
                raise OSError(str(self.error))
            try:
                with self.lock:
                    return action()
            except (ssl.SSLWantReadError, BlockingIOError):
                select.select([self.sock], [], [], 0.5)
            except ssl.SSLWantWriteError:
                select.select([], [self.sock], [], 0.5)

    def read(self):
        kind = self.exactly(1)[0]
        length, shift = 0, 0
        while True:
            digit = self.exactly(1)[0]
            length |= (digit & 127) << shift
            shift += 7
            if digit < 128:
                return kind, self.exactly(length)

    def run(self):
        try:
            while True:
                kind, packet = self.read()
                if kind >> 4 in (4, 9):
                    code = packet[2] if kind >> 4 == 4 and len(packet) > 2 else packet[-1] if kind >> 4 == 9 else 0
                    with self.changed:
                        self.answers[struct.unpack('>H', packet[:2])[0]] = code
                        self.changed.notify_all()
                elif kind >> 4 == 3:
                    length = struct.unpack('>H', packet[:2])[0]
                    topic, at = packet[2:2 + length].decode(), 2 + length
                    packet_id = packet[at:at + 2] if kind & 6 else None
                    at += 2 if kind & 6 else 0
                    skip, shift = 0, 0
                    while True:
                        digit = packet[at]
                        skip |= (digit & 127) << shift
                        at, shift = at + 1, shift + 7
                        if digit < 128:
                            break
                    self.on_message(topic, packet[at + skip:])
                    if packet_id:
                        self.send(0x40, packet_id)
                elif kind >> 4 == 14:
                    raise OSError('DISCONNECT 0x%02x' % (packet[0] if packet else 0))
        except (OSError, ValueError) as error:  # also what select says of a closed socket
            with self.changed:
                self.error = error
                self.changed.notify_all()

    def publish(self, topic, payload, content_type='application/json', retain=False):
        """Sends and returns the packet's number."""
        self.next_id = self.next_id % 65535 + 1
        packet_id = struct.pack('>H', self.next_id)
        properties = bytes([3]) + text(content_type) if content_type else b''
        self.send(0x33 if retain else 0x32, text(topic) + packet_id + number(len(properties)) + properties + payload)
        return self.next_id

    def subscribe(self, topic):
        self.next_id = self.next_id % 65535 + 1
        self.send(0x82, struct.pack('>H', self.next_id) + b'\0' + text(topic) + b'\1')
        return self.answer(self.next_id)

    def answer(self, packet_id, limit_s=20):
        """Returns the reason code of the answer to a packet."""
        with self.changed:
            if not self.changed.wait_for(lambda: packet_id in self.answers or self.error, limit_s):
                raise OSError('no answer within %d s' % limit_s)
            if packet_id not in self.answers:
                raise OSError(str(self.error))
            return self.answers.pop(packet_id)

    def close(self):
        try:
            self.send(0xe0, b'')
            self.sock.close()
        except OSError:
            pass


def tls(folder, box=None):
    """Returns the TLS settings of a box with its certificate, or of one without."""
    context = ssl.create_default_context(cafile='%s/ca.pem' % folder)
    if box:
        context.load_cert_chain('%s/boxes/%s/%s.pem' % (folder, box, box), '%s/boxes/%s/%s.key' % (folder, box, box))
    return context
