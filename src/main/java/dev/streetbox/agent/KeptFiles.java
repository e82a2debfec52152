package dev.streetbox.agent;

import dev.streetbox.bus.Time;
import dev.streetbox.driver.FanHours;
import dev.streetbox.driver.GasIndexState;
import dev.streetbox.measure.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Makes the files of what parts need to find again after a restart. Used by one thread. */
final class KeptFiles {
  private final Path dataDir;
  private final LongFunction<OptionalLong> utcMs;
  private final Time time;
  private final Faults faults;
  private final List<PersistedState> files = new ArrayList<>();

  /**
   * Reads and writes nothing yet.
   *
   * @param utcMs the trusted time of day at a tick, in ms since 1970, if there is one; asked by
   *     many threads
   */
  KeptFiles(Path dataDir, LongFunction<OptionalLong> utcMs, Time time, Faults faults) {
    this.dataDir = dataDir;
    this.utcMs = utcMs;
    this.time = time;
    this.faults = faults;
  }

  /** Returns every file made so far, each to be a duty of its own. */
  List<PersistedState> all() {
    return List.copyOf(files);
  }

  /** Makes the file of a gas part's index. */
  GasIndexState gas(String sensor) {
    PersistedGasIndex index = new PersistedGasIndex(utcMs, time);
    keep("gas-" + sensor + ".json", PersistedGasIndex.WRITE_EVERY, index);
    return index;
  }

  /** Makes the file of a fan's running time. */
  FanHours fan(String sensor) {
    PersistedFanHours hours = new PersistedFanHours();
    keep("fan-" + sensor + ".txt", PersistedFanHours.WRITE_EVERY, hours);
    return hours;
  }

  private void keep(String name, Duration writeEvery, PersistedState.Content content) {
    files.add(new PersistedState(dataDir.resolve(name), writeEvery, content, time, faults));
  }
}
