package dev.streetbox.cli;

import dev.streetbox.agent.Agent;
import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.measure.Faults;
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
  public Integer call() throws ConfigException {
    Config config = file.read().config();
    ShutdownBarrier shutdownBarrier = ShutdownBarrier.onSignal();
    OptionalInt code = OptionalInt.empty();
    while (code.isEmpty()) {
      code = runBoot(config, shutdownBarrier);
    }
    return shutdownBarrier.finish(code.getAsInt());
  }

  /** Runs one boot of the box; returns no exit code if another boot is to follow. */
  private OptionalInt runBoot(Config config, ShutdownBarrier shutdownBarrier) {
    SystemTime time = new SystemTime(config.simulation().speed());
    Optional<Agent> started = Agent.start(config, time, new SystemTime(), new Faults());
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
}
