// The page: choices, legend, figures of a cell or road segment, the fleet. Cells are static files that export
// writes; the fleet comes by MQTT (live.js).
'use strict';

const $ = (id) => document.getElementById(id);
const DAYS = {all: 'every day', 1: 'Monday', 2: 'Tuesday', 3: 'Wednesday', 4: 'Thursday', 5: 'Friday', 6: 'Saturday', 7: 'Sunday'};
const READER = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'short'});
const READER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const CALIBRATION_DAYS = 365;
const STALE_MS = 3600000;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Returns a file's content; an empty object if the file does not exist. */
async function load(file) {
  const answer = await fetch(file, {cache: 'no-store'});
  return answer.ok ? answer.json() : {};
}

function ago(ms) {
  const minutes = Math.round((Date.now() - ms) / 60000);
  if (minutes < 90) return `${Math.max(0, minutes)} min ago`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} d ago`;
}

class StreetPage {
  constructor(index, settings) {
    this.index = index;
    this.map = new CellMap($('map'), settings, (cell) => this.#pick(cell));
    this.#options('quantity', index.quantities.map(({key}) => [key, LABELS[key] ?? key]), 'pm25_ugm3');
    const hours = Array.from({length: 24}, (_, h) => [String(h), `${String(h).padStart(2, '0')} to ${String((h + 1) % 24).padStart(2, '0')} h`]);
    this.#options('hour', [['all', 'all hours'], ...hours], 'all');
    this.#options('day', ['all', 1, 2, 3, 4, 5, 6, 7].map((d) => [String(d), DAYS[d]]), 'all');
    const sizes = index.sizes.map((m) => [String(m), m === ROADS ? 'road segments' : `cells of ${m} m`]);
    this.#options('size', sizes, String(index.sizes.includes(ROADS) ? ROADS : Math.max(...index.sizes)));
    for (const id of ['quantity', 'hour', 'day', 'size']) $(id).addEventListener('change', () => this.draw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
  }

  #options(id, choices, chosen) {
    $(id).replaceChildren(...choices.map(([value, text]) => make('option', {value}, text)));
    if (choices.some(([value]) => value === chosen)) $(id).value = chosen;
  }

  async draw() {
    const [quantity, hour, weekday, size] = ['quantity', 'hour', 'day', 'size'].map((id) => $(id).value);
    const wanted = `cells/${size}/${quantity}/${hour}.json`;
    this.wanted = `${wanted} ${weekday}`;
    const file = await load(`data/${wanted}`);
    if (this.wanted !== `${wanted} ${weekday}`) return; // Another choice was made meanwhile.
    const cells = cellsOfDay(file, weekday, Number(size) === ROADS ? await this.#segments() : {});
    if (this.wanted !== `${wanted} ${weekday}`) return;
    this.unit = this.index.quantities.find(({key}) => key === quantity);
    const bands = bandsOf(quantity, hour, cells.map((cell) => cell.median), this.unit.decimals);
    this.map.show(cells, Number(size), bands);
    this.#legend(quantity, bands, cells);
    this.#highest(cells, Number(size));
    const {zone, made, min_passes: passes, min_boxes: boxes} = this.index;
    $('said').textContent =
      `${cells.length} ${Number(size) === ROADS ? 'road segments' : 'cells'}, ${cells.reduce((sum, cell) => sum + cell.passes, 0)} passes. Each shows the median of its passes’ means ` +
      `(noise: energy means), if at least ${passes} passes and ${boxes} boxes were there. Hours and days are those of ${zone}; ` +
      `made ${READER.format(made)} (${READER_ZONE}). Limits are for long means at fixed stations: a hint, no verdict.`;
    document.body.dataset.drawn = this.wanted;
  }

  /** Returns name and line of each road segment by its number; loads them once. */
  async #segments() {
    this.segments ??= (await load('data/segments.json')).segments ?? {};
    return this.segments;
  }

  #legend(quantity, bands, cells) {
    const counts = Array(BANDS).fill(0);
    for (const cell of cells) counts[bandOf(bands.limits, cell.median)]++;
    const items = bands.names.map((name, i) => {
      const swatch = make('span', {class: `swatch band-${i}`, 'aria-hidden': 'true'});
      return make('li', {}, swatch, name, make('span', {class: 'count'}, String(counts[i])));
    });
    $('legend').replaceChildren(
      make('h2', {}, `${LABELS[quantity] ?? quantity}${this.unit.unit ? ` (${this.unit.unit})` : ''}`),
      make('ol', {}, ...items),
      make('p', {class: 'soft'}, `Bands: ${bands.source}.`),
    );
  }

  #words(cell) {
    const unit = this.unit.unit ? ` ${this.unit.unit}` : '';
    return `${cell.median.toFixed(this.unit.decimals)}${unit}: median of ${cell.passes} passes of ${cell.boxes} boxes`;
  }

  #pick(cell) {
    const place = cell.line ? `on ${cell.name ?? 'a road without a name'}` : `at ${cell.lat.toFixed(5)}, ${cell.lon.toFixed(5)}`;
    $('picked').textContent = `${this.#words(cell)}, ${place}.`;
  }

  #highest(cells, size) {
    const top = [...cells].sort((a, b) => b.median - a.median).slice(0, 10);
    $('highest').querySelector('ol').replaceChildren(
      ...top.map((cell) => {
        const button = make('button', {type: 'button'}, this.#words(cell));
        button.addEventListener('click', () => {
          this.map.go(cell, size);
          this.#pick(cell);
        });
        return make('li', {}, button);
      }),
    );
  }
}

