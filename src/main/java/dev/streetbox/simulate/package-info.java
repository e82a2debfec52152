/**
 * Simulates the parts of the catalogue, a gpsd and a ride, so that the same drivers and the same
 * program run without hardware.
 *
 * <p>Input: a seed, a time and the configured parts. Output: bytes at simulated ports. The package
 * does not depend on the drivers, because it is written from the datasheets.
 */
package dev.streetbox.simulate;
