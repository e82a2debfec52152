package dev.streetbox.sound;

/**
 * Holds the levels of one interval of sound, in dB: relative to full scale (rms 1.0) from {@link
 * SoundMeter}, relative to 20 µPa after the microphone's offset is added.
 *
 * @param laeqDb the A-weighted equivalent continuous level (time-averaged, LAeq)
 * @param lceqDb the C-weighted equivalent continuous level (LCeq)
 * @param lafMaxDb the maximum A-weighted and F-time-weighted level (LAFmax)
 * @param lafMinDb the minimum A-weighted and F-time-weighted level (LAFmin)
 * @param lcPeakDb the C-weighted peak level (LCpeak), also between the samples
 * @param frequencyHz half the rate of zero crossings, which is the frequency if the sound is one
 *     tone
 */
public record SoundLevels(
    double laeqDb,
    double lceqDb,
    double lafMaxDb,
    double lafMinDb,
    double lcPeakDb,
    double frequencyHz) {

  /** Returns the levels raised by that many dB. */
  public SoundLevels plus(double db) {
    return new SoundLevels(
        laeqDb + db, lceqDb + db, lafMaxDb + db, lafMinDb + db, lcPeakDb + db, frequencyHz);
  }
}
