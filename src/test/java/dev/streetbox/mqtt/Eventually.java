package dev.streetbox.mqtt;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Waits for what another process does, as long as that takes, up to a minute. */
public final class Eventually {
  private static final long LIMIT_MS = 60_000;
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Something that may not be there yet. */
  public interface Source<T> {
    /** It, once it is there. */
    Optional<T> get() throws IOException;
  }

  /** Something that may not hold yet. */
  public interface Condition {
    /** Whether it holds now. */
    boolean holds() throws IOException;
  }

  private Eventually() {}

  /** Asks again and again until it is there. */
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

  /** Asks again and again until it holds. */
  public static void holds(String what, Condition condition) throws IOException {
    boolean unused =
        get(what, () -> condition.holds() ? Optional.of(true) : Optional.<Boolean>empty());
  }
}
