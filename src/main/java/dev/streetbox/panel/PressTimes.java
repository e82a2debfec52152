package dev.streetbox.panel;

import java.time.Duration;

/**
 * Holds the times by which presses are recognised.
 *
 * @param shortest a shorter contact is bouncing or vibration
 * @param longest a longer contact is no press
 * @param window a second press begins at most this long after the first was released
 * @param hold a contact of this length is a hold; longer than {@code longest}
 */
public record PressTimes(Duration shortest, Duration longest, Duration window, Duration hold) {
  /** The defaults of the configuration: 30 ms, 2 s, 0.6 s and 3 s. */
  public static final PressTimes DEFAULT =
      new PressTimes(
          Duration.ofMillis(30),
          Duration.ofSeconds(2),
          Duration.ofMillis(600),
          Duration.ofSeconds(3));
}
