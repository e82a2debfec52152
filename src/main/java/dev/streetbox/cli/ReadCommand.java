package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.BusTrace;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.doctor.Finding;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.screen.AgentState;
import dev.streetbox.screen.HumanText;
import dev.streetbox.screen.Reading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox read}: prints readings and, on request, the bytes on the bus. */
@Command(
    description = "Print readings of one sensor or of all; exit 1 if one gives none.",
    footer = {
      "",
      "While the agent runs, the readings come from the agent, because only one",
      "program may use a bus. To read the bytes, stop the agent first:",
      "sudo systemctl stop streetbox"
    })
final class ReadCommand implements Callable<Integer> {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(
      paramLabel = "SENSOR",
      arity = "0..1",
      description = "The sensor's name. Default: all sensors.")
  private Optional<String> sensor = Optional.empty();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "The number of readings of each sensor. Default: ${DEFAULT-VALUE}")
  private int count;

  @Option(names = "--raw", description = "Print the bytes of parts on I2C and UART too.")
  private boolean raw;

  @Option(names = "--record", paramLabel = "FILE", description = "Write the bytes to a file.")
  private Optional<Path> recording = Optional.empty();

  @Option(names = "--json", description = "Print each reading as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, ConfigException {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--count is " + count + ", not 1 or more");
    }
    Config read = config.read().config();
    List<String> wanted = wanted(read);
    if (wanted.isEmpty()) {
      spec.commandLine().getErr().print(FindingText.warning("streetbox read", Finding.NO_SENSOR));
      spec.commandLine().getErr().flush();
    }
    SystemTime time = new SystemTime();
    Optional<BusLease> buses = BusLease.take(read, time);
    if (buses.isEmpty()) {
      return raw || recording.isPresent() ? refuse() : fromAgent(read, wanted, time);
    }
    try {
      return recording.isPresent()
          ? fromBenchRecorded(read, wanted, time)
          : fromBench(read, wanted, time, line -> {});
    } finally {
      buses.get().close();
    }
  }

  private List<String> wanted(Config read) {
    List<String> names = read.sensors().stream().map(SensorSettings::name).toList();
    if (sensor.isPresent() && !names.contains(sensor.get())) {
      throw new ParameterException(
          spec.commandLine(),
          "no sensor '%s' in %s; there are: %s"
              .formatted(sensor.get(), config.file(), String.join(", ", names)));
    }
    return sensor.map(List::of).orElse(names);
  }

  private int refuse() {
    spec.commandLine()
        .getErr()
        .println(
            "streetbox read: the agent holds the buses, and only it may touch them."
                + System.lineSeparator()
                + "Try: sudo systemctl stop streetbox");
    return ExitCode.TAKEN;
  }

  private int fromAgent(Config read, List<String> wanted, SystemTime time) throws IOException {
    boolean all = true;
    for (int round = 0; round < count; round++) {
      if (round > 0) {
        time.sleep(SECOND);
      }
      AgentState status =
          AgentState.running(read.runDir(), time)
              .orElseThrow(
                  () ->
                      new IOException(
                          "the agent has just started, has ended, or writes no status."
                              + " Try: streetbox status"));
      JsonTree tree = status.tree();
      long ageMs = Long.parseLong(tree.text("age_ms").orElse("0"));
      spec.commandLine()
          .getErr()
          .println("streetbox read: the agent's readings of " + HumanText.span(ageMs) + " ago");
      for (JsonTree one : tree.children("sensors")) {
        if (wanted.contains(one.text("name").orElse(""))) {
          all &= print(one);
        }
      }
    }
    return all ? ExitCode.DONE : ExitCode.EXTERNAL_ERROR;
  }

  private boolean print(JsonTree one) {
    Optional<Reading> reading = Reading.of(one);
    if (reading.isPresent()) {
      print(reading.get());
      return true;
    }
    printError(
        one.text("name").orElse("?"),
        one.text("last_fault").orElse("no reading now") + ". Try: streetbox doctor");
    return false;
  }

  private int fromBenchRecorded(Config read, List<String> wanted, SystemTime time)
      throws IOException {
    Path file = recording.orElseThrow();
    try (PrintWriter out = PrivateOutput.replace(file)) {
      out.print(BusRecording.header(wanted, read, time.systemClock()));
      return fromBench(read, wanted, time, out::println);
    } catch (FileSystemException e) {
      throw new IOException(
          file
              + " cannot be written: no permission, no such folder, a link, or a full disk."
              + " Try: streetbox read --record /tmp/FILE",
          e);
    }
  }

  private int fromBench(
      Config read, List<String> wanted, SystemTime time, Consumer<String> recorder)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Consumer<String> bytes = raw ? recorder.andThen(out::println) : recorder;
    Optional<BusTrace> trace =
        raw || recording.isPresent() ? Optional.of(new BusTrace(bytes, time)) : Optional.empty();
    try (PartsBench partsBench = new PartsBench(read, time, trace)) {
      boolean all = true;
      for (PartsBench.Place place : partsBench.places()) {
        if (wanted.contains(place.settings().name())) {
          all &= new Readings(place, time).take(count, this::print, this::printError);
        }
      }
      return all ? ExitCode.DONE : ExitCode.EXTERNAL_ERROR;
    }
  }

  private void print(Reading reading) {
    spec.commandLine().getOut().println(json ? reading.json() : reading.line());
  }

  private void printError(String name, String message) {
    spec.commandLine().getErr().println("streetbox read: " + name + ": " + message);
  }
}
