-- Creates what ingest stores into: tables, functions and views of one schema, which is the first of
-- search_path. Runs in one transaction; running it again changes nothing. The columns of quantities are
-- not here: build_quantities() makes them from the table quantity, which the program fills.

create table if not exists setting (
  key text primary key,
  value bigint not null,
  says text not null
);
insert into setting values
  ('partition_boots', 1000, 'boots in a partition of row; do not change it once rows are stored'),
  ('min_passes', 3, 'a cell with fewer passes is not shown'),
  ('min_boxes', 2, 'a cell that fewer boxes have passed is not shown, because the street of one courier is his home'),
  ('resend_after_s', 600, 'a hole is asked for when it is that old'),
  ('resend_period_s', 60, 'holes are looked for so often'),
  ('resend_pause_s', 600, 'the pause after the first request for a hole; it doubles up to a day'),
  ('quarantine_keep', 10000, 'so many messages are kept in quarantine, the newest'),
  ('keep_days', 0, 'daily() removes the rows of boots that were last heard of that many days ago; 0 keeps all')
on conflict do nothing;

create or replace function setting(name text) returns bigint
language sql stable as $$ select value from setting where key = name $$;

-- Lists the quantities of the contract (deploy/contract/fields.json); doubted_by holds bits of q.
create table if not exists quantity (
  key text primary key,
  position int not null,
  type text not null,
  unit text not null,
  decimals int not null,
  least float8 not null,
  greatest float8 not null,
  mean text not null,
  place boolean not null,
  main boolean not null,
  doubted_by int not null
);

-- Holds one line a box id: what it said last.
create table if not exists box (
  box text primary key,
  online boolean,
  boot int,
  state jsonb,
  state_at timestamptz,
  diag jsonb,
  diag_at timestamptz
);

-- Holds one line a boot of a box. The time of a row is t0 plus its age, so that a correction of time is one
-- update of one line. t0 is null while only events of the boot came.
create table if not exists boot (
  boot_id bigint generated always as identity primary key,
  box text not null,
  boot int not null,
  t0 timestamptz,
  tq text,
  t0_min timestamptz,
  t0_max timestamptz,
  rev bigint,               -- of the correction that t0 comes from; null for none
  corrected boolean not null default false,
  simulated boolean not null default false,
  cal text,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  rows bigint not null default 0,
  top bigint not null default 0,
  duplicates bigint not null default 0,
  expired_at timestamptz,   -- when retention removed its rows; rows that come later are not stored
  unique (box, boot)
);
create index if not exists boot_changed on boot (changed_at);

create table if not exists row (
  boot_id bigint not null,
  seq bigint not null,
  age_ms bigint,            -- since t0 of the boot
  q int not null,
  extra jsonb,              -- fields of a later version, and values that do not fit their column
  primary key (boot_id, seq)
) partition by range (boot_id);

-- Holds the rows that a box declared lost; last is null where the box cannot tell.
create table if not exists gap (
  boot_id bigint not null references boot,
  first bigint not null,
  last bigint,
  reason text not null,
  declared_at timestamptz not null default now()
);
create unique index if not exists gap_once on gap (boot_id, first, coalesce(last, 0), reason);

create table if not exists event (
  event_id text primary key,
  boot_id bigint not null references boot,
  kind text not null,
  t timestamptz,
  tq text,
  lat float8,
  lon float8,
  body jsonb not null,
  received_at timestamptz not null default now()
);
create index if not exists event_boot on event (boot_id);

create table if not exists about (
  box text not null,
  boot int not null,
  received_at timestamptz not null default now(),
  body jsonb not null
);
create index if not exists about_box on about (box, received_at);

-- Holds the answers of boxes to commands.
create table if not exists answer (
  box text not null,
  id text not null,
  cmd text not null,
  ok boolean not null,
  body jsonb not null,
  received_at timestamptz not null default now(),
  primary key (box, id)
);

create table if not exists quarantine (
  quarantine_id bigint generated always as identity primary key,
  received_at timestamptz not null default now(),
  topic text not null,
  content_type text not null,
  payload bytea not null,
  reason text not null
);

