package dev.streetbox.sound;

/**
 * The levels of one interval of sound, in dB: relative to full scale (rms 1.0) as {@link
 * SoundMeter} gives them, or relative to 20 µPa once shifted.
 *
 * @param laeqDb the A-weighted equivalent continuous level (time-averaged, LAeq)
 * @param lceqDb the C-weighted equivalent continuous level (LCeq)
 * @param lafMaxDb the maximum A-weighted and F-time-weighted level (LAFmax)
 * @param lafMinDb its minimum (LAFmin)
 * @param lcPeakDb the C-weighted peak level (LCpeak) of the samples; above about 8 kHz the true
 *     peak may be higher
 * @param frequencyHz half the rate of zero crossings: the frequency, if it is one tone
 */
public record SoundLevels(
    double laeqDb,
    double lceqDb,
    double lafMaxDb,
    double lafMinDb,
    double lcPeakDb,
    double frequencyHz) {

  /** The same sound with that many dB more. */
  public SoundLevels plus(double db) {
    return new SoundLevels(
        laeqDb + db, lceqDb + db, lafMaxDb + db, lafMinDb + db, lcPeakDb + db, frequencyHz);
  }
}
