package dev.streetbox.cli;

import dev.streetbox.config.ConfigException;
import java.io.IOException;
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
    return new AgentRun(spec.commandLine().getErr()).run(file.file());
  }
}
