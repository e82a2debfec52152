'use strict';

addEventListener('error', (event) => {
  document.documentElement.dataset.error = event.message;
  document.getElementById('span').textContent = 'This page cannot be drawn here: ' + event.message;
});

// The rows of the page, as columns; what is not a number was not measured.
const DATA = JSON.parse(document.getElementById('data').textContent);
const COUNT = DATA.rows.length;
const QUANTITIES = DATA.quantities;
const KEYS = ['boot', 'seq', 't', 'q'].concat(QUANTITIES.map((quantity) => quantity.key));
const COLUMN = {};
KEYS.forEach((key, place) => {
  COLUMN[key] = Float64Array.from(DATA.rows, (row) => (row[place] === null ? NaN : row[place]));
});
DATA.rows = null;

const NOWHERE = new Float64Array(COUNT).fill(NaN);
const LAT = COLUMN.lat || NOWHERE;
const LON = COLUMN.lon || NOWHERE;

// Longer than this between two rows: the curve breaks. Longer than LONG_GAP_MS: time is cut out.
const BREAK_MS = 5000 * DATA.stride;
const LONG_GAP_MS = Math.max(600000, BREAK_MS);

/** Whether a row does not go on from the one before. */
const BROKEN = new Uint8Array(COUNT);

/** The place of each row along the time axis, in ms, without the long gaps. */
const ALONG = new Float64Array(COUNT);

for (let i = 0; i < COUNT; i++) {
  const step = i === 0 ? 0 : COLUMN.t[i] - COLUMN.t[i - 1];
  const other = i === 0 || COLUMN.boot[i] !== COLUMN.boot[i - 1];
  BROKEN[i] = other || step > BREAK_MS || step < 0 ? 1 : 0;
  const cut = step > LONG_GAP_MS || step < 0;
  ALONG[i] = i === 0 ? 0 : ALONG[i - 1] + (cut ? Math.min(LONG_GAP_MS, 120000) : step);
}

/** The first row at or after a place along the axis, between two rows. */
function rowAt(along, from, to) {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ALONG[middle] < along) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

/** The row nearest to a place along the axis. */
function nearestRow(along, from, to) {
  const after = rowAt(along, from, to);
  return after > from && along - ALONG[after - 1] < ALONG[after] - along ? after - 1 : after;
}

function isFlagged(quantity, row) {
  return (COLUMN.q[row] & quantity.mask) !== 0;
}

function flagsOf(row, mask) {
  return DATA.flags.filter((flag) => COLUMN.q[row] & mask & flag.bit).map((flag) => flag.key);
}

function number(value, decimals) {
  return value.toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

function withUnit(value, quantity) {
  return number(value, quantity.decimals) + (quantity.unit ? '\u202f' + quantity.unit : '');
}

let utc = false;

function zone() {
  return utc ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The date and time of the chosen zone, as in ISO 8601. */
function local(ms) {
  const minutes = utc ? 0 : new Date(ms).getTimezoneOffset();
  return new Date(ms - minutes * 60000).toISOString();
}

function clock(ms, seconds) {
  return local(ms).slice(11, seconds ? 19 : 16);
}

function day(ms) {
  return local(ms).slice(0, 10);
}

/** Round steps that divide a range into about so many parts. */
function ticks(low, high, parts) {
  const raw = (high - low) / parts;
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw);
  const list = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++) {
    list.push(Number((n * step).toPrecision(12)));
  }
  return list;
}

// Fixed ranges for comparing rides. PM: 0 to the limits for 24 hours of GB 3095-2012, grade II.
// Levels: from the night limit of GB 3096-2008, class 1, to 15 dB above the day limit of class 4a.
const FIXED = {
  pm25_ugm3: [0, 75, 'GB 3095, 24 h'],
  pm10_ugm3: [0, 150, 'GB 3095, 24 h'],
  laeq_db: [45, 85, 'GB 3096'],
  lafmax_db: [45, 85, 'GB 3096'],
  voc_index: [0, 500, 'the index’s scale'],
  nox_index: [0, 500, 'the index’s scale'],
};

/** Low and high of a quantity's colours: the fixed ones, or those between which 96 % of the ride lie. */
function colourRange(quantity, fixed) {
  if (fixed && FIXED[quantity.key]) {
    return FIXED[quantity.key];
  }
  const values = COLUMN[quantity.key].filter((value) => !Number.isNaN(value)).sort();
  const low = values[Math.floor(values.length * 0.02)];
  const high = values[Math.ceil(values.length * 0.98) - 1];
  const least = Math.pow(10, -quantity.decimals);
  return high - low < least ? [low - least, low + least] : [low, high];
}

// Six colours of viridis, whose lightness grows evenly, so that the colour-blind can order them.
const STOPS = [
  [68, 1, 84],
  [65, 68, 135],
  [42, 120, 142],
  [34, 168, 132],
  [122, 209, 81],
  [253, 231, 37],
];
const BINS = 30;

function colour(share) {
  const at = Math.min(Math.max(share, 0), 1) * (STOPS.length - 1);
  const stop = Math.min(Math.floor(at), STOPS.length - 2);
  const mix = STOPS[stop].map((c, i) => Math.round(c + (STOPS[stop + 1][i] - c) * (at - stop)));
  return 'rgb(' + mix.join(',') + ')';
}

const PALETTE = Array.from({length: BINS}, (_, bin) => colour(bin / (BINS - 1)));

function ink(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/** A canvas of its element's size, cleared, in CSS pixels. */
function pen(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const box = canvas.parentElement;
  canvas.width = box.clientWidth * ratio;
  canvas.height = box.clientHeight * ratio;
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  return context;
}
