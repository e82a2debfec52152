package dev.streetbox.record;

/**
 * Holds what makes events out of seconds.
 *
 * @param sounds the sounds of which events are made
 * @param odours the odours of which events are made
 */
public record RoadEventSettings(SoundEventSettings sounds, OdourSettings odours) {
  /** No events. */
  public static final RoadEventSettings OFF =
      new RoadEventSettings(SoundEventSettings.OFF, OdourSettings.OFF);
}
