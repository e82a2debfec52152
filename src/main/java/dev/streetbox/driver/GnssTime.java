package dev.streetbox.driver;

/**
 * A receiver's time of day as it was heard; whether it is true is judged elsewhere.
 *
 * @param tickMs when it arrived, monotonic ms since the boot began; later than the moment it names
 *     by what receiver, line and gpsd took (some tenths of a second)
 * @param utcMs what it says, in ms since 1970-01-01T00:00:00Z
 * @param mode the fix behind it: 2 for two dimensions, 3 for three
 */
public record GnssTime(long tickMs, long utcMs, int mode) {}
