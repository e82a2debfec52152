package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ReportFolder;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox report}: makes a hazard report, as the button does. */
@Command(
    description = "Report a hazard at this place, as the button does; exit 1 if no agent runs.",
    footer = {
      "",
      "The agent sends the report ahead of all rows, with the last 30 rows. Without an",
      "agent there is neither a place nor a time to report, and nothing is stored. With",
      "--wait: exit 1 if it was rejected, or not settled in that time."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(paramLabel = "TEXT", arity = "0..*", description = "The hazard, in your words.")
  private List<String> words = List.of();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      arity = "0..1",
      fallbackValue = "1h",
      description = "Print each state until the city has done or rejected it; an hour at most.")
  private Optional<Duration> wait;

  @Override
  public Integer call() throws IOException, ConfigException {
    String text = String.join(" ", words);
    if (text.length() > ReportFolder.TEXT_LIMIT) {
      throw new ParameterException(
          spec.commandLine(),
          "TEXT has %d characters, %d at most".formatted(text.length(), ReportFolder.TEXT_LIMIT));
    }
    Path runDir = config.read().config().runDir();
    SystemTime time = new SystemTime();
    if (AgentState.running(runDir, time).isEmpty()) {
      throw new IOException(
          "no agent runs, so nothing was reported. Try: sudo systemctl start streetbox");
    }
    String reference = new ReportFolder(runDir).submit(text, time);
    SubmittedReport report =
        new SubmittedReport(runDir, reference, time, spec.commandLine().getOut());
    report.printId();
    return wait.isEmpty() || report.await(wait.get()) ? ExitCode.DONE : ExitCode.EXTERNAL_ERROR;
  }
}
