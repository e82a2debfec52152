package dev.streetbox.calibrate;

/**
 * What a calibrator showed of one microphone.
 *
 * @param sensor its name in the configuration
 * @param part its type then, as {@code ics43434}: another type under that name is another one
 * @param dbfs what it gives at 94 dB and 1 kHz, where 0 dBFS is a sine of full scale
 * @param referenceDb the calibrator's level, dB re 20 µPa
 */
public record Sensitivity(String sensor, String part, double dbfs, double referenceDb) {}
