"""Starts brokers, boxes and subscribers in network namespaces of their own, and measures processes, for the benches."""
import atexit
import gzip
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'src/test/backend'))
sys.dont_write_bytecode = True
from processes import cpu_s, rss_mb  # noqa: E402, F401  the benches use both

FOLDER = ''  # of this run; it is removed at the end
RAM = ''  # the same on tmpfs, as /run is
ETHERNET = 14  # bytes of an Ethernet header, which the interface counts and a radio link does not have
_children = []
_mounts = []


def begin(needs=()):
    """Continues in a network namespace of its own, as root; makes the folder of the run; builds the program if it is missing."""
    os.environ['PATH'] += ':/usr/sbin'
    for program in ('mosquitto', 'mosquitto_sub', 'ip', 'tc', 'nsenter', *needs):
        if shutil.which(program) is None:
            sys.exit('%s is missing' % program)
    if os.geteuid() != 0:
        sys.exit('run as root: the bench makes network namespaces')
    if 'STREETBOX_BENCH_NET' not in os.environ:
        os.environ['STREETBOX_BENCH_NET'] = 'own'
        os.execvp('unshare', ['unshare', '--net', sys.executable, *sys.argv])
    if not os.path.exists(ROOT + '/target/streetbox/bin/streetbox'):
        run('mvn', '--quiet', '--batch-mode', '-DskipTests', 'package', cwd=ROOT)
    global FOLDER, RAM
    FOLDER = tempfile.mkdtemp(prefix='streetbox-bench-')
    RAM = tempfile.mkdtemp(prefix='streetbox-bench-', dir='/dev/shm')
    atexit.register(_end)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    run('ip', 'link', 'set', 'lo', 'up')


def _end():
    for child in _children:
        child.kill()
    for child in _children:
        child.wait()
    for mount in _mounts:
        subprocess.run(['umount', mount], check=False)
    for folder in FOLDER, RAM:
        shutil.rmtree(folder, ignore_errors=True)


def run(*command, cwd=None):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=cwd).stdout


def child(command, name, **options):
    """Starts a process that is killed when the bench ends; its words go to a file."""
    with open('%s/%s.log' % (FOLDER, name), 'ab') as log:
        process = subprocess.Popen(command, stderr=log, **{'stdout': log, **options})
    _children.append(process)
    return process


def end(process):
    """Ends a process as systemd would, and waits for its end."""
    process.terminate()
    process.wait(30)
    _children.remove(process)


def until(condition, what, timeout_s=120):
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError('not within %d s: %s' % (timeout_s, what))
        time.sleep(0.02)


def spread(values, form='%.1f'):
    """Returns a median with least and greatest value in words."""
    if not values:
        return '–'
    ordered = sorted(values)
    middle = ordered[len(ordered) // 2] if len(ordered) % 2 else sum(ordered[len(ordered) // 2 - 1:][:2]) / 2
    low, median, high = form % ordered[0], form % middle, form % ordered[-1]
    return median if low == high else '%s (%s–%s)' % (median, low, high)


class Certificate:
    """A certificate of the address of a broker, signed by itself."""

    def __init__(self, address):
        self.file = '%s/%s.pem' % (FOLDER, address)
        self.key = '%s/%s.key' % (FOLDER, address)
        subprocess.run(
            ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj',
             '/CN=' + address, '-addext', 'subjectAltName=IP:' + address, '-keyout', self.key, '-out', self.file],
            check=True, stderr=subprocess.DEVNULL)


class Cable:
    """A network namespace with a cable to the namespace of the bench, whose end there has the address of the broker."""

    def __init__(self, number):
        self.near, self.far = 'cable%d' % number, 'radio%d' % number
        self.address = '10.9.%d.1' % number
        self.holder = child(['unshare', '--net', 'sleep', 'infinity'], 'cable')
        own = os.readlink('/proc/self/ns/net')
        until(lambda: os.readlink('/proc/%d/ns/net' % self.holder.pid) != own, 'network namespace')
        self.inside = ['nsenter', '--target', str(self.holder.pid), '--net']
        run('ip', 'link', 'add', self.near, 'type', 'veth', 'peer', 'name', self.far, 'netns', str(self.holder.pid))
        for prefix, name, address in ((), self.near, self.address), (self.inside, self.far, '10.9.%d.2' % number):
            run(*prefix, 'ip', 'address', 'add', address + '/24', 'dev', name)
            # A packet is counted as it is on the air, not as a bundle that the interface would split.
            run(*prefix, 'ip', 'link', 'set', name, 'gso_max_segs', '1')
            run(*prefix, 'ip', 'link', 'set', name, 'up')
        run(*self.inside, 'ip', 'link', 'set', 'lo', 'up')

    def bytes(self):
        """Returns the bytes in both directions, IP headers included."""
        with open('/proc/self/net/dev') as file:
            line = next(line for line in file if line.strip().startswith(self.near + ':'))
        numbers = [int(word) for word in line.split(':')[1].split()]
        return numbers[0] + numbers[8] - ETHERNET * (numbers[1] + numbers[9])  # bytes and packets received, sent

    def _both(self, verb):
        run('tc', 'qdisc', verb, 'dev', self.near, 'root', 'blackhole')
        run(*self.inside, 'tc', 'qdisc', verb, 'dev', self.far, 'root', 'blackhole')

    def cut(self):
        self._both('add')

    def mend(self):
        self._both('del')


