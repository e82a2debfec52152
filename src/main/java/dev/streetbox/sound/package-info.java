/**
 * Computes sound levels from a microphone's samples (IEC 61672-1).
 *
 * <p>Input is samples; output is LAeq, LAFmax, LCpeak, percentiles and detected calibrator tones.
 * The package uses no sound card, bus or row.
 */
package dev.streetbox.sound;
