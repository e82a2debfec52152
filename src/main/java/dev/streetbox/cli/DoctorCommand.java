package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.doctor.Doctor;
import dev.streetbox.doctor.Finding;
import dev.streetbox.doctor.Finding.Verdict;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code streetbox doctor}: what is wrong, and what to type. */
@Command(
    name = "doctor",
    description = "Check everything in under 30 s; exit 1 if anything FAILs.",
    footer = {
      "",
      "While the agent runs, its own word is taken for the parts and the broker.",
      "Without it the broker is sent one message, to BOX/diag."
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "One JSON object with every finding.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = examine(config, Path.of("/"), new SystemTime());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? FindingText.json(findings) : FindingText.of(findings));
    out.flush();
    return FindingText.count(findings, Verdict.FAIL) == 0 ? ExitCode.DONE : ExitCode.WORLD;
  }

  /**
   * Everything that can be found out, the configuration first.
   *
   * @param root the file system's root
   */
  static List<Finding> examine(ConfigOption option, Path root, SystemTime time) throws IOException {
    List<Finding> findings = new ArrayList<>();
    Doctor doctor = new Doctor(root, time);
    try {
      ConfigFile file = option.read();
      findings.add(right(option, file.config()));
      examine(file.config(), doctor, time, findings);
    } catch (ConfigException e) {
      e.lines().forEach(line -> findings.add(wrong(option, line)));
      doctor.checkClock();
      doctor.checkBoard();
      findings.addAll(doctor.findings());
    }
    return findings;
  }

  private static void examine(Config config, Doctor doctor, SystemTime time, List<Finding> findings)
      throws IOException {
    Optional<AgentState> agent = AgentState.running(config.runDir(), time);
    doctor.checkSurroundings(config);
    doctor.checkBoard();
    if (agent.isPresent()) {
      findings.addAll(new AgentFindings(agent.get().tree()).findings());
      findings.addAll(doctor.findings());
      return;
    }
    Optional<BusLease> buses = BusLease.take(config, time);
    if (buses.isEmpty()) {
      findings.add(
          Finding.fail(
              "agent",
              "holds %s and writes no status".formatted(config.store().dataDir()),
              "it has just started, or hangs",
              "sudo systemctl restart streetbox"));
      findings.addAll(doctor.findings());
      return;
    }
    try {
      findings.add(
          Finding.warn(
              "agent",
              "does not run: nothing is measured",
              "it was stopped, or ended",
              "sudo systemctl start streetbox"));
      doctor.checkClock();
      doctor.checkParts(config);
      findings.addAll(doctor.findings());
    } finally {
      buses.get().close();
    }
  }

  private static Finding right(ConfigOption option, Config config) {
    int sensors = config.sensors().size();
    return Finding.pass(
        "config",
        "%s: box %s, %d %s"
            .formatted(
                option.file(), config.boxId(), sensors, sensors == 1 ? "sensor" : "sensors"));
  }

  private static Finding wrong(ConfigOption option, String line) {
    return Finding.fail("config", line, "", "sudo nano " + option.file());
  }
}
