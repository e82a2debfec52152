package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.BoxFolder;
import dev.streetbox.config.ConfigException;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox status}: prints the running agent's state. Uses no bus. */
@Command(description = "Show the running agent's state; exit 1 if none runs.")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Print the state as one JSON object, its age first (ms).")
  private boolean json;

  @Override
  public Integer call() throws IOException, ConfigException {
    return print(config.read(BoxFolder.RUN), json, spec.commandLine().getOut());
  }

  /** Prints the state of the agent of a run folder; returns the exit code. */
  static int print(Path runDir, boolean json, PrintWriter out) throws IOException {
    AgentState state = AgentState.request(runDir, new SystemTime());
    out.print(json ? state.textWithAge() : StatusText.of(state.tree()));
    out.flush();
    if (state.staleMessage().isPresent()) {
      throw new IOException(state.staleMessage().get());
    }
    return ExitCode.DONE;
  }
}
