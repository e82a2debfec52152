package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.doctor.ConfigWarnings;
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

/** Runs {@code streetbox doctor}: checks the box and prints what to type. */
@Command(
    description = "Check everything in under 30 s; exit 1 if anything FAILs.",
    footer = {
      "",
      "While the agent runs, parts and broker are judged by the agent's state.",
      "Otherwise the doctor sends the broker an empty message on each topic of the box."
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Print one JSON object with every finding.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Say by the running agent whether the box is ready to ride.")
  private boolean quick;

  @Override
  public Integer call() throws IOException, ConfigException {
    if (quick) {
      return preFlight();
    }
    List<Finding> findings = examine(config, Path.of("/"), new SystemTime());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? FindingText.json(findings) : FindingText.of(findings));
    out.flush();
    return FindingText.count(findings, Verdict.FAIL) == 0 ? ExitCode.DONE : ExitCode.EXTERNAL_ERROR;
  }

  private int preFlight() throws IOException, ConfigException {
    Config read = config.read().config();
    AgentState state = AgentState.request(read.runDir(), new SystemTime());
    if (state.staleMessage().isPresent()) {
      throw new IOException(state.staleMessage().get());
    }
    PreFlight judged = new PreFlight(state.tree(), read.sensors());
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? judged.json() : judged.text());
    out.flush();
    return judged.isReady() ? ExitCode.DONE : ExitCode.EXTERNAL_ERROR;
  }

  /**
   * Returns every finding, that of the configuration first.
   *
   * @param root the file system's root
   * @throws IOException if the agent's state cannot be read or the checks are interrupted
   */
  static List<Finding> examine(ConfigOption option, Path root, SystemTime time) throws IOException {
    List<Finding> findings = new ArrayList<>();
    Doctor doctor = new Doctor(root, time);
    try {
      ConfigFile file = option.read();
      findings.add(validConfiguration(option, file.config()));
      findings.addAll(ConfigWarnings.of(file.config()));
      examine(file.config(), doctor, time, findings);
    } catch (ConfigException e) {
      e.lines().forEach(line -> findings.add(configurationMistake(option, line)));
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
              "the agent has just started, or hangs",
              "sudo systemctl restart streetbox"));
      findings.addAll(doctor.findings());
      return;
    }
    try {
      findings.add(
          Finding.warn(
              "agent",
              "does not run: nothing is measured",
              "the agent was stopped, or has ended by itself",
              "sudo systemctl start streetbox"));
      doctor.checkClock();
      doctor.checkParts(config);
      findings.addAll(doctor.findings());
      findings.addAll(new StoredFindings(config).findings());
    } finally {
      buses.get().close();
    }
  }

  private static Finding validConfiguration(ConfigOption option, Config config) {
    int sensors = config.sensors().size();
    return Finding.pass(
        "config",
        "%s: box %s, %d %s"
            .formatted(
                option.file(), config.boxId(), sensors, sensors == 1 ? "sensor" : "sensors"));
  }

  private static Finding configurationMistake(ConfigOption option, String line) {
    return Finding.fail("config", line, "", "sudo nano " + option.file());
  }
}
