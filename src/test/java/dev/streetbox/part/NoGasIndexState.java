package dev.streetbox.part;

import dev.streetbox.driver.GasIndex.State;
import dev.streetbox.driver.GasIndexState;
import java.util.Optional;

/** Keeps nothing and has nothing to recall. */
final class NoGasIndexState implements GasIndexState {
  @Override
  public void save(long serial, State state) {}

  @Override
  public Optional<Learned> load(long serial) {
    return Optional.empty();
  }
}
