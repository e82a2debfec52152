/**
 * Reads the sensors of each bus on the bus's thread, and keeps their latest samples.
 *
 * <p>Input is the parts' samples, output the sample of one second. The package uses no disk,
 * network or time of day.
 */
package dev.streetbox.sample;
