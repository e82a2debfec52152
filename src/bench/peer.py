"""Publishes each line of a TCP source with QoS 1, as a small agent in Python does; src/bench/peers measures it.

Usage: peer.py SOURCE_PORT BROKER BROKER_PORT CA_FILE OUTBOX     CA_FILE and OUTBOX are - for none
Without OUTBOX, paho keeps in memory what is not acknowledged. With it, SQLite has each row until it is acknowledged;
rows are committed every ten seconds.
"""
import queue
import socket
import sqlite3
import sys
import time

import paho.mqtt.client as mqtt

COMMIT_PERIOD_S = 10


class Outbox:
    """Rows that are not acknowledged, in SQLite; used by one thread."""

    def __init__(self, path):
        self.database = sqlite3.connect(path)
        self.database.execute('PRAGMA journal_mode = WAL')
        self.database.execute('CREATE TABLE IF NOT EXISTS row (seq INTEGER PRIMARY KEY, body BLOB)')
        self.new, self.acknowledged, self.committed = [], [], time.monotonic()

    def commit_if_due(self):
        if time.monotonic() - self.committed < COMMIT_PERIOD_S:
            return
        self.committed = time.monotonic()
        with self.database:
            self.database.executemany('INSERT INTO row VALUES (?, ?)', self.new)
            self.database.executemany('DELETE FROM row WHERE seq = ?', self.acknowledged)
        self.new, self.acknowledged = [], []


def main(source, broker, port, ca_file, outbox_file):
    outbox = None if outbox_file == '-' else Outbox(outbox_file)
    acknowledged = queue.SimpleQueue()
    client = mqtt.Client('peer', clean_session=False)
    client.on_publish = lambda *arguments: acknowledged.put(arguments[2])
    if ca_file != '-':
        client.tls_set(ca_file)
    client.connect(broker, int(port))
    client.loop_start()
    sent, seq = {}, 0
    for line in socket.create_connection(('127.0.0.1', int(source))).makefile('rb'):
        seq += 1
        sent[client.publish('peer/rows', line.rstrip(), qos=1).mid] = seq
        while not acknowledged.empty():
            done = sent.pop(acknowledged.get(), None)
            if outbox and done:
                outbox.acknowledged.append((done,))
        if outbox:
            outbox.new.append((seq, line))
            outbox.commit_if_due()


main(*sys.argv[1:])
