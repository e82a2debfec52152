package dev.streetbox.part;

import dev.streetbox.driver.GasIndex.State;
import dev.streetbox.driver.GasIndexState;
import java.util.Optional;

/** Keeps nothing and has nothing to recall. */
final class NoGasIndexState implements GasIndexState {
  @Override
  public void keep(long serial, State state) {}

  @Override
  public Optional<Learned> recall(long serial) {
    return Optional.empty();
  }
}
