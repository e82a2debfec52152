-- Prints the fleet, 200 boxes a line: number of the part, JSON. A place is shown only if one of the newest 60 rows of
-- a box has it, so that a box inside a privacy zone is nowhere, and not at the zone's edge.
with newest as (
  select distinct on (box) * from boot order by box, last_at desc
), one as (
  select box.box, json_build_object('box', box.box, 'online', online,
    'version', state ->> 'version', 'calibration', state ->> 'calibration',
    'simulated', coalesce(newest.simulated, false), 'boot', newest.boot, 'rows', newest.rows,
    'last', round(extract(epoch from newest.last_at) * 1000),
    'calibrated', (select a.body -> 'calibration' ->> 'made' from about a where a.box = box.box
      order by received_at desc limit 1),
    'faults', coalesce(diag -> 'faults', '[]'),
    'place', (select json_build_array(round(s.lat::numeric, 5), round(s.lon::numeric, 5), round(extract(epoch from s.t) * 1000))
      from sample s where s.boot_id = newest.boot_id and s.seq > newest.top - 60 and s.lat is not null
        and s.q & 14336 = 0 and newest.expired_at is null order by s.seq desc limit 1)) as line
  from box left join newest using (box)
), numbered as (
  select (row_number() over (order by box) - 1) / 200 as part, box, line from one
)
select part, json_build_object('v', 1, 'made', round(extract(epoch from now()) * 1000), 'boxes', json_agg(line order by box))
from numbered group by part order by part;
