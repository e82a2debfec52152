"""Tests the tables of ingest in a schema of its own: content, retention, calibration, roads, the map's files."""
import json
import math
import os
import re
import statistics
import subprocess
import time

SCHEMA = 'tables'
DAY = 86400000
PM_DOUBTS = 0b1111  # pm_warmup, pm_humid, pm_fault, pm_stuck
NOISE_DOUBTS = 0b1111 << 4 | 1 << 19  # noise_motion, noise_overload, noise_floor, noise_stuck, noise_calibrator


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
        self.box = v.by_certificate('sb-six', lambda topic, payload: None)

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
        code = self.v.code(self.box, 'streetbox/v1/sb-six/' + topic, json.dumps(body).encode())
        assert code < 0x80, code

    def batch(self, boot, first, last, lane='live', tq='gnss', **more):
        t0 = 1795420800000 + boot * DAY
        rows = [{'seq': n, 't': t0 + n * 1000, 'tq': tq, 'pm25_ugm3': n, 'q': 0 if tq == 'gnss' else 16384} for n in range(first, last + 1)]
        self.send(lane, {'v': 1, 'box': 'sb-six', 'boot': boot, 'first': first, 'last': last, 't0': t0, 'rows': rows, **more})

    def stored(self, boot, rows, what='rows'):
        """Waits until a boot has so many rows, or duplicates."""
        query = "select %s from boot where box = 'sb-six' and boot = %d" % (what, boot)
        return self.v.until('%d %s of boot %d' % (rows, what, boot), lambda: self.value(query) == str(rows), 30)

    def messages(self):
        """What messages state besides rows is stored."""
        t0 = 1795420800000 + DAY
        self.batch(1, 1, 5, tq='est', t0_min=t0 - 60000, cal='2-abc', sim=True, drops=[[6, 6, 'power_cut'], [7, 8, 'refused'], [4, 4, 'store_full']])
        self.stored(1, 5)
        limits = ("select extract(epoch from t0 - t0_min), extract(epoch from t0_max - t0), cal, simulated from boot"
                  " where box = 'sb-six' and boot = 1")
        self.check('the earliest start, the calibration and "sim" of a batch are stored', self.sql(limits), [['60.000000', '', '2-abc', 't']])
        self.batch(1, 4, 6, tq='est', t0_min=t0 - 60000, t0_max=t0 + 90000)
        self.stored(1, 6)
        self.check('a latest start that comes later is stored', self.sql(limits), [['60.000000', '90.000000', '', 't']])
        self.check('a loss has the reason that the box gave', self.sql("select first, last, rows, reason from loss where box = 'sb-six' order by 1"),
                   [['4', '4', '1', 'store_full'], ['6', '6', '1', 'power_cut'], ['7', '8', '2', 'refused']])
        self.check('the account has the reasons of rows that did not come, and the state of the boot',
                   self.sql("select received, declared, unexplained, duplicates, state, reasons from account where box = 'sb-six' and boot = 1"),
                   [['6', '2', '0', '2', 'ended', '{"refused": 2}']])
        self.check('the account is the same for a reader with another search path',
                   self.v.sql('select * from tables.account order by 1, 2'), self.sql('select * from account order by 1, 2'))

    def answers(self):
        """A range that a box cannot send again is settled with its reason."""
        self.batch(2, 1, 1)
        self.batch(2, 20, 20)
        self.stored(2, 2)
        boot = self.value("select boot_id from boot where box = 'sb-six' and boot = 2")
        self.owner("insert into resend (id, boot_id, first, last) values ('rs-t', %s, 2, 19)" % boot)
        answer = {'v': 1, 'box': 'sb-six', 'id': 'rs-t', 'cmd': 'resend', 'ok': True, 'result': {
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
        holes = 'select first, last from hole where boot_id = %s' % boot
        self.check('only what may still come is a hole', self.sql(holes), [['12', '19']])
        self.batch(2, 12, 15)
        self.stored(2, 6)
        for words, look, expected in (
                ('nothing came of a boot since the last look: its rows are not read again', "+ interval '1 hour'", [['12', '19']]),
                ('rows came since ten minutes before the last look: the hole is smaller', "+ interval '9 minutes'", [['16', '19']])):
            self.owner('update looked set at = now() %s' % look)
            self.owner('select find_holes()')
            self.check(words, self.sql(holes), expected)
        self.batch(2, 16, 19)
        self.batch(2, 25, 25)
        self.stored(2, 11)
        self.owner('select find_holes()')
        self.check('a hole that was filled is forgotten, a new one is found', self.sql(holes), [['21', '24']])
        self.owner('delete from row where boot_id = %s and seq = 1' % boot)
        self.owner('select find_holes()')
        self.check('rows up to the first hole are not read again', self.sql(holes), [['21', '24']])

    def retention(self):
        """Partitions go as a whole, and what comes later of them is counted only."""
        boot = 2
        while boot < 9 or int(self.value('select max(boot_id) from boot')) % 2 == 1:  # so that the newest partition has room
            boot += 1
            self.batch(boot, 1, 3)
            self.stored(boot, 3)
        ids = dict(self.sql("select boot, boot_id from boot where box = 'sb-six'"))
        parts = lambda: sorted(int(name[4:]) for name, in self.sql(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'row'::regclass"))
        self.check('partitions are ranges of boot_id', parts(), sorted({int(one) // 2 * 2 for one in ids.values()}))
        old = lambda: self.owner("update boot set last_at = now() - interval '40 days', changed_at = now() - interval '40 days' where boot <> 5")
        old()
        self.batch(3, 1, 4, 'backlog')
        self.check('a row that comes again after a month meets its key', self.stored(3, 3, 'duplicates')
                   and self.value("select rows from boot where box = 'sb-six' and boot = 3"), '4')
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
                   sorted(self.sql("select boot, rows from boot where box = 'sb-six' and boot = any('{%s}')" % ','.join(gone))))
        self.check('their passes and holes are gone', self.value(
            'select (select count(*) from pass p join boot using (boot_id) where expired_at is not null)'
            ' + (select count(*) from hole join boot using (boot_id) where expired_at is not null)'), '0')
        self.owner('select find_holes()')
        before = self.sql('select boot, rows from boot order by 1')
        self.batch(3, 1, 6, 'backlog', drops=[[7, 7, 'store_full']])
        self.send('event', {'v': 1, 'box': 'sb-six', 'boot': 3, 'id': 'sb-six-3-1', 'kind': 'report', 't': 1795420801000, 'tq': 'gnss', 'text': 'late'})
        self.send('event', {'v': 1, 'box': 'sb-six', 'boot': 31, 'id': 'sb-six-31-1', 'kind': 'time', 't': 1795420801000, 'tq': 'gnss', 'dated_boot': 3,
                            'dated_t0': 1795420800000, 'dated_tq': 'gnss', 'last': 3, 'rev': 9})
        self.batch(30, 1, 3)
        self.stored(30, 3)
        self.check('rows of a dropped partition are counted, and not stored again', [self.sql("select reason, messages, rows from refused where box = 'sb-six'"),
                   [one for one in self.sql('select boot, rows from boot order by 1') if one[0] not in ('30', '31')], set(parts()) & set(removed)],
                   [[['expired', '1', '6']], before, set()])
        self.check('a late event of them is kept', self.value("select count(*) from event where event_id like 'sb-six-%'"), '2')
        self.check('nothing of it went to quarantine', self.value('select count(*) from quarantine'), '0')
        self.check('daily() changes nothing a second time', self.owner('select daily()')[0][0].split(',')[0], '0 partitions removed (keep_days 30)')
        self.owner("update setting set value = 0 where key = 'keep_days'")

    def flags(self):
        """Each view of a quantity doubts what fields.json says, for every flag."""
        with open(os.path.join(self.v.ROOT, 'deploy/contract/fields.json')) as file:
            fields = json.load(file)['fields']
        with open(os.path.join(self.v.ROOT, 'deploy/contract/row.schema.json')) as file:
            bits = {name: int(bit) for bit, name in re.findall(r'(\d+) ([a-z_]+)', json.load(file)['properties']['q']['description'].split('good. ')[1])}
        keys = [field['key'] for field in fields]
        self.owner("""insert into boot (box, boot, t0, tq) values ('flags', 1, '2026-11-01 08:00Z', 'gnss');
            select ensure_partition(boot_id) from boot where box = 'flags';
            insert into row (boot_id, seq, age_ms, q, %s) select boot_id, n + 1, 0, 1 << n, %s from boot, generate_series(0, 30) n where box = 'flags'"""
                   % (', '.join(keys), ', '.join('1' for _ in keys)))
        place = {bit for field in fields if field['key'] == 'lat' for bit in (bits[flag] for flag in field['doubted_by'])}
        wrong = []
        for field in fields:
            doubting = {bits[flag] for flag in field['doubted_by']} - {bits['time_est']}
            for seq, good, doubts, place_good in self.sql('select seq, good, doubts, place_good from %s where box = \'flags\'' % field['key']):
                bit = int(seq) - 1
                # A flag time_est of the row counts for nothing: the boot has a trusted start.
                if [good, doubts, place_good] != ['ft'[bit not in doubting], str(1 << bit if bit in doubting else 0), 'ft'[bit not in place]]:
                    wrong.append((field['key'], bit, good, doubts, place_good))
        self.check('each view of a quantity doubts a value by the flags of fields.json, %d views' % len(fields), wrong, [])

    def calibration(self):
        """Boxes of known slope and offset meet on a loop; a station of 2 h stands beside it."""
        self.owner("""insert into boot (box, boot, t0, tq, last_at) select name, 1, date_trunc('minute', now()) - interval '125 minutes', 'gnss', now()
              from unnest('{ride-1,ride-2,ride-3,ride-4,ride-5,ride-6,ride-few,ride-far}'::text[]) name;
            select ensure_partition(boot_id) from boot where box like 'ride-%';
            select setseed(0.13);
            insert into row (boot_id, seq, age_ms, q, lat, lon, pm25_ugm3, laeq_db)
            select boot_id, n, n * 1000, case when n % 7 = 0 then 3 else 0 end,
              40 + case box when 'ride-far' then 1 when 'ride-few' then case when n < 150 then 0 else 2 end else 0 end
                + 0.003 * sin(6.283 * n * (5 + k * 0.37) / 2000), 116 + 0.004 * cos(6.283 * n * (5 + k * 0.37) / 2000),
              case when n % 7 = 0 then 990 when random() < 0.02 then 400
                else o + s * (40 + 25 * sin(n / 860.0)) + random() + random() + random() - 1.5 end,
              l + 62 + 8 * sin(n / 500.0) + random() + random() - 1
            from (values ('ride-1', 1, 1.0, 0, 0), ('ride-2', 2, 1.3, 2, 1.5), ('ride-3', 3, 0.8, -1, -2), ('ride-4', 4, 1.1, 4, 0.5), ('ride-5', 5, 0.95, 1, 3),
                ('ride-6', 6, 1.5, -3, -1), ('ride-few', 7, 2, 0, 0), ('ride-far', 8, 2, 0, 0)) b(name, k, s, o, l)
              join boot on box = name, generate_series(1, 7200) n""")
        began = time.monotonic()
        said = self.owner('select daily()')[0][0]
        found = lambda quantity: {box: [float(one) for one in numbers] for box, *numbers in self.sql(
            'select box, slope, "offset", scatter, meetings, anchored::int from calibration_suggestion where quantity = \'%s\'' % quantity)}
        true = {'ride-1': (1, 0, 0), 'ride-2': (1.3, 2, 1.5), 'ride-3': (0.8, -1, -2), 'ride-4': (1.1, 4, 0.5), 'ride-5': (0.95, 1, 3), 'ride-6': (1.5, -3, -1)}
        pm = found('pm25_ugm3')
        self.check('every box with enough meetings has a suggestion, one with few or none has not (%s)' % said, sorted(pm), sorted(true))
        far = [(box, truth) for box, (slope, offset, _) in true.items() for truth in (20, 60)
               # A value of the box, corrected and read on the scale of the first.
               if abs(pm['ride-1'][1] + pm['ride-1'][0] * (offset + slope * truth - pm[box][1]) / pm[box][0] - truth) > 1 + 0.05 * truth]
        self.check('without a station, corrected boxes agree within 1 ug/m3 and 5 %', (far, [one[4] for one in pm.values()]), ([], [0] * 6))
        slopes = sorted(one[0] for one in pm.values())
        self.check('without a station the median box is right', round((slopes[2] + slopes[3]) / 2, 3), 1)
        self.owner("""insert into reference_station values ('station', 40 + 0.003 * sin(1.0), 116 + 0.004 * cos(1.0), 'test');
            insert into reference_reading select 'station', key, date_trunc('minute', now()) - interval '125 minutes' + n * interval '1 second',
                case key when 'laeq_db' then 62 + 8 * sin(n / 500.0) else 40 + 25 * sin(n / 860.0) end
              from generate_series(30, 7170, 60) n, unnest('{laeq_db,pm25_ugm3}'::text[]) key""")
        self.owner('select daily()')
        pm, noise = found('pm25_ugm3'), found('laeq_db')
        print('      slope, offset, scatter, meetings, anchored: %s' % pm, flush=True)
        self.check('with a station, slopes are right within 5 % and offsets within 1.5 ug/m3', [
            (box, pm.get(box)) for box, (slope, offset, _) in true.items()
            if box not in pm or abs(pm[box][0] / slope - 1) > 0.05 or abs(pm[box][1] - offset) > 1.5 or pm[box][4] != 1], [])
        self.check('with a station, offsets of levels are right within 0.5 dB, and their slopes are 1', [
            (box, noise.get(box)) for box, (_, _, level) in true.items()
            if box not in noise or noise[box][0] != 1 or abs(noise[box][1] - level) > 0.5], [])
        self.check('no stored value was changed', self.value("select count(*) from row join boot using (boot_id) where box = 'ride-2' and pm25_ugm3 is null"), '0')
        print('      calibration: %.1f s' % (time.monotonic() - began), flush=True)

    def owners_environment(self):
        return dict(os.environ, PGHOST='127.0.0.1', PGPORT=str(self.v.BASE + 4), PGDATABASE='streetbox', PGUSER='ingest', PGPASSWORD=self.v.secret('database'))

    def roads(self):
        """A crossing of two streets; a footway lies nearer and does not count."""
        file = self.v.FOLDER + '/town.osm'
        nodes = {1: (30, 20), 2: (30, 20.002), 3: (29.999, 20.001), 4: (30.001, 20.001), 5: (30.0001, 20), 6: (30.0001, 20.002)}
        ways = {11: ([1, 2], 'residential', 'Long Street'), 12: ([3, 4], 'primary', 'Cross Road'), 13: ([5, 6], 'footway', 'Path')}
        with open(file, 'w') as out:
            out.write('<osm version="0.6">\n')
            for number, (lat, lon) in nodes.items():
                out.write('<node id="%d" version="1" lat="%s" lon="%s"/>\n' % (number, lat, lon))
            for number, (refs, kind, name) in ways.items():
                out.write('<way id="%d" version="1">%s<tag k="highway" v="%s"/><tag k="name" v="%s"/></way>\n'
                          % (number, ''.join('<nd ref="%d"/>' % ref for ref in refs), kind, name))
            out.write('</osm>\n')
        up = self.v.up('--roads', file)
        self.v.check('up --roads loads an extract', up.returncode == 0 and ' road segments of at most 50 m' in up.stdout, up.stdout)
        # Three passes of two boxes, 9 m north of the middle of the second piece of Long Street (193 m in four pieces);
        # three more 25 m from its end, in the corner of the square that the index finds; one 33 m from every road.
        self.owner("""insert into boot (box, boot, t0, tq) select name, 1, '2026-11-01 08:00Z', 'gnss' from unnest('{road-a,road-b}'::text[]) name;
            select ensure_partition(boot_id) from boot where box like 'road-%';
            insert into row (boot_id, seq, age_ms, q, lat, lon, pm25_ugm3)
              select boot_id, hour * 100 + n, hour * 3600000 + n * 1000, 0, 30.00008, 20.0006 + n * 0.00003, 10 + hour * 10 + n
              from boot, generate_series(0, case box when 'road-a' then 1 else 0 end) hour, generate_series(1, 9) n where box like 'road-%';
            insert into row (boot_id, seq, age_ms, q, lat, lon, pm25_ugm3)
              select boot_id, hour * 100 + 50 + n, hour * 3600000 + n * 1000, 0, 30.000162, 20.002187, 500
              from boot, generate_series(0, case box when 'road-a' then 1 else 0 end) hour, generate_series(1, 9) n where box like 'road-%';
            insert into row (boot_id, seq, age_ms, q, lat, lon, pm25_ugm3)
              select boot_id, 900 + n, n * 1000, 0, 30.0003, 20.0006, 500 from boot, generate_series(1, 9) n where box like 'road-%'""")
        done = subprocess.run(['sh', os.path.join(self.v.HERE, 'roads'), file, SCHEMA], env=self.owners_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.check('the streets are cut into pieces of at most 50 m', done.stdout.strip(), '9 road segments of at most 50 m')
        self.owner('select refresh_cells()')
        self.check('a segment has the median of its pass means, and rows far from any road count for none',
                   [(osm, part, name, passes, boxes, round(float(median), 2)) for osm, part, name, passes, boxes, median in self.sql(
                       "select osm_id, part, name, passes, boxes, median from segments('pm25_ugm3')")],
                   [('11', '2', 'Long Street', '3', '2', 15.0)])
        self.check('hours are chosen, and too few passes hide a segment', self.sql("select osm_id from segments('pm25_ugm3', '{8}')"), [])

    def map_files(self):
        """The files of the map are computed a second time here, from the rows."""
        zone = 'Asia/Shanghai'
        folder = self.v.FOLDER + '/map-files'
        done = subprocess.run(['sh', os.path.join(self.v.HERE, 'map/export'), folder, SCHEMA, zone], env=self.owners_environment(),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.check('export writes without a word', (done.returncode, done.stdout), (0, ''))
        found = {}
        for path, _, names in os.walk(folder + '/cells'):
            for name in names:
                with open(os.path.join(path, name)) as file:
                    size, quantity = path.split('/')[-2:]
                    for lat, lon, days in json.load(file)['cells']:
                        for day, (median, passes, boxes) in days.items():
                            found[size, quantity, name[:-5], day, lat, lon] = (median, passes, boxes)
        wanted = files(self.sql("""select boot_id, box, extract(epoch from date_trunc('hour', t)), extract(hour from t at time zone '%s'),
            extract(isodow from t at time zone '%s'), q, lat, lon, pm25_ugm3, laeq_db from sample where lat is not null""" % (zone, zone)))
        cells = {key: one for key, one in found.items() if key[0] != '0' and key[1] in ('pm25_ugm3', 'laeq_db')}
        differ = [(key, cells.get(key), wanted.get(key)) for key in cells.keys() | wanted.keys()
                  if key not in cells or key not in wanted or cells[key][1:] != wanted[key][1:] or abs(cells[key][0] - wanted[key][0]) > 0.0501]
        self.check('the files of the map are those that the rows give, %d medians' % len(wanted), (differ[:2], len(wanted) > 100), ([], True))
        with open(folder + '/segments.json') as file:
            segments = json.load(file)['segments']
        self.check('a road segment that is shown has its name and line', [(name, [[lat, round(lon, 4)] for lat, lon in line]) for name, line in segments.values()],
                   [('Long Street', [[30, 20.0005], [30, 20.001]])])
        self.check('its median is in the file of size 0', [one for key, one in found.items() if key[:4] == ('0', 'pm25_ugm3', 'all', 'all')], [(15, 3, 2)])
        words = ''.join(open(os.path.join(path, name)).read() for path, _, names in os.walk(folder) for name in names)
        self.check('no file that is served without a login names a box', [box for box in ('ride-', 'road-', 'sb-', 'flags') if box in words], [])

    def units(self):
        """The units of systemd are well formed; their programs are those of this folder."""
        folder = self.v.FOLDER + '/units'
        os.mkdir(folder)
        names = sorted(name for name in os.listdir(os.path.join(self.v.HERE, 'systemd')) if name.endswith(('.service', '.timer')))
        for name in names:
            with open(os.path.join(self.v.HERE, 'systemd', name)) as file:
                text = file.read()
            for path, here in (('/opt/streetbox-backend', self.v.FOLDER + '/program'), ('/opt/streetbox/', self.v.ROOT + '/'), ('/opt/streetbox-web', self.v.FOLDER + '/web')):
                text = text.replace(path, here)
            with open(os.path.join(folder, name), 'w') as file:
                file.write(text)
        done = subprocess.run(['systemd-analyze', 'verify', '--man=no', *(os.path.join(folder, name) for name in names)],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        about = [line for line in done.stdout.splitlines() if 'streetbox-' in line or folder in line]
        self.check('systemd accepts the %d units' % len(names), (about, len(names)), ([], 8))


def files(rows):
    """Returns (median, passes, boxes) by size, quantity, hour, weekday and place, as the README of the map defines it."""
    passes = {}
    for boot, box, hour, of_day, weekday, q, lat, lon, pm, level in rows:
        if int(q) & 14336:
            continue
        for size in (30, 50):
            y = math.floor(float(lat) * 111194.93 / size)
            wide = 111194.93 * math.cos(math.radians((y + 0.5) * size / 111194.93))
            x = math.floor(float(lon) * wide / size)
            place = (round((y + 0.5) * size / 111194.93, 6), round((x + 0.5) * size / wide, 6))
            for key, value, doubting in (('pm25_ugm3', pm, PM_DOUBTS), ('laeq_db', level, NOISE_DOUBTS)):
                if value and not int(q) & doubting:
                    one = passes.setdefault((size, key, place), {}).setdefault((boot, box, hour, of_day, weekday), [])
                    one.append(float(value) if key != 'laeq_db' else 10 ** (float(value) / 10))
    wanted = {}
    for (size, key, place), all_passes in passes.items():
        means = [(box, str(int(of_day)), str(int(weekday)), sum(one) / len(one)) for (_, box, _, of_day, weekday), one in all_passes.items()]
        groups = {}
        for box, of_day, weekday, mean in means:
            for group in {('all', 'all'), (of_day, 'all'), ('all', weekday), (of_day, weekday)}:
                groups.setdefault(group, []).append((box, mean if key != 'laeq_db' else 10 * math.log10(mean)))
        for (of_day, weekday), group in groups.items():
            boxes = len({box for box, _ in group})
            if len(group) >= 3 and boxes >= 2:
                wanted[(str(size), key, of_day, weekday, *place)] = (statistics.median(mean for _, mean in group), len(group), boxes)
    return wanted


def run(v):
    tables = Tables(v)
    try:
        tables.owner("update setting set value = 2 where key = 'partition_boots'")
        tables.messages()
        tables.answers()
        tables.retention()
        tables.flags()
        tables.calibration()
        tables.roads()
        tables.map_files()
        tables.units()
    finally:
        tables.end()
