package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.calibrate.Collocation;
import dev.streetbox.calibrate.Fit;
import dev.streetbox.calibrate.HourlyMeans;
import dev.streetbox.calibrate.PerformanceTarget;
import dev.streetbox.calibrate.Reference;
import dev.streetbox.config.ConfigException;
import dev.streetbox.measure.Quantity;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@code calibrate collocate}: compares the box with a reference station beside it. The agent
 * may run.
 */
@Command(
    name = "collocate",
    description = "Compare the box with a reference station that it stands beside.",
    synopsisSubcommandLabel = "(start | stop | fit)")
final class CollocateCommand {
  private static final String START = "streetbox calibrate collocate start";

  @Spec private CommandSpec spec;

  @Command(
      name = "start",
      description = "Record that the box stands beside the station from now on.")
  int start(@Mixin ConfigOption config) throws IOException, ConfigException {
    Path dataDir = dataDir(config);
    Optional<Collocation> last = Collocation.read(dataDir);
    if (last.isPresent() && last.get().isOngoing()) {
      throw new IOException(
          "the collocation began at "
              + last.get().from()
              + " already. Try: streetbox calibrate collocate stop");
    }
    Collocation begun = Collocation.from(now());
    begun.write(dataDir);
    out().printf("Beside the station since %s.%n", begun.from());
    return ExitCode.DONE;
  }

  @Command(name = "stop", description = "Record that the box leaves the station.")
  int stop(@Mixin ConfigOption config) throws IOException, ConfigException {
    Path dataDir = dataDir(config);
    Collocation last =
        Collocation.read(dataDir)
            .filter(Collocation::isOngoing)
            .orElseThrow(() -> new IOException("no collocation has begun. Try: " + START));
    Collocation ended = last.endedAt(now());
    ended.write(dataDir);
    out().printf("Beside the station from %s to %s.%n", ended.from(), ended.to());
    return ExitCode.DONE;
  }

  @Command(
      name = "fit",
      description = "Compare hourly means, judge the fit, and write the correction if asked.",
      footer = {
        "",
        "FILE.csv: time,pm25_ugm3 and then one hour a line: 2026-11-23T08:00:00Z,31.5",
        "A correction is written if the hours are enough and r² is 0.70 or more. The",
        "correction holds from the agent's next start on; rows then have",
        "pm25_cal_ugm3 beside pm25_ugm3."
      })
  int fit(
      @Mixin ConfigOption config,
      @Option(
              names = "--reference",
              required = true,
              paramLabel = "FILE.csv",
              description = "The station's hourly means.")
          Path file,
      @Option(
              names = "--write",
              description = "Write the correction; it holds from the agent's next start on.")
          boolean write,
      @Option(names = "--json", description = "Print one JSON object.") boolean json,
      @Option(
              names = "--least-hours",
              paramLabel = "N",
              defaultValue = "" + PerformanceTarget.ENOUGH_HOURS,
              description = "The hours that a correction needs. Default: ${DEFAULT-VALUE}")
          int leastHours)
      throws IOException, ConfigException {
    Config read = config.read().config();
    Path dataDir = read.store().dataDir();
    Collocation span =
        Collocation.read(dataDir)
            .orElseThrow(() -> new IOException("no collocation has begun. Try: " + START));
    Reference reference = Reference.read(file);
    Map<Quantity, Fit> fits = new EnumMap<>(Quantity.class);
    try (StoreView view = StoreView.open(dataDir)) {
      Map<Quantity, HourlyMeans> hours = new CollocatedRows(span).hours(view, reference);
      for (Map.Entry<Quantity, HourlyMeans> entry : hours.entrySet()) {
        Fit.of(entry.getValue().pairs(reference.hours().get(entry.getKey())))
            .ifPresent(fit -> fits.put(entry.getKey(), fit));
      }
    }
    if (fits.isEmpty()) {
      throw new IOException(
          "fewer than 3 hours since "
              + span.from()
              + " have a value in "
              + file
              + " and three quarters of their rows in the store. Try: streetbox outbox stat");
    }
    out().print(json ? FitText.json(fits, leastHours) : FitText.of(span, fits, leastHours));
    out().flush();
    if (write) {
      write(dataDir, fits, leastHours);
    }
    return ExitCode.DONE;
  }

  private void write(Path dataDir, Map<Quantity, Fit> fits, int leastHours) throws IOException {
    Calibrations next = Calibrations.read(dataDir);
    int before = next.revisions().size();
    for (Map.Entry<Quantity, Fit> entry : fits.entrySet()) {
      Quantity quantity = entry.getKey();
      Fit fit = entry.getValue();
      if (quantity.corrected().isPresent()
          && PerformanceTarget.supportsCorrection(fit, leastHours)) {
        int boot = BootCounter.last(dataDir);
        next = next.with(fit.correction(quantity), boot, now(), Operator.name());
      }
    }
    if (next.revisions().size() == before) {
      throw new IOException(
          "nothing was written: no fit has "
              + leastHours
              + " hours, an r² of 0.70 and a field for its correction;"
              + " the box has to stand beside the station for longer. Try: streetbox outbox stat");
    }
    next.write(dataDir);
    spec.commandLine()
        .getErr()
        .printf(
            "Calibration %s holds from the agent's next start on.%n"
                + "Try: sudo systemctl restart streetbox%n",
            next.newest().orElseThrow().id());
  }

  private static Instant now() {
    return new SystemTime().systemClock().truncatedTo(ChronoUnit.SECONDS);
  }

  private static Path dataDir(ConfigOption config) throws ConfigException {
    return config.read().config().store().dataDir();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
