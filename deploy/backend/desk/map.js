// The map: reports at their places, drawn to scale on a grid with a scale bar, and on tiles if settings.json
// names a server of tiles. With "gcj02" positions are shifted before they are drawn, and only then.
'use strict';

const FIRST_VIEW = [[39.9, 116.4], 10];
const CLOSE_ZOOM = 17;
const SYMBOLS = {received: '!', dispatched: '»', done: '✓', rejected: '×'};

/** Draws lines every 256 pixels, so that an empty map still shows how it moves. */
const GridLines = L.GridLayer.extend({
  createTile() {
    const tile = document.createElement('div');
    tile.className = 'grid-tile';
    return tile;
  },
});

class ReportMap {
  /** Creates the map in an element; onPick(id) is called when a report is clicked. */
  constructor(element, settings, onPick) {
    this.settings = settings;
    this.onPick = onPick;
    this.markers = new Map();
    this.map = L.map(element, {zoomControl: true, attributionControl: Boolean(settings.tiles), zoomAnimation: false});
    this.map.setView(...FIRST_VIEW);
    this.map.attributionControl?.setPrefix(false);
    if (settings.tiles) {
      L.tileLayer(settings.tiles, {attribution: settings.tiles_by, maxZoom: 19}).addTo(this.map);
    } else {
      new GridLines().addTo(this.map);
    }
    L.control.scale({imperial: false}).addTo(this.map);
    this.track = L.polyline([], {className: 'track', interactive: false}).addTo(this.map);
    this.isFramed = false;
    new ResizeObserver(() => this.map.invalidateSize()).observe(element);
  }

  place(lat, lon) {
    return this.settings.gcj02 ? gcj02(lat, lon) : [lat, lon];
  }

  /** Shows the entries that have a place, and only these. */
  show(entries, selected) {
    const shown = new Set();
    for (const entry of entries) {
      if (entry.event?.lat === undefined) continue;
      shown.add(entry.id);
      this.#mark(entry, entry.id === selected);
    }
    for (const [id, marker] of this.markers) {
      if (!shown.has(id)) {
        marker.remove();
        this.markers.delete(id);
      }
    }
    if (!this.isFramed && this.markers.size > 0) {
      this.isFramed = true;
      this.frame();
    }
  }

  /** Zooms so that every report is in view. */
  frame() {
    const places = [...this.markers.values()].map((marker) => marker.getLatLng());
    if (places.length > 0) this.map.fitBounds(L.latLngBounds(places), {padding: [40, 40], maxZoom: CLOSE_ZOOM, animate: false});
  }

  /** Shows the way before an event, and the event's place in the middle. */
  focus(entry) {
    const {lat, lon, rows = []} = entry?.event ?? {};
    const way = rows.filter((r) => r.lat !== undefined && r.lon !== undefined).map((r) => this.place(r.lat, r.lon));
    this.track.setLatLngs(way);
    if (lat !== undefined) this.map.setView(this.place(lat, lon), Math.max(this.map.getZoom(), CLOSE_ZOOM), {animate: false});
  }

  #mark(entry, isSelected) {
    const name = status(entry) ?? 'received';
    const key = `${name} ${entry.kind} ${isSelected} ${entry.cancelled !== undefined}`;
    let marker = this.markers.get(entry.id);
    if (!marker) {
      marker = L.marker(this.place(entry.event.lat, entry.event.lon), {keyboard: false}).addTo(this.map);
      marker.on('click', () => this.onPick(entry.id));
      this.markers.set(entry.id, marker);
    }
    if (marker.shownKey === key) return;
    marker.shownKey = key;
    const symbol = document.createElement('span');
    symbol.className = 'symbol';
    symbol.textContent = SYMBOLS[name];
    const classes = `pin ${name} kind-${entry.kind}${isSelected ? ' selected' : ''}${entry.cancelled ? ' cancelled' : ''}`;
    marker.setIcon(L.divIcon({html: symbol, className: classes, iconSize: [26, 26]}));
    marker.setZIndexOffset(isSelected ? 1000 : isFinal(entry) ? -500 : 0);
  }
}
