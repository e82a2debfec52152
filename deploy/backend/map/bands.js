// The bands that colour the cells, each with the limits that it is made of and where they are published. The
// limits are those of long means at fixed stations; a median of passing boxes is a hint and no verdict, and the
// page says so. The colours, in map.css, are six steps of cividis, which the colour-blind see in the same order.
'use strict';

const BANDS = 6;
const WHO = 'WHO global air quality guidelines 2021, 24-hour means';
const GB3095 = 'GB 3095-2012, 24-hour means';
const GB3096 = 'GB 3096-2008, limits by class';
const NIGHT_HOURS = [22, 23, 0, 1, 2, 3, 4, 5]; // GB 3096: 22:00 to 06:00, unless the place sets other hours

const PM25 = {
  limits: [15, 25, 37.5, 50, 75],
  names: ['up to 15: WHO guideline', 'to 25: WHO interim target 4', 'to 37.5: target 3', 'to 50: target 2', 'to 75: target 1, GB 3095 class 2', 'above 75'],
  source: `${WHO}; ${GB3095}: class 1 is 35, class 2 is 75`,
};
const PM10 = {
  limits: [45, 50, 75, 100, 150],
  names: ['up to 45: WHO guideline', 'to 50: WHO interim target 4, GB 3095 class 1', 'to 75: target 3', 'to 100: target 2', 'to 150: target 1, GB 3095 class 2', 'above 150'],
  source: `${WHO}; ${GB3095}`,
};
const NOISE_DAY = {
  limits: [50, 55, 60, 65, 70],
  names: ['up to 50: class 0', 'to 55: class 1', 'to 60: class 2', 'to 65: class 3', 'to 70: class 4', 'above 70'],
  source: `${GB3096}, day (06:00 to 22:00)`,
};
const NOISE_NIGHT = {
  limits: [40, 45, 50, 55, 60],
  names: ['up to 40: class 0', 'to 45: class 1', 'to 50: class 2', 'to 55: classes 3 and 4a', 'to 60: class 4b', 'above 60'],
  source: `${GB3096}, night (22:00 to 06:00)`,
};

const LABELS = {
  pm25_ugm3: 'PM2.5', pm10_ugm3: 'PM10', pm1_ugm3: 'PM1', pm4_ugm3: 'PM4', laeq_db: 'Noise, LAeq', lafmax_db: 'Noise, LAFmax',
  voc_index: 'VOC index', nox_index: 'NOx index', h2s_ppm: 'Hydrogen sulphide', nh3_ppm: 'Ammonia', temp_c: 'Temperature in the box',
  rh_pct: 'Humidity in the box', co2_ppm: 'Carbon dioxide', co_ppm: 'Carbon monoxide', no2_ppm: 'Nitrogen dioxide', o3_ppm: 'Ozone',
};

/** Returns six bands of equal numbers of cells for a quantity that has no published limits. */
function quantileBands(values, decimals) {
  const sorted = [...values].sort((a, b) => a - b);
  const limits = [1, 2, 3, 4, 5].map((i) => sorted[Math.min(sorted.length - 1, Math.floor((i * sorted.length) / 6))] ?? 0);
  const names = [...limits.map((limit) => `up to ${limit.toFixed(decimals)}`), `above ${limits[4].toFixed(decimals)}`];
  return {limits, names, source: 'no published limits: a sixth of the shown cells in each band'};
}

/** Returns the bands of a quantity at an hour of day ('all' or 0 to 23). */
function bandsOf(quantity, hour, values, decimals) {
  if (quantity === 'pm25_ugm3') return PM25;
  if (quantity === 'pm10_ugm3') return PM10;
  if (quantity === 'laeq_db') return hour !== 'all' && NIGHT_HOURS.includes(Number(hour)) ? NOISE_NIGHT : NOISE_DAY;
  return quantileBands(values, decimals);
}

/** Returns the number of a value's band, 0 to 5; a limit belongs to the band below it. */
function bandOf(limits, value) {
  const at = limits.findIndex((limit) => value <= limit);
  return at < 0 ? limits.length : at;
}
