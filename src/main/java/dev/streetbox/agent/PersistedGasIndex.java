package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.driver.GasIndex.State;
import dev.streetbox.driver.GasIndexState;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Keeps what one gas part has learned over a restart. Its age is known within a boot by the
 * monotonic clock; across boots only if a trusted clock had told the time both then and now.
 * Otherwise it is not used: the scooter may have stood for a minute or a week.
 *
 * <p>The part's thread calls {@link #save} and {@link #load}.
 */
final class PersistedGasIndex implements GasIndexState, PersistedState.Content {
  /** Spares the card, and leaves most of a state's ten minutes after a power cut. */
  static final Duration WRITE_EVERY = Duration.ofMinutes(3);

  private record Kept(long serial, State state, long tickMs) {}

  private record Filed(long serial, State state, long utcMs) {}

  private final LongFunction<OptionalLong> utcMs;
  private final Time time;
  private volatile Optional<Kept> kept = Optional.empty();
  private volatile Optional<Filed> filed = Optional.empty();

  /**
   * Begins without a state.
   *
   * @param utcMs the trusted time of day at a tick, in ms since 1970, if there is one; asked by
   *     both threads
   */
  PersistedGasIndex(LongFunction<OptionalLong> utcMs, Time time) {
    this.utcMs = utcMs;
    this.time = time;
  }

  @Override
  public void save(long serial, State state) {
    kept = Optional.of(new Kept(serial, state, time.tickMs()));
  }

  @Override
  public Optional<Learned> load(long serial) {
    long nowMs = time.tickMs();
    Optional<Kept> own = kept;
    if (own.isPresent()) {
      return own.filter(known -> known.serial() == serial)
          .map(known -> new Learned(known.state(), Duration.ofMillis(nowMs - known.tickMs())));
    }
    OptionalLong utcNowMs = utcMs.apply(nowMs);
    if (utcNowMs.isEmpty()) {
      return Optional.empty();
    }
    return filed
        .filter(known -> known.serial() == serial)
        .map(
            known ->
                new Learned(
                    known.state(), Duration.ofMillis(utcNowMs.getAsLong() - known.utcMs())));
  }

  @Override
  public String withoutFile() {
    return "learning anew";
  }

  /** Returns the newest state with its time; empty while no trusted clock can date it. */
  @Override
  public Optional<String> text() {
    Optional<Kept> newest = kept;
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong at = utcMs.apply(newest.get().tickMs());
    return at.isPresent() ? Optional.of(text(newest.get(), at.getAsLong())) : Optional.empty();
  }

  private static String text(Kept known, long utcMs) {
    return JsonText.object(
            json -> {
              json.writeNumberField("serial", known.serial());
              json.writeNumberField("utc_ms", utcMs);
              json.writeNumberField("mean", known.state().mean());
              json.writeNumberField("std", known.state().std());
            })
        + "\n";
  }

  @Override
  public void restore(String text) throws TextFormatException {
    JsonTree fields = JsonTree.parse(text);
    try {
      filed =
          Optional.of(
              new Filed(
                  Long.parseLong(fields.text("serial").orElse("")),
                  new State(
                      Float.parseFloat(fields.text("mean").orElse("")),
                      Float.parseFloat(fields.text("std").orElse(""))),
                  Long.parseLong(fields.text("utc_ms").orElse(""))));
    } catch (IllegalArgumentException e) {
      throw new TextFormatException(e.getMessage() + ": not a file of this program");
    }
  }
}
