package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.config.ConfigException;
import dev.streetbox.screen.AgentState;
import dev.streetbox.screen.JlineTerminal;
import dev.streetbox.screen.LiveTerminal;
import dev.streetbox.screen.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox watch}: shows the running agent's state, live. Uses no bus. */
@Command(
    description = "Show the running agent's state on a live screen; exit 1 if none runs.",
    footer = {"", "Ends with q or Ctrl-C. The screen lists the other keys."})
final class WatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  private final Time time = new SystemTime();

  @Override
  public Integer call() throws IOException, ConfigException {
    Path runDir = config.read().config().runDir();
    AgentState first = AgentState.request(runDir, time);
    if (first.staleMessage().isPresent()) {
      throw new IOException(first.file() + ": " + first.staleMessage().get());
    }
    return ShutdownBarrier.guard(end -> watch(runDir, end));
  }

  private int watch(Path runDir, ShutdownBarrier end) throws IOException {
    Optional<JlineTerminal> opened = JlineTerminal.open();
    if (opened.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "streetbox watch: standard output is no terminal with a movable cursor.\n"
                  + "Try: streetbox status");
      return ExitCode.USAGE;
    }
    try (LiveTerminal terminal = opened.get()) {
      new Watch(runDir, terminal, time).run(() -> end.await(Duration.ZERO));
    }
    return ExitCode.DONE;
  }
}
