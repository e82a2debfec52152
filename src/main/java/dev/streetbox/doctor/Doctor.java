package dev.streetbox.doctor;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.PartsBench;
import dev.streetbox.agent.PartsBench.Place;
import dev.streetbox.agent.TimedTask;
import dev.streetbox.bus.Time;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks at everything at once, each check on the side: what hangs, hangs alone, and the slowest
 * check is what the whole takes, 22 s at most. Used by one thread.
 */
public final class Doctor {
  private static final Duration PATIENCE = Duration.ofSeconds(22);

  private record Running(String about, TimedTask<List<Finding>> check) {}

  private final KernelFiles kernelFiles;
  private final Time time;
  private final long limitMs;
  private final List<Running> running = new ArrayList<>();

  /**
   * Begins nothing yet.
   *
   * @param root the file system's root
   */
  public Doctor(Path root, Time time) {
    this.kernelFiles = new KernelFiles(root);
    this.time = time;
    this.limitMs = time.tickMs() + PATIENCE.toMillis();
  }

  /** Begins with the board, which needs no configuration and disturbs no agent. */
  public void board() {
    begin("power", new PowerCheck(kernelFiles)::findings);
    begin("card", new CardCheck(kernelFiles)::findings);
  }

  /** Begins with what surrounds the agent: devices, files, the disk. */
  public void surroundings(Config config) {
    String user = System.getProperty("user.name");
    begin("access", new AccessCheck(config, kernelFiles, user)::findings);
    begin("disk", new DiskCheck(config.store())::findings);
  }

  /** Begins with the clock, as it is without an agent that knows better. */
  public void clock() {
    begin("clock", new ClockCheck(kernelFiles, time)::findings);
  }

  /** Begins with what a running agent holds: buses, receiver, broker. */
  public void parts(Config config) {
    PartsBench partsBench = new PartsBench(config, time, Optional.empty());
    Map<String, List<Place>> wires = new LinkedHashMap<>();
    for (Place place : partsBench.places()) {
      wires.computeIfAbsent(place.settings().bus(), any -> new ArrayList<>()).add(place);
    }
    wires.forEach((wire, places) -> begin(wire, () -> check(partsBench, wire, places)));
    begin("gnss", new GnssCheck(partsBench, time)::findings);
    begin("broker", new BrokerCheck(config, time)::findings);
  }

  /**
   * Everything that came of it, in the order in which it was begun.
   *
   * @throws InterruptedIOException if the thread was interrupted
   */
  public List<Finding> findings() throws InterruptedIOException {
    List<Finding> findings = new ArrayList<>();
    for (Running one : running) {
      Duration left = Duration.ofMillis(limitMs - time.tickMs());
      findings.addAll(one.check().await(left).orElseGet(() -> List.of(hung(one.about()))));
    }
    return findings;
  }

  private List<Finding> check(PartsBench partsBench, String wire, List<Place> places) {
    try {
      return new BusCheck(wire, places, address -> partsBench.i2cPort(places.get(0), address), time)
          .findings();
    } finally {
      partsBench.release(wire);
    }
  }

  private void begin(String about, Supplier<List<Finding>> check) {
    running.add(new Running(about, new TimedTask<>("doctor-" + about, check)));
  }

  private static Finding hung(String about) {
    return Finding.fail(
        about,
        "no answer within " + PATIENCE.toSeconds() + " s",
        "a bus, a disk or a name server hangs, and the kernel with it",
        "sudo dmesg | tail; then: sudo reboot");
  }
}
