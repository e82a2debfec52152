package dev.streetbox.mqtt;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Waits for a condition that another process or thread brings about, one minute at most. */
public final class Eventually {
  private static final long LIMIT_MS = 60_000;
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Returns a value that may not exist yet. */
  public interface Source<T> {
    /** Returns the value, or empty if it does not exist yet. */
    Optional<T> get() throws IOException;
  }

  /** Tests a condition that may not hold yet. */
  public interface Condition {
    /** Returns whether the condition holds now. */
    boolean holds() throws IOException;
  }

  private Eventually() {}

  /** Polls every 10 ms until the value exists, and returns it. */
  public static <T> T get(String what, Source<T> source) throws IOException {
    SystemTime time = new SystemTime();
    while (time.tickMs() < LIMIT_MS) {
      Optional<T> found = source.get();
      if (found.isPresent()) {
        return found.get();
      }
      time.sleep(PAUSE);
    }
    throw new AssertionError("waited a minute in vain for " + what);
  }

  /** Polls every 10 ms until the condition holds. */
  public static void holds(String what, Condition condition) throws IOException {
    boolean unused =
        get(what, () -> condition.holds() ? Optional.of(true) : Optional.<Boolean>empty());
  }
}
