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

/** Makes the files of the parts' states that outlive a restart. Used by one thread. */
final class PersistedStates {
  private final Path dataDir;
  private final LongFunction<OptionalLong> utcMs;
  private final Time time;
  private final Faults faults;
  private final List<PersistedState> files = new ArrayList<>();

  /**
   * Makes no file yet.
   *
   * @param utcMs the trusted time of day at a tick, in ms since 1970, if there is one; called by
   *     many threads
   */
  PersistedStates(Path dataDir, LongFunction<OptionalLong> utcMs, Time time, Faults faults) {
    this.dataDir = dataDir;
    this.utcMs = utcMs;
    this.time = time;
    this.faults = faults;
  }

  /** Returns every file made so far; each is to run as a duty. */
  List<PersistedState> all() {
    return List.copyOf(files);
  }

  /** Makes the file of a gas part's learned index state. */
  GasIndexState gasIndex(String sensor) {
    PersistedGasIndex index = new PersistedGasIndex(utcMs, time);
    add("gas-" + sensor + ".json", PersistedGasIndex.WRITE_EVERY, index);
    return index;
  }

  /** Makes the file of a fan's running time. */
  FanHours fanHours(String sensor) {
    PersistedFanHours hours = new PersistedFanHours();
    add("fan-" + sensor + ".txt", PersistedFanHours.WRITE_EVERY, hours);
    return hours;
  }

  /** Makes the file of the parts' hours. */
  void runHours(RunHours hours) {
    add(RunHours.FILE, RunHours.WRITE_EVERY, hours);
  }

  private void add(String name, Duration writeEvery, PersistedState.Content content) {
    files.add(new PersistedState(dataDir.resolve(name), writeEvery, content, time, faults));
  }
}
