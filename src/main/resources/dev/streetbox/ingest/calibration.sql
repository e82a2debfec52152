-- Compares boxes that have met, and suggests a slope and an offset a box. Nothing here changes a value that is
-- stored or shown. Runs after schema.sql in the same transaction; running it again changes nothing.

insert into setting values
  ('meeting_m', 50, 'two boxes have met if they were that near'),
  ('meeting_s', 60, 'and if their rows are that near in time'),
  ('min_meetings', 20, 'a box with fewer meetings gets no suggestion'),
  ('calibration_days', 30, 'daily() suggests from the meetings of so many days')
on conflict do nothing;

-- Names the stations whose values are right. A station is a box of the fleet (its id is enough), or a fixed
-- station with a place, whose minute means are in reference_reading.
create table if not exists reference_station (
  station text primary key,
  lat float8,
  lon float8,
  says text
);
create table if not exists reference_reading (
  station text not null references reference_station on delete cascade,
  quantity text not null,
  t timestamptz not null,   -- the middle of the minute
  value float8 not null,
  primary key (station, quantity, t)
);

-- Holds one line a meeting, minute and quantity: what each of both had in its cell of 50 m in that minute, the
-- median, for levels the energy mean.
create table if not exists meeting (
  quantity text not null,
  minute timestamptz not null,
  a text not null,
  b text not null,
  value_a float8 not null,
  value_b float8 not null,
  primary key (quantity, minute, a, b)
);

-- Holds the last suggestion: measured = offset + slope * true, so that true = (measured - offset) / slope, as in
-- the box's calibration.json. True is the network's median, or the reference station's value if anchored. The
-- scatter is that of the measured values around the line (1.4826 times the median of absolute residuals).
create table if not exists calibration_suggestion (
  quantity text not null,
  box text not null,
  slope float8 not null,
  "offset" float8 not null,
  scatter float8 not null,
  meetings bigint not null,
  partners bigint not null,
  anchored boolean not null,
  made_at timestamptz not null default now(),
  primary key (quantity, box)
);

