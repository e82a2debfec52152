package dev.streetbox.calibrate;

/**
 * Holds one microphone's sensitivity, measured with a calibrator.
 *
 * @param sensor the microphone's name in the configuration
 * @param part the microphone's type, as {@code ics43434}; the sensitivity is not used for another
 *     type under that name
 * @param dbfs the output at 94 dB and 1 kHz, where 0 dBFS is a sine of full scale
 * @param referenceDb the calibrator's level, dB re 20 µPa
 */
public record Sensitivity(String sensor, String part, double dbfs, double referenceDb) {}
