package dev.streetbox.agent;

import dev.streetbox.agent.Wiring.BusDuty;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sample.SensorStatus;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Drives simulated parts on one bus in simulated time without a thread, second by second. */
final class WiredBench implements AutoCloseable {
  /** The recorder's wait for a read that was due in its second. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final ScriptedTime time = new ScriptedTime();
  private final Wiring wiring;
  private final BusDuty bus;

  WiredBench(List<String> drivers, String scenario, Path folder) throws Exception {
    this(KnownDrivers.simulated(drivers, scenario, folder));
  }

  WiredBench(Config config) {
    wiring =
        new Wiring(
            config,
            new ConfiguredHardware(config, time, Optional.empty()),
            time,
            new Faults(),
            reading -> {},
            tickMs -> OptionalLong.empty(),
            Optional.empty());
    bus = wiring.buses().get(0);
    time.pass(Duration.ofSeconds(1)); // the parts' power is on before the program starts
  }

  /** Cycles the bus until that tick; the last read may end a little later. */
  void until(long tickMs) throws InterruptedIOException {
    while (time.tickMs() < tickMs) {
      long restMs = bus.sampler().cycle().toMillis();
      time.pass(Duration.ofMillis(Math.min(restMs, Math.max(0, tickMs - time.tickMs()))));
      time.slept();
    }
  }

  /** Returns the quantities of the row of the second that ends at a tick. */
  Set<Quantity> row(long tickMs) {
    return sample(tickMs).readings().keySet();
  }

  /** Returns the sample of the row of the second that ends at a tick. */
  Sample sample(long tickMs) {
    return wiring.board().at(tickMs, GRACE).sample();
  }

  /** Returns the age of a part's last sample at a tick, in ms; a day if there was none. */
  long ageMs(String driver, long tickMs) {
    return bus.sampler().status().stream()
        .filter(status -> status.name().equals(driver))
        .map(SensorStatus::lastSampleTickMs)
        .filter(sampleTickMs -> sampleTickMs >= 0)
        .mapToLong(sampleTickMs -> tickMs - sampleTickMs)
        .findFirst()
        .orElse(Duration.ofDays(1).toMillis());
  }

  /** Returns the present tick, in ms. */
  long tickMs() {
    return time.tickMs();
  }

  @Override
  public void close() {
    bus.sampler().close();
    bus.close().run();
  }
}
