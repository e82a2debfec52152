-- Prints the files of the map page, one a line: name, blank, JSON. Variable zone: the time zone of hours.
\o /dev/null
select refresh_cells();
\o

-- cells/SIZE/QUANTITY/HOUR.json: [lat, lon, {weekday: [median, passes, boxes]}]; all or 0 to 23, all or 1 to 7.
with p as (
  select size_m, quantity, x, y, b.box, mean,
    extract(hour from hour at time zone :'zone')::int as h,
    extract(isodow from hour at time zone :'zone')::int as d
  from pass join boot b using (boot_id)
), grouped as (
  select size_m, quantity, x, y, h, d, count(*) as passes, count(distinct box) as boxes,
    percentile_cont(0.5) within group (order by mean) as median
  from p
  group by grouping sets ((size_m, quantity, x, y), (size_m, quantity, x, y, h), (size_m, quantity, x, y, d),
    (size_m, quantity, x, y, h, d))
  having count(*) >= setting('min_passes') and count(distinct box) >= setting('min_boxes')
), cell as (
  select g.size_m, g.quantity, g.x, g.y, g.h,
    json_object_agg(coalesce(d::text, 'all'), json_build_array(round(median::numeric, q.decimals), passes, boxes)) as days
  from grouped g join quantity q on q.key = g.quantity
  group by 1, 2, 3, 4, 5
)
select format('cells/%s/%s/%s.json', size_m, quantity, coalesce(h::text, 'all')),
  json_build_object('v', 1, 'cells', json_agg(json_build_array(
    case when size_m = 0 then x else round(cell_lat(y, nullif(size_m, 0))::numeric, 6) end,
    case when size_m = 0 then 0 else round(cell_lon(x, y, nullif(size_m, 0))::numeric, 6) end, days)))
from cell group by size_m, quantity, h
\g (format=unaligned fieldsep=' ')

select 'index.json', json_build_object('v', 1, 'made', round(extract(epoch from now()) * 1000), 'zone', :'zone'::text,
  'sizes', (select coalesce(json_agg(distinct size_m), '[]') from pass),
  'quantities', (select coalesce(json_agg(json_build_object('key', key, 'unit', unit, 'decimals', decimals)
    order by position), '[]') from quantity where key in (select quantity from pass)),
  'min_passes', setting('min_passes'), 'min_boxes', setting('min_boxes'))
\g (format=unaligned fieldsep=' ')

-- segments.json: name and line of each road segment that is shown, by its number. Cells of size 0 are road segments:
-- their lat is that number.
with shown as (
  select distinct x from pass join boot b using (boot_id) where size_m = 0
  group by quantity, x having count(*) >= setting('min_passes') and count(distinct box) >= setting('min_boxes')
)
select 'segments.json', json_build_object('v', 1, 'segments', coalesce(json_object_agg(segment_id,
  json_build_array(name, line)), '{}')) from segment join shown on x = segment_id
\g (format=unaligned fieldsep=' ')