-- Keeps a message that cannot be read, and forgets the oldest above the limit.
create or replace function quarantine_message(topic text, type text, payload bytea, why text) returns void
language sql as $$
  insert into quarantine (topic, content_type, payload, reason) values (topic, type, payload, why);
  delete from quarantine where quarantine_id <=
    (select max(quarantine_id) from quarantine) - setting('quarantine_keep');
$$;

-- Counts what was received and on purpose not stored.
create table if not exists refused (
  box text not null,
  reason text not null,
  messages bigint not null,
  rows bigint not null,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  primary key (box, reason)
);

-- Holds the ranges of rows that the database lacks and no declaration covers.
create table if not exists hole (
  boot_id bigint not null references boot,
  first bigint not null,
  last bigint not null,
  found_at timestamptz not null default now(),
  tries int not null default 0,
  next_at timestamptz not null default now(),
  primary key (boot_id, first, last)
);

-- Holds the requests to send rows again.
create table if not exists resend (
  id text primary key,
  boot_id bigint not null references boot,
  first bigint not null,
  last bigint not null,
  asked_at timestamptz not null default now()
);

-- Holds the ranges that a box has answered as gone, never there or waiting: they are not asked for again.
create table if not exists settled (
  boot_id bigint not null references boot,
  first bigint not null,
  last bigint not null,
  why text not null,
  answered_at timestamptz not null default now(),
  primary key (boot_id, first, last, why)
);

-- Holds when find_holes() last looked at a boot, and up to which row nothing lacked then. It does not refer to
-- boot, because it would wait for ingest then.
create table if not exists looked (
  boot_id bigint primary key,
  at timestamptz not null
);
alter table looked add column if not exists solid bigint not null default 0;

-- Makes the partition of a boot. Its name ends in its first boot_id.
create or replace function ensure_partition(id bigint) returns void
language plpgsql as $$
declare
  size bigint := setting('partition_boots');
  low bigint := id / size * size;
begin
  if to_regclass(format('row_%s', low)) is null then
    perform pg_advisory_xact_lock(7310561);
    execute format('create table if not exists row_%s partition of row for values from (%s) to (%s)',
      low, low, low + size);
  end if;
end $$;

-- Returns the line of a boot, and makes it with its partition if there is none. To be called outside of the
-- transaction that stores rows, because a new partition locks the table.
create or replace function open_boot(of_box text, of_boot int, starts timestamptz, source text,
  earliest timestamptz, latest timestamptz)
returns table (id bigint, began timestamptz, began_tq text, expired boolean, has_earliest boolean,
  has_latest boolean, is_simulated boolean, calibration text)
language plpgsql as $$
begin
  if not exists (select from boot b where b.box = of_box and b.boot = of_boot) then
    insert into boot (box, boot, t0, tq, t0_min, t0_max) values (of_box, of_boot, starts, source,
        case when source = 'est' then earliest end, case when source = 'est' then latest end)
      on conflict do nothing;
  end if;
  return query select b.boot_id, b.t0, b.tq, b.expired_at is not null, b.corrected or b.t0_min is not null,
      b.corrected or b.t0_max is not null, b.simulated, coalesce(b.cal, '')
    from boot b where b.box = of_box and b.boot = of_boot;
  perform ensure_partition(b.boot_id) from boot b
    where b.box = of_box and b.boot = of_boot and b.expired_at is null;
end $$;

-- Dates a boot by a batch (time.md): a trusted clock is preferred to an estimate, and an estimate with a
-- latest start to one without.
create or replace function date_boot(
  id bigint, starts timestamptz, source text, earliest timestamptz, latest timestamptz) returns void
language sql as $$
  update boot set t0 = starts, tq = source, t0_min = earliest, t0_max = latest, changed_at = now()
  where boot_id = id and (t0 is null
    or (tq = 'est' and source <> 'est')
    or (tq = 'est' and source = 'est' and not corrected and t0_max is null
        and (latest is not null or t0_min is null and earliest is not null)))
$$;

-- Applies an event of kind time. The revision orders the corrections of one boot; without one a later
-- arrival counts as newer, except that an estimate replaces no trusted clock.
create or replace function correct_boot(id bigint, revision bigint, starts timestamptz, source text,
  earliest timestamptz, latest timestamptz) returns void
