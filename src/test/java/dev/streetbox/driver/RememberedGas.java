package dev.streetbox.driver;

import dev.streetbox.driver.GasIndex.State;
import java.time.Duration;
import java.util.Optional;

/** Stores a gas state whose age is set by the test and unknown at first. */
final class RememberedGas implements GasIndexState {
  /** Serial number of the part in {@link Sgp41Test}. */
  static final long SERIAL = 0xBEEFL;

  private Optional<State> state = Optional.empty();
  private Optional<Duration> age = Optional.empty();
  private int kept;

  void isAged(Duration known) {
    age = Optional.of(known);
  }

  int kept() {
    return kept;
  }

  @Override
  public void save(long serial, State learned) {
    kept++;
    state = Optional.of(learned);
  }

  @Override
  public Optional<Learned> load(long serial) {
    if (serial != SERIAL) {
      throw new AssertionError("serial " + serial);
    }
    return state.flatMap(known -> age.map(old -> new Learned(known, old)));
  }
}