-- Fits y = offset + slope * x so that x and y may both be noisy and a few pairs wrong: the slope is the median of
-- the absolute slopes of all pairs of points (the equivariant form of Passing and Bablok's estimate), the offset
-- the median of y - slope * x. The slope is 1 if that is asked for, or if x varies less than the values scatter.
create or replace function robust_line(xs float8[], ys float8[], only_offset boolean)
returns table (slope float8, shift float8, scatter float8)
language plpgsql immutable as $$
declare
  width float8;
begin
  slope := 1;
  if not only_offset then
    select percentile_cont(0.5) within group (order by case when a.x = b.x then 'infinity' else abs((a.y - b.y) / (a.x - b.x)) end)
      into slope
      from unnest(xs, ys) with ordinality a(x, y, n) join unnest(xs, ys) with ordinality b(x, y, n)
        on a.n < b.n and (a.x <> b.x or a.y <> b.y);
  end if;
  for i in 1..2 loop
    select percentile_cont(0.5) within group (order by y - slope * x),
        percentile_cont(0.9) within group (order by x) - percentile_cont(0.1) within group (order by x)
      into shift, width from unnest(xs, ys) p(x, y);
    select 1.4826 * percentile_cont(0.5) within group (order by abs(y - slope * x - shift))
      into scatter from unnest(xs, ys) p(x, y);
    exit when slope = 1 or (slope > 0 and slope < 'infinity' and width > 4 * scatter / least(slope, 1));
    slope := 1;
  end loop;
  return next;
end $$;

-- Makes find_meetings(), which has one array element for each quantity that can be compared.
create or replace function build_calibration() returns void
language plpgsql as $build$
declare
  k record;
  keys text[] := '{}';
  own text := '';
begin
  for k in select * from quantity where main and not place and mean in ('arithmetic', 'energy') order by position loop
    keys := keys || k.key;
    own := own || format(', case when count(*) filter (where %1$s) >= 3 then %2$s filter (where %1$s) end',
      format('%I is not null and q & %s = 0', k.key, k.doubted_by),
      case k.mean when 'energy' then format('energy_mean(%I)', k.key)
        else format('percentile_cont(0.5) within group (order by %I)', k.key) end);
  end loop;
  -- Computes anew the meetings of a span of time; returns how many lines they have. Reads the rows of the span
  -- once: the rows of a box in one minute and one cell of 50 m are one spot, and spots meet.
  execute format($f$create or replace function find_meetings(since timestamptz, until timestamptz) returns bigint
    language plpgsql as $g$
    declare
      lines bigint;
      keys text[] := %L;
      near_m float8 := setting('meeting_m');
      near_s float8 := setting('meeting_s');
    begin
      perform pg_advisory_xact_lock(7310564);
      delete from meeting where minute >= since and minute < until;
      create temp table spot (name text, minute bigint, y bigint, lat float8, lon float8, t float8, own float8[]);
      insert into spot
        select box, floor(extract(epoch from t) / 60), cell_y(lat, 50), avg(lat), avg(lon), avg(extract(epoch from t)),
          array[%s]::float8[]
        from sample
        where boot_id in (select boot_id from boot where t0 < until and last_at >= since and expired_at is null)
          and t >= since and t < until and lat is not null and q & 14336 = 0 and q & 16384 = 0
        group by box, 2, 3, cell_x(lat, lon, 50);
      insert into spot
        select r.station, floor(extract(epoch from r.t) / 60), cell_y(s.lat, 50), s.lat, s.lon, extract(epoch from r.t),
          (select array_agg((select v.value from reference_reading v
              where v.station = r.station and v.t = r.t and v.quantity = u.key) order by u.n)
            from unnest(keys) with ordinality u(key, n))
        from (select distinct station, t from reference_reading where t >= since and t < until) r
          join reference_station s using (station)
        where s.lat is not null and s.lon is not null;
      analyze spot;
      insert into meeting
        select keys[u.n], to_timestamp(p.minute * 60), p.a, p.b, u.value_a, u.value_b
        from (
          select distinct on (a.minute, a.name, b.name) a.minute, a.name as a, b.name as b, a.own as own_a, b.own as own_b
          from (select spot.*, spot.minute + dm as other_minute, spot.y + dy as other_y
              from spot, generate_series(-1, 1) dm, generate_series(-1, 1) dy) a
            join spot b on b.minute = a.other_minute and b.y = a.other_y and b.name > a.name,
            lateral (select 111194.93 * sqrt((a.lat - b.lat) ^ 2 + ((a.lon - b.lon) * cos(radians(a.lat))) ^ 2) as metres) d
          where abs(a.t - b.t) <= near_s and d.metres <= near_m
          order by a.minute, a.name, b.name, d.metres
        ) p, unnest(p.own_a, p.own_b) with ordinality u(value_a, value_b, n)
        where u.value_a is not null and u.value_b is not null;
      get diagnostics lines = row_count;
      drop table spot;
      return lines;
    end $g$ $f$, keys, substr(own, 3));
end $build$;

-- Writes calibration_suggestion anew from the meetings of the last days. For each quantity: first each box is
-- fitted to its partners as they are corrected so far, 20 times, each time half of the way; then the boxes that
-- are linked by meetings are shifted together, so that their median box, or the reference station, is right.
create or replace function suggest_calibration(days int) returns bigint
language plpgsql as $$
declare
  k record;
  moved bigint;
  lines bigint := 0;
  least_count bigint := setting('min_meetings');
begin
  perform pg_advisory_xact_lock(7310565);
  delete from calibration_suggestion;
  create temp table fit (box text primary key, slope float8, shift float8, scatter float8, linked text, anchored boolean);
  create temp table point (box text, other text, mine float8, theirs float8);
  for k in select key, mean from quantity where key in (select distinct quantity from meeting) loop
    truncate fit;
    truncate point;
    -- At most 120 meetings a box, drawn by a hash, because all pairs of them are compared.
    insert into point
      select box, other, mine, theirs from (
        select *, row_number() over (partition by box, other in (select station from reference_station) order by md5(box || other || minute)) as n
        from (
          select a as box, b as other, value_a as mine, value_b as theirs, minute from meeting
            where quantity = k.key and minute >= now() - days * interval '1 day'
          union all
          select b, a, value_b, value_a, minute from meeting
            where quantity = k.key and minute >= now() - days * interval '1 day') both_ways
        where box not in (select station from reference_station)) drawn
      where n <= 120;
    loop -- a partner that gets no fit of its own explains nothing
      delete from point where box in (select box from point group by box having count(*) < least_count)
        or (other not in (select box from point) and other not in (select station from reference_station));
      get diagnostics moved = row_count;
      exit when moved = 0;
    end loop;
    insert into fit select distinct box, 1, 0, 0, box, false from point;
    loop -- the boxes that are linked by meetings get one name
      update fit set linked = least_name from (
        select p.box, min(o.linked) as least_name from point p join fit o on o.box = p.other group by p.box) n
        where fit.box = n.box and least_name < linked;
      get diagnostics moved = row_count;
      exit when moved = 0;
    end loop;
    for i in 1..20 loop
      update fit set slope = (fit.slope + line.slope) / 2, shift = (fit.shift + line.shift) / 2, scatter = line.scatter
      from (
        select p.box, array_agg((p.theirs - o.shift) / o.slope) as xs, array_agg(p.mine) as ys
        from point p join fit o on o.box = p.other group by p.box having count(*) >= 3) pairs,
        lateral robust_line(pairs.xs, pairs.ys, k.mean = 'energy') line
      where fit.box = pairs.box;
      exit when i > 3 and not found;
      -- Meetings tell differences only, so the median box is held at slope 1 and offset 0.
      update fit set slope = fit.slope / m.slope, shift = fit.shift - fit.slope * m.shift from (
        select linked, percentile_cont(0.5) within group (order by slope) as slope,
          percentile_cont(0.5) within group (order by shift / slope) as shift from fit group by linked) m
      where fit.linked = m.linked;
    end loop;
    update fit set slope = fit.slope * line.slope, shift = fit.shift + fit.slope * line.shift, anchored = true,
        scatter = case when fit.scatter > 0 then fit.scatter else line.scatter end
      from (
        select f.linked, array_agg(p.theirs order by md5(p.box || p.theirs)) as xs,
          array_agg((p.mine - f.shift) / f.slope order by md5(p.box || p.theirs)) as ys
        from point p join fit f using (box) where p.other in (select station from reference_station)
        group by f.linked having count(*) >= least_count) pairs,
        lateral robust_line(pairs.xs[1:300], pairs.ys[1:300], k.mean = 'energy') line
      where fit.linked = pairs.linked;
    insert into calibration_suggestion
      select k.key, f.box, f.slope, f.shift, f.scatter, m.meetings, m.partners, f.anchored
      from fit f join (
        select box, count(*) as meetings, count(distinct other) as partners from (
          select a as box, b as other from meeting where quantity = k.key and minute >= now() - days * interval '1 day'
          union all
          select b, a from meeting where quantity = k.key and minute >= now() - days * interval '1 day') all_meetings
        group by box) m using (box);
    get diagnostics moved = row_count;
    lines := lines + moved;
  end loop;
  drop table fit;
  drop table point;
  return lines;
end $$;
