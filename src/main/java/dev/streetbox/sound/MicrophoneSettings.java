package dev.streetbox.sound;

import java.util.OptionalDouble;

/**
 * One unit of a microphone.
 *
 * @param part its type
 * @param sensitivityDbfs what this unit gives at 94 dB SPL and 1 kHz: the part's own figure until
 *     it is calibrated
 * @param corrected whether the part's frequency response is corrected; whoever publishes its levels
 *     says so
 */
public record MicrophoneSettings(MicrophonePart part, double sensitivityDbfs, boolean corrected) {
  /** No unit in order is further from its data sheet: the widest tolerance is 3 dB. */
  public static final double MAX_DEVIATION_DB = 6;

  /** The peak of a sine over its rms: 10 lg 2. */
  static final double SINE_CREST_DB = 10 * Math.log10(2);

  /**
   * @throws IllegalArgumentException if the sensitivity is more than 6 dB from the part's own
   */
  public MicrophoneSettings {
    if (!isPlausible(part, sensitivityDbfs)) {
      throw new IllegalArgumentException(
          "sensitivity %.1f dBFS is over %.0f dB from that of an %s (%.1f dBFS)"
              .formatted(sensitivityDbfs, MAX_DEVIATION_DB, part.key(), part.sensitivityDbfs()));
    }
  }

  /** Returns whether a unit in order can have that sensitivity, in dBFS. */
  public static boolean isPlausible(MicrophonePart part, double sensitivityDbfs) {
    return Math.abs(sensitivityDbfs - part.sensitivityDbfs()) <= MAX_DEVIATION_DB;
  }

  /**
   * Returns this unit with the sensitivity that a calibrator showed, or unchanged if that is more
   * than 6 dB from the part's own.
   *
   * @param calibratedDbfs in dBFS at 94 dB SPL; empty if the unit was never calibrated
   */
  public MicrophoneSettings calibrated(OptionalDouble calibratedDbfs) {
    return calibratedDbfs.stream()
        .filter(dbfs -> isPlausible(part, dbfs))
        .mapToObj(dbfs -> new MicrophoneSettings(part, dbfs, corrected))
        .findFirst()
        .orElse(this);
  }

  /** A unit that was never calibrated: as its data sheet says, within its tolerance. */
  public static MicrophoneSettings uncalibrated(MicrophonePart part) {
    return new MicrophoneSettings(part, part.sensitivityDbfs(), false);
  }

  /**
   * What to add to a level relative to full scale (rms 1.0) for dB relative to 20 µPa: 0 dBFS of a
   * data sheet is a sine of full scale, whose rms is 3.01 dB below.
   */
  public double offsetDb() {
    return 94 - sensitivityDbfs + SINE_CREST_DB;
  }
}
