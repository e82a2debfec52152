"""Runs one broker of Kafka (KRaft) as a process of its own class path, in a folder that holds all its data."""
import os
import shutil
import socket
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
JARS = os.path.join(ROOT, 'target/kafka')
SETTINGS = """process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:%(controller)d
listeners=PLAINTEXT://127.0.0.1:%(port)d,CONTROLLER://127.0.0.1:%(controller)d
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=%(folder)s/data
# Auto-created topics: so many members of a group can share them.
num.partitions=6
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
group.initial.rebalance.delay.ms=0
"""

# A second listener with TLS and a login, for which the file key.pem holds key, certificate and authority.
SECURED = """listeners=PLAINTEXT://127.0.0.1:%(port)d,SECURED://127.0.0.1:%(secured)d,CONTROLLER://127.0.0.1:%(controller)d
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SECURED:SASL_SSL,CONTROLLER:PLAINTEXT
listener.name.secured.ssl.keystore.type=PEM
listener.name.secured.ssl.keystore.location=%(folder)s/key.pem
listener.name.secured.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.secured.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
"""


def fetch():
    """Copies the broker's jars into target/kafka, all of them or none, if they are not there."""
    if os.path.isdir(JARS):
        return
    shutil.rmtree(JARS + '.part', ignore_errors=True)
    subprocess.run(['mvn', '--batch-mode', '--quiet', '--file', ROOT + '/src/test/kafka/pom.xml', 'dependency:copy-dependencies',
                    '-DoutputDirectory=%s.part' % JARS], check=True)
    os.rename(JARS + '.part', JARS)


def java():
    home = os.environ.get('JAVA_HOME')
    return home + '/bin/java' if home else 'java'


class Kafka:
    """One broker; start after kill continues with the same data."""

    def __init__(self, folder, port, settings='', secured=None):
        """secured: port, key with certificates, and password of the listener with TLS and the login streetbox."""
        self.folder, self.port, self.process = folder, port, None
        os.makedirs(folder + '/tmp', exist_ok=True)
        fetch()
        with open(folder + '/settings', 'w') as file:
            file.write(SETTINGS % {'controller': port + 1, 'port': port, 'folder': folder} + settings)
            if secured:
                file.write(SECURED % {'controller': port + 1, 'port': port, 'secured': secured[0], 'folder': folder})
        login = []
        if secured:
            with open(os.open(folder + '/key.pem', os.O_WRONLY | os.O_CREAT, 0o600), 'w') as file:
                file.write(secured[1])
            login = ['--add-scram', 'SCRAM-SHA-512=[name=streetbox,password=%s]' % secured[2]]
        self.run('kafka.tools.StorageTool', 'format', '-t', 'c3RyZWV0Ym94LXRlc3RzMQ', '-c', folder + '/settings', *login).wait()

    def run(self, *arguments):
        with open(self.folder + '/log', 'ab') as log:
            return subprocess.Popen([java(), '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.io.tmpdir=%s/tmp' % self.folder,
                                     '-cp', JARS + '/*', *arguments], stdout=log, stderr=log)

    def start(self):
        self.process = self.run('kafka.Kafka', self.folder + '/settings')

    def accepts(self):
        try:
            socket.create_connection(('127.0.0.1', self.port), 2).close()
            return True
        except OSError:
            return False

    def kill(self):
        """SIGKILL, and a wait until the process is gone."""
        if self.process:
            self.process.kill()
            self.process.wait()
