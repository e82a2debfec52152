"""Tests the tables of ingest in a schema of its own: content, retention, calibration, roads, the map's files."""
import json
import os
import re
import subprocess
import time

SCHEMA = 'tables'
DAY = 86400000


class Tables:
    """Runs an ingest of its own; v is the module of deploy/backend/verify."""

    def __init__(self, v):
        self.v = v
        self.log = open(v.FOLDER + '/log/tables', 'ab')
        self.ingest = subprocess.Popen(
            [v.FOLDER + '/program/bin/streetbox', 'ingest', '--broker', 'mqtt://127.0.0.1:%d' % v.BASE, '--username', 'ingest',
             '--password-file', v.FOLDER + '/secret/ingest', '--database', 'jdbc:postgresql://127.0.0.1:%d/streetbox' % (v.BASE + 4),
             '--database-user', 'ingest', '--database-password-file', v.FOLDER + '/secret/database', '--schema', SCHEMA,
             '--name', SCHEMA, '--simulated', 'store'], stdout=self.log, stderr=self.log)
        v.until('the ingest of the tables', lambda: b'storing into' in open(self.log.name, 'rb').read() and v.stable(lambda: 0))
        self.box = v.by_certificate('sb-one', lambda topic, payload: None)

    def end(self):
        self.box.close()
        self.ingest.terminate()
        self.v.check('the ingest of the tables ends with 0', self.ingest.wait(30) == 0)

    def sql(self, query):
        return self.v.sql(query, schema=SCHEMA)

    def owner(self, query):
        return self.v.sql(query, schema=SCHEMA, owner=True)

    def value(self, query):
        rows = self.sql(query)
        return rows[0][0] if rows else None

    def check(self, words, found, wanted):
        self.v.check(words, found == wanted, (found, wanted))

    def send(self, topic, body):
        code = self.v.code(self.box, 'streetbox/v1/sb-one/' + topic, json.dumps(body).encode())
        assert code < 0x80, code

    def batch(self, boot, first, last, lane='live', tq='gnss', **more):
        t0 = 1795420800000 + boot * DAY
        rows = [{'seq': n, 't': t0 + n * 1000, 'tq': tq, 'pm25_ugm3': n, 'q': 0 if tq == 'gnss' else 16384} for n in range(first, last + 1)]
        self.send(lane, {'v': 1, 'box': 'sb-one', 'boot': boot, 'first': first, 'last': last, 't0': t0, 'rows': rows, **more})

    def stored(self, boot, rows, what='rows'):
        """Waits until a boot has so many rows, or duplicates."""
        query = "select %s from boot where box = 'sb-one' and boot = %d" % (what, boot)
        return self.v.until('%d %s of boot %d' % (rows, what, boot), lambda: self.value(query) == str(rows), 30)

    def messages(self):
        """What messages state besides rows is stored."""
        t0 = 1795420800000 + DAY
        self.batch(1, 1, 5, tq='est', t0_min=t0 - 60000, cal='2-abc', sim=True, drops=[[6, 6, 'power_cut'], [7, 8, 'refused'], [4, 4, 'store_full']])
        self.stored(1, 5)
        limits = ("select extract(epoch from t0 - t0_min), extract(epoch from t0_max - t0), cal, simulated from boot"
                  " where box = 'sb-one' and boot = 1")
        self.check('the earliest start, the calibration and "sim" of a batch are stored', self.sql(limits), [['60.000000', '', '2-abc', 't']])
        self.batch(1, 4, 6, tq='est', t0_min=t0 - 60000, t0_max=t0 + 90000)
        self.stored(1, 6)
        self.check('a latest start that comes later is stored', self.sql(limits), [['60.000000', '90.000000', '', 't']])
        self.check('a loss has the reason that the box gave', self.sql("select first, last, rows, reason from loss where box = 'sb-one' order by 1"),
                   [['4', '4', '1', 'store_full'], ['6', '6', '1', 'power_cut'], ['7', '8', '2', 'refused']])
        self.check('the account has the reasons of rows that did not come, and the state of the boot',
                   self.sql("select received, declared, unexplained, duplicates, state, reasons from account where box = 'sb-one' and boot = 1"),
                   [['6', '2', '0', '2', 'ended', '{"refused": 2}']])
        self.check('the account is the same for a reader with another search path',
                   self.v.sql('select * from tables.account order by 1, 2'), self.sql('select * from account order by 1, 2'))

    def answers(self):
        """A range that a box cannot send again is settled with its reason."""
        self.batch(2, 1, 1)
        self.batch(2, 20, 20)
        self.stored(2, 2)
        boot = self.value("select boot_id from boot where box = 'sb-one' and boot = 2")
        self.owner("insert into resend (id, boot_id, first, last) values ('rs-t', %s, 2, 19)" % boot)
        answer = {'v': 1, 'box': 'sb-one', 'id': 'rs-t', 'cmd': 'resend', 'ok': True, 'result': {
            'gone': [[2, 3, 'retention'], [4, 5, 'dropped:store_full'], [6, 6, 'lost'], [7, 7, 'refused']],
            'waiting': [[8, 9]], 'never': [[10, 11], [3, 2], [0, 4]], 'will_send': [[12, 19]]}}
        for _ in range(2):
            self.send('ack', answer)
        self.v.until('the answer', lambda: self.value('select count(*) from settled') == '6', 30)
        self.check('an answer settles what is gone, waiting or never was, each once',
                   self.sql('select first, last, why from settled order by 1'),
                   [['2', '3', 'retention'], ['4', '5', 'dropped:store_full'], ['6', '6', 'lost'], ['7', '7', 'refused'], ['8', '9', 'waiting'], ['10', '11', 'never']])
        self.check('what was lost is declared by the answer, what retention removed is not',
                   self.sql('select first, last, reason from loss where boot = 2 order by 1'),
                   [['4', '5', 'store_full'], ['6', '6', 'lost'], ['7', '7', 'refused']])
        self.owner('select find_holes()')
        self.check('only what may still come is a hole', self.sql('select first, last from hole where boot_id = %s' % boot), [['12', '19']])

    def retention(self):
        """Partitions go as a whole, and what comes later of them is counted only."""
        for boot in range(3, 10):
            self.batch(boot, 1, 3)
            self.stored(boot, 3)
        ids = dict(self.sql("select boot, boot_id from boot where box = 'sb-one'"))
        parts = lambda: sorted(int(name[4:]) for name, in self.sql(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'row'::regclass"))
        self.check('partitions are ranges of boot_id', parts(), sorted({int(one) // 2 * 2 for one in ids.values()}))
        old = lambda: self.owner("update boot set last_at = now() - interval '40 days', changed_at = now() - interval '40 days' where boot <> 5")
        old()
        self.batch(3, 1, 4, 'backlog')
        self.check('a row that comes again after a month meets its key', self.stored(3, 3, 'duplicates')
                   and self.value("select rows from boot where box = 'sb-one' and boot = 3"), '4')
        old()
        newest = max(int(one) for one in ids.values())
        kept = {int(ids['5']) // 2 * 2}
        removed = [low for low in parts() if low not in kept and low + 1 <= newest]
        self.owner('insert into pass select 50, %s, 1, 1, boot_id, now(), 1, 1 from boot' % "'pm25_ugm3'")
        self.owner("update setting set value = 30 where key = 'keep_days'")
        said = self.owner('select daily()')
        self.check('daily() drops the partitions that are old, %d of them' % len(removed), said[0][0].split(',')[0], '%d partitions removed (keep_days 30)' % len(removed))
        self.check('a partition with one younger boot stays, and so does the one that is being filled', parts(),
                   sorted(set(kept) | {low for low in {int(one) // 2 * 2 for one in ids.values()} if low not in removed}))
        gone = [boot for boot, one in ids.items() if int(one) // 2 * 2 in removed]
        self.check('the account says which boots have expired', sorted(self.sql("select boot, received from account where state = 'expired'")),
                   sorted(self.sql("select boot, rows from boot where box = 'sb-one' and boot = any('{%s}')" % ','.join(gone))))
        self.check('their passes and holes are gone', self.value(
            'select (select count(*) from pass p join boot using (boot_id) where expired_at is not null)'
            ' + (select count(*) from hole join boot using (boot_id) where expired_at is not null)'), '0')
        self.owner('select find_holes()')
        before = self.sql('select boot, rows from boot order by 1')
        self.batch(3, 1, 6, 'backlog', drops=[[7, 7, 'store_full']])
        self.send('event', {'v': 1, 'box': 'sb-one', 'boot': 3, 'id': 'sb-one-3-1', 'kind': 'report', 't': 1795420801000, 'tq': 'gnss', 'text': 'late'})
        self.send('event', {'v': 1, 'box': 'sb-one', 'boot': 11, 'id': 'sb-one-11-1', 'kind': 'time', 't': 1795420801000, 'tq': 'gnss', 'dated_boot': 3,
                            'dated_t0': 1795420800000, 'dated_tq': 'gnss', 'last': 3, 'rev': 9})
        self.batch(10, 1, 3)
        self.stored(10, 3)
        self.check('rows of a dropped partition are counted, and not stored again', [self.sql("select reason, messages, rows from refused where box = 'sb-one'"),
                   [one for one in self.sql('select boot, rows from boot order by 1') if one[0] not in ('10', '11')], set(parts()) & set(removed)],
                   [[['expired', '1', '6']], before, set()])
        self.check('a late event of them is kept', self.value("select count(*) from event where event_id like 'sb-one-%'"), '2')
        self.check('nothing of it went to quarantine', self.value('select count(*) from quarantine'), '0')
        self.check('daily() changes nothing a second time', self.owner('select daily()')[0][0].split(',')[0], '0 partitions removed (keep_days 30)')
        self.owner("update setting set value = 0 where key = 'keep_days'")


def run(v):
    tables = Tables(v)
    try:
        tables.owner("update setting set value = 2 where key = 'partition_boots'")
        tables.messages()
        tables.answers()
        tables.retention()
    finally:
        tables.end()
