package dev.streetbox.cli;

import dev.streetbox.agent.Agent;
import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.datadir.DeniedException;
import dev.streetbox.measure.Faults;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox run}: the agent, until SIGTERM or SIGINT. */
@Command(description = "Run the agent, which measures, stores and publishes until terminated.")
final class RunCommand implements Callable<Integer> {
  @Mixin private ConfigOption file;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, IOException {
    Config config = file.read().config();
    return ShutdownBarrier.guard(shutdownBarrier -> runBoots(config, shutdownBarrier));
  }

  private int runBoots(Config config, ShutdownBarrier shutdownBarrier) throws IOException {
    OptionalInt code = OptionalInt.empty();
    while (code.isEmpty()) {
      code = runBoot(config, shutdownBarrier);
    }
    return code.getAsInt();
  }

  /** Runs one boot of the box; returns no exit code if another boot is to follow. */
  private OptionalInt runBoot(Config config, ShutdownBarrier shutdownBarrier) throws IOException {
    Optional<Agent> started = start(config);
    if (started.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf(
              "streetbox run: another agent holds %s.%nTry: sudo systemctl stop streetbox%n",
              config.store().dataDir());
      return OptionalInt.of(ExitCode.TAKEN);
    }
    try (Agent agent = started.get()) {
      return agent.run(shutdownBarrier);
    }
  }

  /**
   * Starts an agent; returns empty if another one runs, also if it is another user's whose lock
   * this user may not open.
   */
  private static Optional<Agent> start(Config config) throws IOException {
    SystemTime real = new SystemTime();
    try {
      return Agent.start(config, new SystemTime(config.simulation().speed()), real, new Faults());
    } catch (DeniedException e) {
      if (AgentState.isWritten(config.runDir(), real)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
