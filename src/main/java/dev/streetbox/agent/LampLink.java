package dev.streetbox.agent;

import dev.streetbox.panel.Lamp;
import java.time.Duration;
import java.util.Optional;

/**
 * Passes command {@code identify} to the lamp, which is made after the commands. Without a lamp
 * only the log shows the command. Safe for every thread.
 */
final class LampLink {
  private volatile Optional<Lamp> lamp = Optional.empty();

  /** Sets the lamp. */
  void connect(Lamp made) {
    lamp = Optional.of(made);
  }

  /** Shows the box for a time. */
  void identify(Duration duration) {
    lamp.ifPresent(own -> own.identify(duration));
  }
}
