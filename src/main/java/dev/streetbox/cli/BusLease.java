package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.bus.Time;
import dev.streetbox.datadir.DataLock;
import dev.streetbox.screen.AgentState;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Holds the right to use the buses: no agent runs, and none can start until this is closed. If this
 * user may not see the data folder, only {@code status.json} shows whether an agent runs. Creates
 * no file.
 */
final class BusLease implements Closeable {
  private final Optional<DataLock> lock;

  private BusLease(Optional<DataLock> lock) {
    this.lock = lock;
  }

  /**
   * Takes the lease.
   *
   * @return empty if an agent runs
   * @throws IOException if the state or the lock cannot be read
   */
  static Optional<BusLease> take(Config config, Time time) throws IOException {
    if (AgentState.running(config.runDir(), time).isPresent()) {
      return Optional.empty();
    }
    if (!DataLock.isThere(config.store().dataDir())) {
      return Optional.of(new BusLease(Optional.empty()));
    }
    return DataLock.take(config.store().dataDir()).map(lock -> new BusLease(Optional.of(lock)));
  }

  @Override
  public void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
