"""Plays boxes that keep what they have sent, as deploy/contract describes a box."""
import gzip
import json
import random
import threading
import time

import mqtt5


class Box(threading.Thread):
    """Sends rows of one boot, again after each loss of the connection, and answers the command resend."""

    def __init__(self, name, boot, seed, connect, period_s=0.1):
        super().__init__(daemon=True)
        self.name_, self.boot, self.connect, self.period_s = name, boot, connect, period_s
        self.random = random.Random(seed)
        self.t0 = 1795420800000 + seed * 1000
        self.rows = {}
        self.dropped = []
        self.queue = []          # bodies that were not acknowledged: (lane, body, content type)
        self.made = 0
        self.stopping = threading.Event()
        self.paused = threading.Event()
        self.resends = 0
        self.lock = threading.Lock()

    def row(self, seq):
        r = self.random
        row = {'seq': seq, 't': self.t0 + seq * 1000, 'tq': 'gnss',
               'lat': round(40.07 + seq * 1e-5, 6), 'lon': round(116.32 + r.random() / 1000, 6),
               'pm25_ugm3': round(r.uniform(0, 200), 1), 'laeq_db': round(r.uniform(40, 90), 1),
               'voc_index': r.randint(1, 500), 'h2s_ppm': round(r.uniform(0, 2), 2), 'q': 0}
        for key in ('h2s_ppm', 'lat'):
            if r.random() < 0.1:
                row.pop(key)
                row.pop('lon' if key == 'lat' else '', None)
        return row

    def body(self, first, last, seqs, drops=()):
        batch = {'v': 1, 'box': self.name_, 'boot': self.boot, 'first': first, 'last': last, 't0': self.t0,
                 'rows': [self.rows[seq] for seq in seqs]}
        if drops:
            batch['drops'] = [[a, b, 'store_full'] for a, b in drops]
        text = json.dumps(batch, separators=(',', ':')).encode()
        if self.random.random() < 0.5:
            return gzip.compress(text), 'application/json+gzip'
        return text, 'application/json'

    def make(self):
        """Makes five rows; now and then some of them are dropped and declared."""
        first, last = self.made + 1, self.made + 5
        self.made = last
        drops = []
        for seq in range(first, last + 1):
            self.rows[seq] = self.row(seq)
        if self.random.random() < 0.03:
            lost = self.random.randint(first, last)
            drops = [(lost, lost)]
            self.dropped.append(lost)
            del self.rows[lost]
        lane = 'live' if self.random.random() < 0.8 else 'backlog'
        seqs = [seq for seq in range(first, last + 1) if seq in self.rows]
        self.queue.append((lane, *self.body(first, last, seqs, drops)))

    def declare(self, seq):
        """Declares a dropped row once more."""
        with self.lock:
            self.queue.append(('backlog', *self.body(seq, seq, [], [(seq, seq)])))

    def on_message(self, topic, payload):
        command = json.loads(payload)
        args = command.get('args', {})
        result = {}
        if args.get('boot') == self.boot:
            asked = range(args['first'], args['last'] + 1)
            with self.lock:
                have = [s for s in asked if s in self.rows]
                for at in range(0, len(have), 50):
                    part = have[at:at + 50]
                    self.queue.append(('backlog', *self.body(part[0], part[-1], part)))
                self.resends += len(have)
            result['will_send'] = [[s, s] for s in have]
            result['gone'] = [[s, s, 'dropped:store_full'] for s in asked if s in self.dropped]
            result['never'] = [[s, s] for s in asked if s > self.made]
        answer = {'v': 1, 'box': self.name_, 'id': command['id'], 'cmd': command['cmd'], 'ok': True, 'result': result}
        with self.lock:
            self.queue.append(('ack', json.dumps(answer).encode(), 'application/json'))

    def run(self):
        client, due = None, time.monotonic()
        while not self.stopping.is_set() or self.queue:
            try:
                if client is None:
                    client = self.connect(self.name_, self.on_message)
                    client.subscribe('streetbox/v1/%s/cmd/#' % self.name_)
                    state = {'v': 1, 'box': self.name_, 'boot': self.boot, 'state': 'online', 'version': '0'}
                    client.answer(client.publish('streetbox/v1/%s/state' % self.name_, json.dumps(state).encode(), retain=True))
                if time.monotonic() >= due and not self.paused.is_set() and not self.stopping.is_set():
                    due = time.monotonic() + self.period_s
                    with self.lock:
                        self.make()
                with self.lock:
                    part = self.queue[:20]
                sent = [client.publish('streetbox/v1/%s/%s' % (self.name_, lane), body, kind) for lane, body, kind in part]
                for item, packet in zip(part, sent):
                    code = client.answer(packet, 10)
                    if code >= 0x80:
                        raise OSError('PUBACK 0x%02x' % code)
                    with self.lock:
                        self.queue.remove(item)
                time.sleep(0.02)
            except (OSError, ValueError):
                if client:
                    client.close()
                client = None
                time.sleep(0.2)
        if client:
            client.close()

    def expected(self):
        """Returns the account that an audit of everything has: received, declared, unexplained."""
        return (len(self.rows), len(self.dropped), 0)