language sql as $$
  update boot set t0 = starts, tq = source, t0_min = earliest, t0_max = latest, rev = revision,
    corrected = true, changed_at = now()
  where boot_id = id
    and (t0 is null or tq = 'est' or source <> 'est')
    and (rev is null or revision is null or revision > rev)
$$;

-- Moves the rows of the session's table incoming into row, each key once, and counts them; once a transaction,
-- because incoming and added_rows are emptied at its end. The boots are locked in one order, so that two ingests
-- do not stop each other.
create or replace function store_rows(columns text) returns bigint
language plpgsql as $$
declare
  fresh bigint;
begin
  execute format('with added as (
      insert into row (%1$s) select distinct on (boot_id, seq) %1$s from incoming order by boot_id, seq
      on conflict (boot_id, seq) do nothing returning boot_id, seq), fresh as (
      select boot_id, count(*) as rows, max(seq) as top from added group by boot_id)
    insert into added_rows select boot_id, coalesce(f.rows, 0), coalesce(f.top, 0), came.rows
      from (select boot_id, count(*) as rows from incoming group by boot_id) came
        left join fresh f using (boot_id)', columns);
  perform from boot where boot_id in (select boot_id from added_rows) order by boot_id for update;
  update boot b set rows = b.rows + a.rows, top = greatest(b.top, a.top), last_at = now(),
      changed_at = case when a.rows > 0 then now() else changed_at end,
      duplicates = duplicates + a.came - a.rows
    from added_rows a where a.boot_id = b.boot_id;
  select coalesce(sum(a.rows), 0) into fresh from added_rows a;
  return fresh;
end $$;

create or replace function row_count(ranges int8multirange) returns numeric
language sql immutable as $$
  select coalesce(sum(upper(r)::numeric - lower(r)), 0) from unnest(ranges) r
$$;

-- Compares what came of one boot with what was declared, from the row after a given one on: the rows that came,
-- the last row that is known, what was declared, and what lacks. The boot stands in the text of the query, because
-- otherwise each call plans a scan of every partition, which takes ten times as long as reading the rows.
create or replace function lacking_of(id bigint, after bigint,
  out rows bigint, out top bigint, out said int8multirange, out lacks int8multirange)
language plpgsql stable as $$
declare
  have int8multirange;
