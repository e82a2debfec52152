package dev.streetbox.sound;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Holds the settings of one microphone.
 *
 * @param part the microphone's type
 * @param sensitivityDbfs this unit's output at 94 dB SPL and 1 kHz; the type's value until a
 *     calibrator was used
 * @param corrected true if the type's frequency response is corrected; to be stated with published
 *     levels
 * @param slot the slot in which the microphone sends; empty if it is to be found
 */
public record MicrophoneSettings(
    MicrophonePart part, double sensitivityDbfs, boolean corrected, Optional<Slot> slot) {
  /** Limits a unit's deviation from its datasheet, in dB: twice the widest tolerance of 3 dB. */
  public static final double MAX_DEVIATION_DB = 6;

  /** The crest factor of a sine in dB: 10 lg 2. */
  static final double SINE_CREST_DB = 10 * Math.log10(2);

  /**
   * @throws IllegalArgumentException if the sensitivity is more than 6 dB from the type's
   */
  public MicrophoneSettings {
    if (!isPlausible(part, sensitivityDbfs)) {
      throw new IllegalArgumentException(
          "sensitivity %.1f dBFS is over %.0f dB from that of an %s (%.1f dBFS)"
              .formatted(sensitivityDbfs, MAX_DEVIATION_DB, part.key(), part.sensitivityDbfs()));
    }
  }

  /** Makes the settings of a microphone whose slot is to be found. */
  public MicrophoneSettings(MicrophonePart part, double sensitivityDbfs, boolean corrected) {
    this(part, sensitivityDbfs, corrected, Optional.empty());
  }

  /** Returns the same settings with a slot, or without one. */
  public MicrophoneSettings withSlot(Optional<Slot> newSlot) {
    return new MicrophoneSettings(part, sensitivityDbfs, corrected, newSlot);
  }

  /** Returns whether a working unit can have that sensitivity, in dBFS. */
  public static boolean isPlausible(MicrophonePart part, double sensitivityDbfs) {
    return Math.abs(sensitivityDbfs - part.sensitivityDbfs()) <= MAX_DEVIATION_DB;
  }

  /**
   * Returns these settings with a sensitivity measured by a calibrator, or unchanged if that is
   * more than 6 dB from the type's.
   *
   * @param calibratedDbfs the output in dBFS at 94 dB SPL; empty if the unit was never calibrated
   */
  public MicrophoneSettings calibrated(OptionalDouble calibratedDbfs) {
    return calibratedDbfs.stream()
        .filter(dbfs -> isPlausible(part, dbfs))
        .mapToObj(dbfs -> new MicrophoneSettings(part, dbfs, corrected, slot))
        .findFirst()
        .orElse(this);
  }

  /**
   * Makes the settings of a unit that was never calibrated: the datasheet's sensitivity, no
   * correction.
   */
  public static MicrophoneSettings uncalibrated(MicrophonePart part) {
    return new MicrophoneSettings(part, part.sensitivityDbfs(), false);
  }

  /**
   * Returns the dB to add to a level relative to full scale (rms 1.0) to get dB relative to 20 µPa.
   * A datasheet's 0 dBFS is a sine of full scale, whose rms is 3.01 dB below full scale.
   */
  public double offsetDb() {
    return 94 - sensitivityDbfs + SINE_CREST_DB;
  }
}
