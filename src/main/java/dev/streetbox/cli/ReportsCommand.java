package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.screen.AgentState;
import dev.streetbox.screen.ReportLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox reports}: lists the newest hazard reports with their states. */
@Command(
    description = "List the newest hazard reports and their states; exit 1 if no agent runs.",
    footer = {
      "",
      "States: kept (on this box), sent (the broker has it), received, dispatched, and",
      "done or rejected, as the city answers."
    })
final class ReportsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException, ConfigException {
    AgentState state = AgentState.request(config.read().config().runDir(), new SystemTime());
    PrintWriter out = spec.commandLine().getOut();
    List<JsonTree> reports = state.tree().children("reports");
    for (JsonTree report : reports) {
      out.println(json ? json(report) : ReportLine.of(report, state.tree()));
    }
    if (reports.isEmpty() && !json) {
      out.println("no report yet");
    }
    out.flush();
    if (state.staleMessage().isPresent()) {
      throw new IOException(state.staleMessage().get());
    }
    return ExitCode.DONE;
  }

  private static String json(JsonTree report) {
    return JsonText.object(
        out -> {
          for (Map.Entry<String, String> field : report.scalars().entrySet()) {
            if (report.number(field.getKey()).isPresent()) {
              out.writeFieldName(field.getKey());
              out.writeNumber(field.getValue());
            } else if (report.isTrue(field.getKey())) {
              out.writeBooleanField(field.getKey(), true);
            } else {
              out.writeStringField(field.getKey(), field.getValue());
            }
          }
        });
  }
}
