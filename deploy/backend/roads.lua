-- Keeps the roads of an OpenStreetMap extract that scooters use; for osm2pgsql --output=flex.
local roads = osm2pgsql.define_way_table('osm_road', {
  { column = 'name', type = 'text' },
  { column = 'highway', type = 'text' },
  { column = 'geom', type = 'linestring', projection = 3857 },
}, { schema = os.getenv('STREETBOX_SCHEMA') })

local kinds = {}
for kind in string.gmatch('motorway trunk primary secondary tertiary unclassified residential living_street service '
    .. 'road cycleway pedestrian track busway motorway_link trunk_link primary_link secondary_link tertiary_link', '%S+') do
  kinds[kind] = true
end

function osm2pgsql.process_way(object)
  if kinds[object.tags.highway] and object.tags.area ~= 'yes' then
    roads:insert({ name = object.tags.name, highway = object.tags.highway, geom = object:as_linestring() })
  end
end
