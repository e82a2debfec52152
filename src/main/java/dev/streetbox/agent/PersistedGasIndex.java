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
 * Keeps one gas part's learned index state across a restart. Within a boot the monotonic clock
 * gives the state's age; across boots only two trusted times of day do, of then and of now. Without
 * these the state is not used, because the scooter may have stood for a minute or a week.
 *
 * <p>The part's thread calls {@link #save} and {@link #load}.
 */
final class PersistedGasIndex implements GasIndexState, PersistedState.Content {
  /**
   * Limits the writes to the card, and leaves most of the 10 min for which a state is valid after a
   * power cut.
   */
  static final Duration WRITE_EVERY = Duration.ofMinutes(3);

  private record TickedState(long serial, State state, long tickMs) {}

  private record DatedState(long serial, State state, long utcMs) {}

  private final LongFunction<OptionalLong> utcMs;
  private final Time time;
  private volatile Optional<TickedState> ofThisBoot = Optional.empty();
  private volatile Optional<DatedState> restored = Optional.empty();

  /**
   * Holds no state yet.
   *
   * @param utcMs the trusted time of day at a tick, in ms since 1970, if there is one; called by
   *     both threads
   */
  PersistedGasIndex(LongFunction<OptionalLong> utcMs, Time time) {
    this.utcMs = utcMs;
    this.time = time;
  }

  @Override
  public void save(long serial, State state) {
    ofThisBoot = Optional.of(new TickedState(serial, state, time.tickMs()));
  }

  @Override
  public Optional<Learned> load(long serial) {
    long nowMs = time.tickMs();
    Optional<TickedState> own = ofThisBoot;
    if (own.isPresent()) {
      return own.filter(known -> known.serial() == serial)
          .map(known -> new Learned(known.state(), Duration.ofMillis(nowMs - known.tickMs())));
    }
    OptionalLong utcNowMs = utcMs.apply(nowMs);
    if (utcNowMs.isEmpty()) {
      return Optional.empty();
    }
    return restored
        .filter(known -> known.serial() == serial)
        .map(
            known ->
                new Learned(
                    known.state(), Duration.ofMillis(utcNowMs.getAsLong() - known.utcMs())));
  }

  @Override
  public String effectOfMissingFile() {
    return "its learning restarts";
  }

  /** Returns the newest state with its time; empty while no trusted clock can date it. */
  @Override
  public Optional<String> text() {
    Optional<TickedState> newest = ofThisBoot;
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong at = utcMs.apply(newest.get().tickMs());
    return at.isPresent() ? Optional.of(text(newest.get(), at.getAsLong())) : Optional.empty();
  }

  private static String text(TickedState known, long utcMs) {
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
      restored =
          Optional.of(
              new DatedState(
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
