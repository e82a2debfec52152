package dev.streetbox.doctor;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.PartsBench;
import dev.streetbox.agent.PartsBench.Place;
import dev.streetbox.agent.TimedTask;
import dev.streetbox.bus.KernelFiles;
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
 * Runs all checks at the same time, each on a thread of its own, so that a check that hangs delays
 * no other. All of them together take as long as the slowest, 22 s at most. Used by one thread.
 */
public final class Doctor {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(22);

  private record Running(String subject, TimedTask<List<Finding>> task) {}

  private final KernelFiles kernelFiles;
  private final Time time;
  private final long limitMs;
  private final List<Running> running = new ArrayList<>();

  /**
   * Starts no check; the time limit of all checks begins now.
   *
   * @param root the file system's root
   */
  public Doctor(Path root, Time time) {
    this.kernelFiles = new KernelFiles(root);
    this.time = time;
    this.limitMs = time.tickMs() + TIME_LIMIT.toMillis();
  }

  /** Starts the checks of the board, which need no configuration and disturb no agent. */
  public void checkBoard() {
    start("power", new PowerCheck(kernelFiles)::findings);
    start("card", new CardCheck(kernelFiles)::findings);
  }

  /** Starts the checks of device permissions, secrets and the disk, which disturb no agent. */
  public void checkSurroundings(Config config) {
    String user = System.getProperty("user.name");
    start("access", new AccessCheck(config, kernelFiles, user)::findings);
    start("disk", new DiskCheck(config.store(), config.runDir())::findings);
    start("rows", new OtherIdsCheck(config, kernelFiles.root())::findings);
  }

  /** Starts the check of the system clock; a running agent may have a better time from GNSS. */
  public void checkClock() {
    start("clock", new ClockCheck(kernelFiles, time)::findings);
  }

  /**
   * Starts the checks of buses, receiver and broker; only while no agent runs, which holds them.
   */
  public void checkParts(Config config) {
    PartsBench partsBench = new PartsBench(config, time, Optional.empty());
    Map<String, List<Place>> buses = new LinkedHashMap<>();
    for (Place place : partsBench.places()) {
      buses.computeIfAbsent(place.settings().bus(), any -> new ArrayList<>()).add(place);
    }
    buses.forEach((bus, places) -> start(bus, () -> check(partsBench, bus, places)));
    start("gnss", new GnssCheck(partsBench, time)::findings);
    start("broker", new BrokerCheck(config, time)::findings);
  }

  /**
   * Waits for all checks and returns their findings, in the order in which they were started; a
   * check that exceeds the time limit is a finding itself.
   *
   * @throws InterruptedIOException if the thread was interrupted
   */
  public List<Finding> findings() throws InterruptedIOException {
    List<Finding> findings = new ArrayList<>();
    for (Running one : running) {
      Duration left = Duration.ofMillis(limitMs - time.tickMs());
      findings.addAll(one.task().await(left).orElseGet(() -> List.of(timedOut(one.subject()))));
    }
    return findings;
  }

  private List<Finding> check(PartsBench partsBench, String bus, List<Place> places) {
    try {
      return new BusCheck(bus, places, address -> partsBench.i2cPort(places.get(0), address), time)
          .findings();
    } finally {
      partsBench.release(bus);
    }
  }

  private void start(String subject, Supplier<List<Finding>> check) {
    running.add(new Running(subject, new TimedTask<>("doctor-" + subject, check)));
  }

  private static Finding timedOut(String subject) {
    return Finding.fail(
        subject,
        "no answer within " + TIME_LIMIT.toSeconds() + " s",
        "a bus, a disk or a name server does not answer the kernel",
        "sudo dmesg | tail; then: sudo reboot");
  }
}