begin
  execute format('select coalesce(range_agg(int8range(low, high, ''[]'')), ''{}''), coalesce(max(high), 0),
      coalesce(sum(high - low + 1), 0)::bigint
    from (select min(seq) as low, max(seq) as high
      from (select seq, seq - row_number() over (order by seq) as run from row where boot_id = %s and seq > %s) s
      group by run) runs', id, after) into have, top, rows;
  select coalesce(range_agg(int8range(first, last, '[]')), '{}'), greatest(top, after, max(last)) into said, top
    from gap where boot_id = id;
  lacks := int8multirange(int8range(after + 1, top + 1)) - have;
end $$;

-- Accounts for the rows of one boot as listen --audit does. Rows of a gap that came are received.
create or replace function account_of(id bigint)
returns table (received bigint, declared numeric, unexplained numeric, holes int8multirange)
language sql stable as $$
  select rows, row_count(lacks) - row_count(lacks - said), row_count(lacks - said), lacks - said
  from lacking_of(id, 0)
$$;

-- Counts by reason the rows of one boot that were declared lost and did not come. A row that was declared for
-- two reasons counts for each.
create or replace function loss_reasons(id bigint) returns jsonb
language sql stable as $$
  with lost as (
    select reason, row_count(range_agg(int8range(first, last, '[]')) * (select lacks from lacking_of(id, 0))) as rows
    from gap where boot_id = id and last is not null group by reason
  )
  select jsonb_object_agg(reason, rows) filter (where rows > 0) from lost
$$;

-- Accounts for each boot of which rows are known. A boot is open while its box is online with it; of an expired
-- boot only the number of rows is left.
create or replace view account as
select b.box, b.boot, a.received, a.declared, a.unexplained, b.duplicates, a.holes,
  case when o.online and o.boot = b.boot then 'open' else 'ended' end as state,
  case when a.declared > 0 then loss_reasons(b.boot_id) end as reasons
from boot b left join box o using (box), account_of(b.boot_id) a
where b.expired_at is null and (a.received > 0 or a.declared > 0 or a.unexplained > 0)
union all
select box, boot, rows, null, null, duplicates, null, 'expired', null
from boot where expired_at is not null and rows > 0;

-- Shows the rows that boxes declared lost, with the reason that the box gave.
create or replace view loss as
select b.box, b.boot, g.first, g.last, g.last - g.first + 1 as rows, g.reason, g.declared_at
from gap g join boot b using (boot_id);

-- Finds the holes of boots in which rows are missing, and forgets those that were filled. Looks again only at
-- boots of which something came since ten minutes before the last look, because a transaction that ended after the
-- look may have begun before it; and only at the rows after the last one up to which nothing lacked, because rows
-- and declarations stay. Looks at the 1,000 boots that wait longest, because ingest stores nothing meanwhile.
create or replace function find_holes() returns void
language plpgsql as $$
declare
  b record;
  lacking int8multirange;
begin
  delete from hole using boot where boot.boot_id = hole.boot_id and boot.expired_at is not null;
  for b in select boot_id, coalesce(l.solid, 0) as solid from boot left join looked l using (boot_id)
      where expired_at is null and (top > rows or exists (select from gap g where g.boot_id = boot.boot_id)
          or exists (select from hole h where h.boot_id = boot.boot_id))
        and last_at > now() - interval '7 days'
        and (l.at is null or l.at - interval '10 minutes' < greatest(changed_at,
          (select max(declared_at) from gap g where g.boot_id = boot.boot_id),
          (select max(answered_at) from settled s where s.boot_id = boot.boot_id)))
      order by l.at nulls first limit 1000 loop
    select lacks - said - coalesce((select range_agg(int8range(s.first, s.last, '[]'))
        from settled s where s.boot_id = b.boot_id), '{}'), top into lacking, b.solid
      from lacking_of(b.boot_id, b.solid);
    delete from hole where hole.boot_id = b.boot_id
      and not exists (select from unnest(lacking) r where r = int8range(hole.first, hole.last, '[]'));
    insert into hole (boot_id, first, last)
      select b.boot_id, lower(r), upper(r) - 1 from unnest(lacking) r on conflict do nothing;
    insert into looked (boot_id, at, solid) values (b.boot_id, now(), coalesce(lower(lacking) - 1, b.solid))
      on conflict (boot_id) do update set at = excluded.at, solid = excluded.solid;
  end loop;
end $$;

-- Chooses the holes to ask for: one a box that is online, older than the limit and whose pause is over.
create or replace function ask_holes() returns table (id text, of_box text, of_boot int, first_row bigint, last_row bigint)
language plpgsql as $$
declare
  h record;
begin
  for h in select distinct on (b.box) lacking.*, b.box, b.boot from hole lacking
        join boot b using (boot_id) join box o on o.box = b.box
      where o.online and lacking.next_at <= now()
        and lacking.found_at <= now() - setting('resend_after_s') * interval '1 second'
      order by b.box, lacking.next_at limit 100 loop
    update hole set tries = tries + 1,
        next_at = now() + least(86400, setting('resend_pause_s') * power(2, least(tries, 20))) * interval '1 second'
      where boot_id = h.boot_id and first = h.first and last = h.last;
    id := 'rs-' || h.boot_id || '-' || h.first || '-' || h.tries || '-' || substr(md5(random()::text), 1, 8);
    insert into resend (id, boot_id, first, last) values (id, h.boot_id, h.first, h.last);
    of_box := h.box; of_boot := h.boot; first_row := h.first; last_row := h.last;
    return next;
  end loop;
end $$;

-- Averages levels in dB by energy: 10 log10 of the mean of 10^(L/10).
create or replace function energy_add(state float8[], level float8) returns float8[]
language sql immutable as $$
  select case when level is null then state
    else array[state[1] + power(10::float8, level / 10), state[2] + 1] end
$$;
create or replace function energy_sum(a float8[], b float8[]) returns float8[]
language sql immutable as $$ select array[a[1] + b[1], a[2] + b[2]] $$;
create or replace function energy_level(state float8[]) returns float8
language sql immutable as $$
  select case when state[2] > 0 then 10 * log(state[1] / state[2]) end
$$;
do $$ begin
  if to_regprocedure(format('%I.energy_mean(float8)', current_schema())) is null then
    create aggregate energy_mean(float8) (sfunc = energy_add, stype = float8[], initcond = '{0,0}',
      finalfunc = energy_level, combinefunc = energy_sum, parallel = safe);
  end if;
end $$;

-- Holds the mean of a quantity over one pass: the rows of one boot in one cell within one hour. The cells are
-- squares of size_m on the sphere; x counts from the meridian of Greenwich, y from the equator.
create table if not exists pass (
  size_m int not null,
  quantity text not null,
  x bigint not null,
  y bigint not null,
  boot_id bigint not null,
  hour timestamptz not null,
  rows int not null,
  mean float8 not null,
  primary key (boot_id, size_m, quantity, x, y, hour)
);
create index if not exists pass_cell on pass (size_m, quantity, y, x);
create table if not exists passed (
  boot_id bigint primary key,
  changed_at timestamptz not null
);

create or replace function cell_y(lat float8, size_m int) returns bigint
language sql immutable as $$ select floor(lat * 111194.93 / size_m)::bigint $$;
create or replace function cell_lat(y bigint, size_m int) returns float8
language sql immutable as $$ select (y + 0.5) * size_m / 111194.93 $$;
create or replace function cell_x(lat float8, lon float8, size_m int) returns bigint
language sql immutable
  return floor(lon * 111194.93 * cos(radians(cell_lat(cell_y(lat, size_m), size_m))) / size_m)::bigint;
create or replace function cell_lon(x bigint, y bigint, size_m int) returns float8
language sql immutable
  return (x + 0.5) * size_m / (111194.93 * cos(radians(cell_lat(y, size_m))));

-- Holds the road segments that deploy/backend/roads has loaded, of at most 50 m each; their passes have size_m 0
-- and x segment_id. The script adds the column geom, because PostGIS is needed for roads only.
create table if not exists segment (
  segment_id bigint generated always as identity primary key,
  osm_id bigint not null,
  part int not null,
  name text,
  highway text,
  line jsonb not null,      -- [[lat, lon], ...]
  unique (osm_id, part)
);
insert into setting values
  ('road_m', 20, 'a row is matched to the nearest road segment within that many metres')
on conflict do nothing;

-- Returns one line a cell and quantity: the median of its pass means. Cells with too few passes or boxes are
-- left out. Without hours or weekdays all count; they are those of the time zone.
create or replace function cells(of_size int, of_quantity text, hours int[] default null,
  weekdays int[] default null, zone text default 'UTC')
returns table (x bigint, y bigint, lat float8, lon float8, passes bigint, boxes bigint, median float8)
language sql stable as $$
  select p.x, p.y, cell_lat(p.y, of_size), cell_lon(p.x, p.y, of_size),
    count(*), count(distinct b.box), percentile_cont(0.5) within group (order by p.mean)
  from pass p join boot b using (boot_id)
  where p.size_m = of_size and p.quantity = of_quantity
    and (hours is null or extract(hour from p.hour at time zone zone)::int = any(hours))
    and (weekdays is null or extract(isodow from p.hour at time zone zone)::int = any(weekdays))
  group by p.x, p.y
  having count(*) >= setting('min_passes') and count(distinct b.box) >= setting('min_boxes')
$$;

-- Returns one line a road segment and quantity, as cells() does.
create or replace function segments(of_quantity text, hours int[] default null, weekdays int[] default null,
  zone text default 'UTC')
returns table (segment_id bigint, osm_id bigint, part int, name text, passes bigint, boxes bigint, median float8)
language sql stable as $$
  select s.segment_id, s.osm_id, s.part, s.name, c.passes, c.boxes, c.median
  from cells(0, of_quantity, hours, weekdays, zone) c join segment s on s.segment_id = c.x
$$;

-- Removes the partitions of which every boot was last heard of that many days ago. The lines of the boots
-- stay, so that a row that comes again later is not stored anew.
create or replace function expire(days int) returns int
language plpgsql as $$
declare
  part record;
  low bigint;
  high bigint;
  size bigint := setting('partition_boots');
  removed int := 0;
begin
  for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'row'::regclass loop
    low := substr(part.relname, 5)::bigint;
    high := low + size;
    if (select coalesce(max(boot_id), 0) >= high - 1 from boot)
        and not exists (select from boot where boot_id >= low and boot_id < high
          and last_at > now() - days * interval '1 day') then
      execute format('drop table %I', part.relname);
      update boot set expired_at = now() where boot_id >= low and boot_id < high and expired_at is null;
      delete from pass where boot_id >= low and boot_id < high;
      delete from passed where boot_id >= low and boot_id < high;
      delete from hole where boot_id >= low and boot_id < high;
      delete from looked where boot_id >= low and boot_id < high;
      removed := removed + 1;
    end if;
  end loop;
  return removed;
end $$;

create or replace view report as
select e.event_id, b.box, b.boot, e.t, e.lat, e.lon, e.body ->> 'text' as text, e.received_at,
  exists (select from event c where c.boot_id = e.boot_id and c.kind = 'report'
    and c.body ->> 'cancelled' = e.event_id) as cancelled,
  (select a.body -> 'result' ->> 'status' from answer a
    where a.box = b.box and a.cmd = 'report-status' and a.ok
      and a.body -> 'result' ->> 'id' = e.event_id
    order by array_position(array['received', 'dispatched', 'done', 'rejected'],
      a.body -> 'result' ->> 'status') desc limit 1) as status
from event e join boot b using (boot_id)
where e.kind = 'report' and not e.body ? 'cancelled';

-- Makes a column, the view sample and one view for each line of the table quantity, and the function
-- refresh_cells().
create or replace function build_quantities() returns void
language plpgsql as $build$
declare
  k record;
  columns text := '';
  means text := '';
begin
  for k in select * from quantity order by position loop
    if not exists (select from information_schema.columns
        where table_schema = current_schema() and table_name = 'row' and column_name = k.key) then
      execute format('alter table row add column %I %s', k.key, k.type);
    end if;
    columns := columns || format(', r.%I', k.key);
  end loop;
  execute 'create or replace view sample as
    select b.boot_id, b.box, b.boot, r.seq, b.t0 + r.age_ms * interval ''1 millisecond'' as t, b.tq,
      case when b.tq = ''est'' then r.q | 16384 else r.q & ~16384 end as q, b.simulated, b.cal, r.age_ms, r.extra'
    || columns || ' from row r join boot b using (boot_id)';
  for k in select * from quantity order by position loop
    execute format('create or replace view %I as
      select boot_id, box, boot, seq, t, tq, lat, lon, q & 14336 = 0 as place_good, %I as value,
        q & %s = 0 as good, q & %s as doubts from sample where %I is not null',
      k.key, k.key, k.doubted_by, k.doubted_by, k.key);
    if k.main and not k.place and k.mean in ('arithmetic', 'energy', 'maximum') then
      means := means || format($f$ union all select %L, x, y, hour, %s from placed
          where %I is not null and q & %s = 0 group by x, y, hour$f$,
        k.key,
        format('count(*), ' || case k.mean when 'energy' then 'energy_mean(%I)' when 'maximum' then 'max(%I)::float8'
          else 'avg(%I)' end, k.key),
        k.key, k.doubted_by);
    end if;
  end loop;
  -- Computes anew the passes of each boot that has changed since; returns how many boots.
  execute format($f$create or replace function refresh_cells() returns int
    language plpgsql as $g$
    declare
      b record;
      done int := 0;
      size int;
      roads boolean := exists (select from segment);
    begin
      perform pg_advisory_xact_lock(7310562);
      for b in select boot.boot_id, boot.changed_at from boot left join passed p using (boot_id)
          where boot.t0 is not null and boot.expired_at is null
            and boot.changed_at is distinct from p.changed_at loop
        delete from pass where boot_id = b.boot_id;
        foreach size in array array[30, 50] loop
          insert into pass (size_m, boot_id, quantity, x, y, hour, rows, mean)
          with placed as materialized (
            select *, cell_x(lat, lon, size) as x, cell_y(lat, size) as y, date_trunc('hour', t) as hour
            from sample where boot_id = b.boot_id and lat is not null and q & 14336 = 0
          )
          select size, b.boot_id, m.* from (%1$s) m(quantity, x, y, hour, rows, mean);
        end loop;
        if roads then
          insert into pass (size_m, boot_id, quantity, x, y, hour, rows, mean)
          with near as materialized (
            select s.*, st_transform(st_setsrid(st_makepoint(lon, lat), 4326), 3857) as place,
              setting('road_m') / cos(radians(lat)) as reach
            from sample s where boot_id = b.boot_id and lat is not null and abs(lat) < 85 and q & 14336 = 0
          ), placed as materialized (
            select near.*, nearest.segment_id as x, 0::bigint as y, date_trunc('hour', t) as hour
            from near cross join lateral (
              select segment_id, geom from segment where geom && st_expand(place, reach)
              order by geom <-> place limit 1) nearest
            where st_distance(nearest.geom, place) <= reach
          )
          select 0, b.boot_id, m.* from (%1$s) m(quantity, x, y, hour, rows, mean);
        end if;
        insert into passed values (b.boot_id, b.changed_at)
          on conflict (boot_id) do update set changed_at = excluded.changed_at;
        done := done + 1;
      end loop;
      return done;
    end $g$ $f$, substr(means, length(' union all ') + 1));
end $build$;

-- Settles the ranges that the answer to a resend names as gone, never there or waiting. No row's number is above
-- 2^53 - 1, and int8range cannot hold the greatest bigint.
create or replace function settle(reply jsonb) returns void
language plpgsql as $$
declare
  asked record;
  word text;
  range jsonb;
begin
  select * into asked from resend where id = reply ->> 'id';
  if not found or jsonb_typeof(reply -> 'result') is distinct from 'object' then
    return;
  end if;
  foreach word in array array['gone', 'never', 'waiting'] loop
    if jsonb_typeof(reply -> 'result' -> word) = 'array' then
      for range in select * from jsonb_array_elements(reply -> 'result' -> word) r
          where (r ->> 0)::bigint between 1 and (r ->> 1)::bigint and (r ->> 1)::bigint < 1::bigint << 53 loop
        insert into settled (boot_id, first, last, why)
          values (asked.boot_id, (range ->> 0)::bigint, (range ->> 1)::bigint,
            coalesce(range ->> 2, word))
          on conflict do nothing;
        -- A loss whose declaration did not arrive is declared by the answer.
        if word = 'gone' and coalesce(range ->> 2, 'retention') <> 'retention' then
          insert into gap (boot_id, first, last, reason)
            values (asked.boot_id, (range ->> 0)::bigint, (range ->> 1)::bigint,
              regexp_replace(range ->> 2, '^dropped:', ''))
            on conflict do nothing;
        end if;
      end loop;
    end if;
  end loop;
end $$;

-- Does what is due once a day: removes the rows that are too old, looks for meetings, and suggests
-- calibrations. Returns what it has done.
create or replace function daily() returns text
language plpgsql as $$
declare
  keep int := setting('keep_days');
  removed int := 0;
begin
  if keep > 0 then
    removed := expire(keep);
  end if;
  return format('%s partitions removed (keep_days %s), %s lines of meetings since the day before yesterday,'
    ' %s suggestions', removed, keep, find_meetings(date_trunc('day', now()) - interval '2 days', now()),
    suggest_calibration(setting('calibration_days')::int));
end $$;

-- Binds each function that reads tables to this schema, so that it finds them whatever the search path of its
-- caller is. To be called last.
create or replace function bind_functions() returns void
language plpgsql as $$
declare
  f record;
begin
  for f in select oid::regprocedure as name from pg_proc
      where pronamespace = current_schema()::regnamespace and prokind = 'f' and provolatile <> 'i'
        and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e') loop
    execute format('alter function %s set search_path = %I, public', f.name, current_schema());
  end loop;
end $$;
