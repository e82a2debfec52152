package dev.streetbox.cli;

import dev.streetbox.agent.Agent;
import dev.streetbox.agent.Config;
import dev.streetbox.agent.DarkBox;
import dev.streetbox.agent.Darkness;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.BootTime;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.datadir.DeniedException;
import dev.streetbox.measure.Faults;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs the boots of the agent until SIGTERM or SIGINT. Uses no class of picocli, because these stay
 * in memory as long as the agent runs.
 */
final class AgentRun {
  private final PrintWriter err;

  /**
   * @param err takes the messages
   */
  AgentRun(PrintWriter err) {
    this.err = err;
  }

  /**
   * Runs the agent.
   *
   * @return the exit code
   * @throws ConfigException if the file cannot be read or has mistakes; nothing is started then
   */
  int run(Path file) throws ConfigException, IOException {
    Config config = ConfigFile.read(file, Path.of("/")).config();
    return ShutdownBarrier.guard(shutdownBarrier -> runBoots(config, shutdownBarrier));
  }

  private int runBoots(Config config, ShutdownBarrier shutdownBarrier) throws IOException {
    Darkness darkness = Darkness.of(config);
    Time rideTime = new SystemTime(config.simulation().speed());
    boolean isRealTime = config.simulation().speed() == 1;
    Duration sinceStart = isRealTime ? SystemTime.sinceProcessStart() : Duration.ZERO;
    OptionalInt code = OptionalInt.empty();
    while (code.isEmpty()) {
      try {
        code =
            darkness.isDark()
                ? runDark(config, darkness, rideTime, shutdownBarrier)
                : runBoot(config, darkness, rideTime, sinceStart, shutdownBarrier);
        sinceStart = Duration.ZERO;
      } catch (DeniedException e) {
        // Another user's agent, whose lock this user may not open, has written a status.
        if (!AgentState.isWritten(config.runDir(), new SystemTime())) {
          throw e;
        }
        code = taken(config);
      }
    }
    return code.getAsInt();
  }

  /** Runs one boot of the box; returns no exit code if another boot is to follow. */
  private OptionalInt runBoot(
      Config config,
      Darkness darkness,
      Time rideTime,
      Duration sinceStart,
      ShutdownBarrier shutdownBarrier)
      throws IOException {
    Time time = new BootTime(rideTime, sinceStart);
    Optional<Agent> started = Agent.start(config, time, rideTime, new SystemTime(), new Faults());
    if (started.isEmpty()) {
      return taken(config);
    }
    try (Agent agent = started.get()) {
      OptionalInt code = agent.run(shutdownBarrier);
      if (agent.isHidden()) {
        darkness.set(true);
      }
      return code;
    }
  }

  /** Runs the box in the dark; returns no exit code if a boot is to follow. */
  private OptionalInt runDark(
      Config config, Darkness darkness, Time rideTime, ShutdownBarrier shutdownBarrier)
      throws IOException {
    Time time = new BootTime(rideTime);
    Optional<DarkBox> started =
        DarkBox.start(config, time, rideTime, new SystemTime(), new Faults());
    if (started.isEmpty()) {
      return taken(config);
    }
    OptionalInt code;
    boolean hasReportToSend;
    try (DarkBox box = started.get()) {
      code = box.run(shutdownBarrier);
      hasReportToSend = box.hasReportToSend();
    }
    if (code.isPresent()) {
      return code;
    }
    if (hasReportToSend) {
      return sendInZone(config, rideTime, shutdownBarrier);
    }
    darkness.set(false);
    return OptionalInt.empty();
  }

  /** Sends a report from within a zone; returns no exit code, because the dark box goes on. */
  private OptionalInt sendInZone(Config config, Time rideTime, ShutdownBarrier shutdownBarrier)
      throws IOException {
    Time time = new BootTime(rideTime);
    Optional<Agent> started =
        Agent.startInZone(config, time, rideTime, new SystemTime(), new Faults());
    if (started.isEmpty()) {
      return taken(config);
    }
    try (Agent agent = started.get()) {
      return agent.run(shutdownBarrier);
    }
  }

  private OptionalInt taken(Config config) {
    err.printf(
        "streetbox run: another agent holds %s.%nTry: sudo systemctl stop streetbox%n",
        config.store().dataDir());
    return OptionalInt.of(ExitCode.TAKEN);
  }
}
