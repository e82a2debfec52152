// Draws cells as squares to scale, and road segments as lines. One file holds those of a size, a quantity and an
// hour of day; size 0 stands for road segments.
'use strict';

const METRES_PER_DEGREE = 111194.93; // as in the database's function cell_y

const ROADS = 0; // the size of road segments, whose lat is the segment's number

/**
 * Returns the cells of a weekday ('all' or 1 to 7) from a file's content: lat, lon, median, passes, boxes; of a road
 * segment name and line instead of the place. segments holds [name, line] by number.
 */
function cellsOfDay(file, weekday, segments) {
  return (file.cells ?? []).flatMap(([lat, lon, days]) => {
    const found = days?.[weekday];
    if (!Array.isArray(found)) return [];
    const [name, line] = segments[lat] ?? [];
    const place = line ? {name, line} : {lat, lon};
    return [{...place, median: found[0], passes: found[1], boxes: found[2]}];
  });
}

class CellMap {
  constructor(element, settings, onPick) {
    this.settings = settings;
    this.onPick = onPick;
    this.map = L.map(element, {preferCanvas: true, attributionControl: Boolean(settings.tiles), zoomAnimation: false});
    this.map.setView([39.9, 116.4], 10);
    this.map.attributionControl?.setPrefix(false);
    if (settings.tiles) L.tileLayer(settings.tiles, {attribution: settings.tiles_by, maxZoom: 19}).addTo(this.map);
    L.control.scale({imperial: false}).addTo(this.map);
    this.layer = L.layerGroup().addTo(this.map);
    this.isFramed = false;
    new ResizeObserver(() => this.map.invalidateSize()).observe(element);
  }

  bounds({lat, lon, line}, sizeM) {
    if (line) return L.latLngBounds(this.#points(line));
    const half = sizeM / METRES_PER_DEGREE / 2;
    const halfLon = half / Math.cos((lat * Math.PI) / 180);
    const [midLat, midLon] = this.settings.gcj02 ? gcj02(lat, lon) : [lat, lon];
    return [[midLat - half, midLon - halfLon], [midLat + half, midLon + halfLon]];
  }

  #points(line) {
    return this.settings.gcj02 ? line.map(([lat, lon]) => gcj02(lat, lon)) : line;
  }

  #shape(cell, sizeM, colour) {
    return cell.line
      ? L.polyline(this.#points(cell.line), {weight: 6, color: colour, opacity: 0.95, lineCap: 'butt'})
      : L.rectangle(this.bounds(cell, sizeM), {weight: 0, fillColor: colour, fillOpacity: 0.9});
  }

  show(cells, sizeM, bands) {
    this.layer.clearLayers();
    const style = getComputedStyle(document.documentElement);
    const colours = Array.from({length: BANDS}, (_, i) => style.getPropertyValue(`--band-${i}`).trim());
    for (const cell of cells) {
      const colour = colours[bandOf(bands.limits, cell.median)];
      this.#shape(cell, sizeM, colour)
        .on('click', () => this.onPick(cell))
        .addTo(this.layer);
    }
    if (!this.isFramed && cells.length > 0) {
      this.isFramed = true;
      const all = L.latLngBounds([]);
      for (const cell of cells) all.extend(L.latLngBounds(this.bounds(cell, sizeM)));
      this.map.fitBounds(all, {padding: [20, 20], maxZoom: 18, animate: false});
    }
  }

  go(cell, sizeM) {
    this.map.fitBounds(this.bounds(cell, sizeM), {maxZoom: 17, animate: false});
  }
}
