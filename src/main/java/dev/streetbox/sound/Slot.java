package dev.streetbox.sound;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists the two slots of a stereo frame; an I2S microphone sends in the one that its pin selects.
 */
public enum Slot {
  LEFT,
  RIGHT;

  /** Returns the name in the configuration. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the names in the configuration. */
  public static List<String> keys() {
    return Stream.of(values()).map(Slot::key).toList();
  }

  /** Returns the slot of that name, if there is one. */
  public static Optional<Slot> of(String key) {
    return Stream.of(values()).filter(slot -> slot.key().equals(key)).findFirst();
  }
}
