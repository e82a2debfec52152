// GCJ-02, the shifted coordinates that maps in China have to use. Only positions that are about to be drawn
// are converted, once; the text on the page, the messages and every export stay WGS-84. The formula is the one
// that has been public since 2010; the shift is up to 700 m.
'use strict';

const KRASOVSKY_A = 6378245.0; // m, semi-major axis of the ellipsoid of 1940
const KRASOVSKY_EE = 0.00669342162296594323; // its eccentricity, squared

function isInChina(lat, lon) {
  return lat >= 0.8293 && lat <= 55.8271 && lon >= 72.004 && lon <= 137.8347;
}

function wave(value, amplitudes) {
  return amplitudes.reduce((sum, [size, divisor]) => sum + size * Math.sin((value / divisor) * Math.PI), 0) * (2 / 3);
}

/** Returns [lat, lon] in GCJ-02 of a position in WGS-84; a position outside China as it is. */
function gcj02(lat, lon) {
  if (!isInChina(lat, lon)) return [lat, lon];
  const x = lon - 105;
  const y = lat - 35;
  const common = wave(x, [[20, 1 / 6], [20, 1 / 2]]);
  const root = Math.sqrt(Math.abs(x));
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common +
    wave(y, [[20, 1], [40, 3]]) + wave(y, [[160, 12], [320, 30]]);
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common +
    wave(x, [[20, 1], [40, 3]]) + wave(x, [[150, 12], [300, 30]]);
  const phi = (lat * Math.PI) / 180;
  const magic = 1 - KRASOVSKY_EE * Math.sin(phi) ** 2;
  const meridian = (KRASOVSKY_A * (1 - KRASOVSKY_EE)) / (magic * Math.sqrt(magic));
  const parallel = (KRASOVSKY_A / Math.sqrt(magic)) * Math.cos(phi);
  return [lat + (north * 180) / (meridian * Math.PI), lon + (east * 180) / (parallel * Math.PI)];
}
