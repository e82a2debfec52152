/**
 * Computes calibrations from readings beside a reference (the sensitivity of a microphone, the
 * linear correction of a concentration), compares fits with published targets, and keeps every
 * revision in a file of the data folder. Input is rows and reference values, output coefficients.
 * The package uses no bus, sensor or broker.
 */
package dev.streetbox.calibrate;
