// Times and values as people read them, in the time zone of the reader.
'use strict';

const CLOCK = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const DAY = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'});

const QUANTITIES = [
  ['pm25_ugm3', 'PM2.5', 'µg/m³'],
  ['pm10_ugm3', 'PM10', 'µg/m³'],
  ['laeq_db', 'LAeq', 'dB'],
  ['lafmax_db', 'LAFmax', 'dB'],
  ['voc_index', 'VOC', ''],
  ['nox_index', 'NOx', ''],
  ['h2s_ppm', 'H₂S', 'ppm'],
  ['nh3_ppm', 'NH₃', 'ppm'],
  ['co_ppm', 'CO', 'ppm'],
  ['co2_ppm', 'CO₂', 'ppm'],
  ['temp_c', 'T', '°C'],
  ['rh_pct', 'RH', '%'],
  ['spd_mps', 'speed', 'm/s'],
];

// Which bits of q doubt which quantities; the bits are in deploy/contract/fields.json.
const DOUBTS = [
  [/^pm/, 0b1111],
  [/^la/, 0b11110000 | (1 << 19)],
  [/^(voc|nox|h2s|nh3|co_)/, 0b11100000000],
];

function clock(ms) {
  return CLOCK.format(ms);
}

function day(ms) {
  return DAY.format(ms);
}

/** Returns a length of time in its two largest units' worth, as 3 min or 2 h. */
function duration(seconds) {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

function isDoubted(key, q) {
  return DOUBTS.some(([keys, bits]) => keys.test(key) && (q & bits) !== 0);
}

/** Returns one line that says what an entry is about. */
function summary(entry) {
  const event = entry.event;
  if (!event) return 'a report that has not arrived';
  if (event.text) return event.text;
  if (entry.kind === 'report') return 'hazard, button pressed';
  if (entry.kind === 'odour' && event.by === 'person') return 'odour, noticed by the courier';
  if (entry.kind === 'odour') return compactWords(['odour', quantityWords(event), lasting(event)]);
  if (entry.kind === 'sound') return compactWords(['loud sound', level(event), lasting(event)]);
  return compactWords(['box opened or part gone', event.part, event.reason]);
}

function compactWords(list) {
  return list.filter((word) => word).join(', ');
}

function quantityWords(event) {
  if (!event.quantity) return undefined;
  const known = QUANTITIES.find(([key]) => key === event.quantity);
  const name = known ? known[1] : event.quantity;
  return event.peak === undefined ? name : `${name} up to ${event.peak}${known?.[2] ? ` ${known[2]}` : ''}`;
}

function level(event) {
  return event.lafmax_db === undefined ? undefined : `LAFmax ${event.lafmax_db} dB`;
}

function lasting(event) {
  return event.duration_s === undefined ? undefined : `for ${duration(event.duration_s)}`;
}
