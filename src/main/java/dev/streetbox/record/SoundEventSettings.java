package dev.streetbox.record;

/**
 * Holds section {@code [sound_event]} of the configuration.
 *
 * @param thresholdDb the LAFmax in dB from which on a sound is an event; 0: no events
 * @param hysteresisDb the sound ends when its level is this far below the threshold, in dB
 */
public record SoundEventSettings(double thresholdDb, double hysteresisDb) {
  /** No events. */
  public static final SoundEventSettings OFF = new SoundEventSettings(0, 6);

  boolean isOff() {
    return thresholdDb == 0;
  }
}
