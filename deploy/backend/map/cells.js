// Draws cells as squares to scale. One file holds the cells of a size, a quantity and an hour of day.
'use strict';

const METRES_PER_DEGREE = 111194.93; // as in the database's function cell_y

/** Returns the cells of a weekday ('all' or 1 to 7) from a file's content: lat, lon, median, passes, boxes. */
function cellsOfDay(file, weekday) {
  return (file.cells ?? []).flatMap(([lat, lon, days]) => {
    const found = days?.[weekday];
    return Array.isArray(found) ? [{lat, lon, median: found[0], passes: found[1], boxes: found[2]}] : [];
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

  bounds({lat, lon}, sizeM) {
    const half = sizeM / METRES_PER_DEGREE / 2;
    const halfLon = half / Math.cos((lat * Math.PI) / 180);
    const [midLat, midLon] = this.settings.gcj02 ? gcj02(lat, lon) : [lat, lon];
    return [[midLat - half, midLon - halfLon], [midLat + half, midLon + halfLon]];
  }

  show(cells, sizeM, bands) {
    this.layer.clearLayers();
    const style = getComputedStyle(document.documentElement);
    const colours = Array.from({length: BANDS}, (_, i) => style.getPropertyValue(`--band-${i}`).trim());
    for (const cell of cells) {
      const colour = colours[bandOf(bands.limits, cell.median)];
      L.rectangle(this.bounds(cell, sizeM), {weight: 0, fillColor: colour, fillOpacity: 0.9})
        .on('click', () => this.onPick(cell))
        .addTo(this.layer);
    }
    if (!this.isFramed && cells.length > 0) {
      this.isFramed = true;
      const all = L.latLngBounds(cells.flatMap((cell) => this.bounds(cell, sizeM)));
      this.map.fitBounds(all, {padding: [20, 20], maxZoom: 18, animate: false});
    }
  }

  go(cell, sizeM) {
    this.map.fitBounds(this.bounds(cell, sizeM), {maxZoom: 17, animate: false});
  }
}
