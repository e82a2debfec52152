package dev.streetbox.sound;

/**
 * Holds what tells a tone in a short block of sound.
 *
 * @param lceqDb the C-weighted equivalent level, in dB relative to full scale (rms 1.0)
 * @param lcPeakDb the C-weighted peak level, likewise
 * @param frequencyHz half the rate of zero crossings
 */
record SoundBlock(double lceqDb, double lcPeakDb, double frequencyHz) {}
