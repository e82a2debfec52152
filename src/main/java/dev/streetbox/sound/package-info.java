/**
 * What a microphone hears, as levels (IEC 61672-1).
 *
 * <p>Samples of sound enter; LAeq, LAFmax, LCpeak and percentiles leave, and the tone of a
 * calibrator. It must not know sound cards, buses and rows.
 */
package dev.streetbox.sound;