class Broker:
    """Mosquitto on the near end of a cable, and on loopback for a subscriber whose session outlives the broker's absence."""

    def __init__(self, cable, name, tls=False):
        self.cable, self.name, self.port = cable, name, 18000 + int(cable.near[5:])
        self.certificate = Certificate(cable.address) if tls else None
        self.folder = '%s/%s-broker' % (FOLDER, name)
        os.mkdir(self.folder)
        lines = ['user ' + run('id', '-un').strip(), 'allow_anonymous true', 'persistence true', 'max_queued_messages 0',
                 'persistence_location %s/' % self.folder, 'listener %d 127.0.0.1' % self.port,
                 'listener %d %s' % (8883 if tls else 1883, cable.address)]
        if tls:
            lines += ['certfile ' + self.certificate.file, 'keyfile ' + self.certificate.key]
        with open(self.folder + '/mosquitto.conf', 'w') as file:
            file.write('\n'.join(lines) + '\n')
        self.process = None
        self.start()

    def start(self):
        self.process = child(['mosquitto', '-c', self.folder + '/mosquitto.conf'], self.name + '-broker')
        until(self._listens, 'Mosquitto listens')

    def _listens(self):
        with socket.socket() as client:
            return client.connect_ex(('127.0.0.1', self.port)) == 0

    def stop(self):
        end(self.process)

    def uri(self):
        return ('mqtts://%s:8883' if self.certificate else 'mqtt://%s:1883') % self.cable.address


class Subscriber:
    """What arrives at a broker: the time and the body of each message."""

    def __init__(self, broker, name, topic):
        self.path = '%s/%s-messages' % (FOLDER, name)
        with open(self.path, 'wb') as out:
            self.process = child(
                ['mosquitto_sub', '-V', 'mqttv311', '-h', '127.0.0.1', '-p', str(broker.port), '-q', '1', '-c', '-i', 'bench',
                 '-t', topic, '-F', '%U %x'], name + '-subscriber', stdout=out)

    def size(self):
        return os.path.getsize(self.path)

    def messages(self, begin=0, end_=None):
        """Returns time and body of the messages in a part of the file."""
        with open(self.path, 'rb') as file:
            file.seek(begin)
            lines = file.read(None if end_ is None else end_ - begin).decode()
        found = []
        for line in lines[:lines.rfind('\n') + 1].splitlines():
            stamp, body = line.split(' ')
            found.append((float(stamp), bytes.fromhex(body)))
        return found


class Card:
    """A loop-mounted ext4 with blocks of 4 KiB, as a card has; the kernel counts what is written to it."""

    def __init__(self, name):
        self.folder = '%s/%s-card' % (FOLDER, name)
        os.mkdir(self.folder)
        image = self.folder + '.image'
        with open(image, 'wb') as file:
            file.truncate(512 << 20)  # mkfs chooses blocks of 4 KiB from this size on
        run('mkfs.ext4', '-q', '-F', '-b', '4096', image)
        run('mount', '--options', 'loop', image, self.folder)
        _mounts.append(self.folder)
        self.device = os.path.basename(run('findmnt', '--noheadings', '--output', 'SOURCE', self.folder).strip())

    def bytes(self):
        with open('/sys/block/%s/stat' % self.device) as file:
            return int(file.read().split()[6]) * 512  # Documentation/block/stat.rst: 7, sectors written


def program():
    """Returns a copy of the program with its class archives, as the package has it on a box."""
    folder = FOLDER + '/program'
    if not os.path.exists(folder):
        shutil.copytree(ROOT + '/target/streetbox', folder)
        run(folder + '/bin/archive')
    return folder + '/bin/streetbox'


def rows(body):
    """Returns the rows of a batch in any encoding."""
    if body[:2] == b'\x1f\x8b':
        body = gzip.decompress(body)
    elif body[:1] != b'{':
        body = _compact().decode(body).encode()
    return json.loads(body)['rows']


def values(row):
    """Returns how many values a row has."""
    return len(row.keys() - {'seq', 't', 'tq', 'q'})


def _compact():
    if 'compact' not in sys.modules:
        spec = importlib.util.spec_from_file_location('compact', ROOT + '/deploy/contract/compact/decode.py')
        module = importlib.util.module_from_spec(spec)
        words, sys.argv = sys.argv, sys.argv[:1]
        spec.loader.exec_module(module)
        sys.argv = words
        sys.modules['compact'] = module
    return sys.modules['compact']