/** Returns words about what a box needs, and whether that is well. */
function needs(box) {
  const words = [];
  for (const fault of Array.isArray(box.faults) ? box.faults : []) {
    words.push(typeof fault === 'string' ? fault : (fault?.text ?? fault?.name ?? 'a fault'));
  }
  const made = Date.parse(box.calibrated);
  if (Number.isFinite(made) && Date.now() - made > CALIBRATION_DAYS * 86400000) words.push('calibration due');
  if (!Number.isFinite(made) && (box.calibration ?? 'none') === 'none') words.push('not calibrated');
  return words;
}

function showFleet({boxes, made}, live) {
  const online = boxes.filter((box) => box.online).length;
  $('fleet-said').textContent = `${boxes.length} boxes, ${online} online; ${ago(made)}. Times in ${READER_ZONE}.`;
  const head = make('tr', {}, ...['box', 'state', 'version', 'last row', 'needs'].map((word) => make('th', {scope: 'col'}, word)));
  const rows = boxes.map((box) => {
    const last = Number.isFinite(box.last) && box.last > 0 ? make('time', {title: READER.format(box.last)}, ago(box.last)) : '–';
    const isStale = box.online && Date.now() - box.last > STALE_MS;
    return make('tr', {},
      make('th', {scope: 'row'}, nameOf(box, live), box.simulated ? ' (simulated)' : ''),
      make('td', {class: box.online ? 'good' : 'soft'}, box.online ? '● online' : '○ off'),
      make('td', {}, box.version ?? '–'),
      make('td', {class: isStale ? 'bad' : ''}, last),
      make('td', {}, needs(box).join(', ') || '–'));
  });
  $('fleet').replaceChildren(make('thead', {}, head), make('tbody', {}, ...rows));
  live.show(boxes);
}

/** Returns the name of a box; a button that goes to its place if it has one. */
function nameOf(box, live) {
  if (!live.isPlaced(box)) return box.box;
  const button = make('button', {type: 'button', class: 'link'}, box.box);
  button.addEventListener('click', () => live.go(box));
  return button;
}

function askLogin(live, words) {
  sessionStorage.removeItem(STORED_LOGIN);
  $('login').hidden = false;
  $('live').hidden = true;
  $('refused').textContent = words;
  live.show([]);
}

function enter(login, live) {
  sessionStorage.setItem(STORED_LOGIN, JSON.stringify(login));
  $('login').hidden = true;
  $('live').hidden = false;
  $('fleet-said').textContent = 'Connecting …';
  const fleet = new LiveFleet(login);
  fleet.onFleet = (all) => showFleet(all, live);
  fleet.onLink = (words) => {
    $('fleet-said').textContent = words || 'Connected; the fleet is published every 15 seconds.';
  };
  fleet.onRefused = (reason) => askLogin(live, `Not logged in: ${reason}.`);
  $('logout').onclick = () => {
    fleet.end();
    $('fleet').replaceChildren();
    askLogin(live, '');
  };
  fleet.start();
}

function fault(text) {
  $('fault').hidden = false;
  $('fault').textContent = text;
}

async function start() {
  const settings = {tiles: '', tiles_by: '', gcj02: false, ...(await load('../desk/settings.json'))};
  const index = await load('data/index.json');
  let map;
  if (!index.quantities?.length || !index.sizes?.length) {
    fault('There are no cells yet. Cells are written by deploy/backend/map/export once enough boxes have passed.');
  } else {
    const page = new StreetPage(index, settings);
    await page.draw();
    map = page.map;
  }
  map ??= new CellMap($('map'), settings, () => {});
  const live = new LiveBoxes(map.map, settings);
  $('login').addEventListener('submit', (event) => {
    event.preventDefault();
    enter({username: $('user').value, password: $('password').value, by: ''}, live);
  });
  const stored = sessionStorage.getItem(STORED_LOGIN);
  if (stored) enter(JSON.parse(stored), live);
  else askLogin(live, '');
}

start().catch((error) => fault(`The map cannot be loaded: ${error.message}`));
