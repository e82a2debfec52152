package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.calibrate.Calibrations;
import dev.streetbox.calibrate.Sensitivity;
import dev.streetbox.config.ConfigException;
import dev.streetbox.datadir.DataLock;
import dev.streetbox.driver.Microphone;
import dev.streetbox.outbox.BootCounter;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.sound.Calibrator;
import dev.streetbox.sound.MicrophonePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code calibrate noise}: how sensitive a microphone is, from the tone of a calibrator on it. */
@Command(
    name = "noise",
    description = "Measure a microphone's sensitivity with a calibrator of 1 kHz on it.",
    footer = {
      "",
      "Put the calibrator on, switch it on, then type this. It listens for up to",
      "20 s and wants 5 s of a steady tone; anything else changes nothing."
    })
final class CalibrateNoiseCommand implements Callable<Integer> {
  /** Five are the tone, the rest is for a hand that settles. */
  private static final int SECONDS = 20;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Parameters(
      arity = "0..1",
      paramLabel = "SENSOR",
      defaultValue = "",
      description = "Its name, if there is more than one microphone.")
  private String name = "";

  @Option(
      names = "--reference",
      paramLabel = "DB",
      defaultValue = "94.0",
      description = "The calibrator's level by its certificate. Default: ${DEFAULT-VALUE}")
  private double referenceDb;

  @Option(names = "--by", paramLabel = "NAME", description = "Who does it. Default: you")
  private String by = CalibrateCommand.typist();

  @Override
  public Integer call() throws IOException, ConfigException {
    if (!Calibrator.isReference(referenceDb)) {
      throw mistake("--reference " + referenceDb + ": calibrators give 94 or 114 dB");
    }
    Config read = config.read().config();
    SensorSettings sensor = sensor(read);
    Optional<DataLock> lock = DataLock.take(read.store().dataDir());
    if (lock.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf(
              "%s: the agent holds the buses: unit streetbox.service runs.%n"
                  + "Try: sudo systemctl stop streetbox%n",
              spec.qualifiedName());
      return ExitCode.TAKEN;
    }
    try {
      calibrate(read, sensor);
    } finally {
      lock.get().close();
    }
    return ExitCode.DONE;
  }

  private void calibrate(Config read, SensorSettings sensor) throws IOException {
    SystemTime time = new SystemTime();
    Path dataDir = read.store().dataDir();
    double dbfs = listen(read, sensor, time);
    MicrophonePart type = sensor.microphone().orElseThrow().part();
    Calibrations next =
        Calibrations.read(dataDir)
            .with(
                new Sensitivity(sensor.name(), type.key(), dbfs, referenceDb),
                BootCounter.last(dataDir),
                time.systemClock(),
                by);
    next.write(dataDir);
    print(sensor.name(), type, dbfs, next.newest().orElseThrow().id());
  }

  /** The sensitivity in dBFS, to a hundredth. */
  private double listen(Config read, SensorSettings sensor, SystemTime time) throws IOException {
    try (PartsBench partsBench = new PartsBench(read, time, Optional.empty());
        Microphone microphone = partsBench.microphone(sensor.name()).orElseThrow()) {
      Calibrator.Tone tone = microphone.measureCalibrator(referenceDb, SECONDS);
      return Math.rint(tone.sensitivityDbfs() * 100) / 100;
    } catch (IOException e) {
      throw new IOException(
          sensor.name()
              + ": "
              + e.getMessage()
              + "\n"
              + "Nothing was changed. Is the calibrator on, its cup tight, the street quiet? Try: "
              + spec.qualifiedName()
              + " --reference "
              + referenceDb,
          e);
    }
  }

  private void print(String sensor, MicrophonePart type, double dbfs, String id) {
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s (%s): %.2f dBFS at 94 dB, %+.2f dB from its type, by %s.%n"
                + "Calibration %s holds from the agent's next start on.%n"
                + "Try: sudo systemctl start streetbox%n",
            sensor,
            type.key(),
            dbfs,
            dbfs - type.sensitivityDbfs(),
            by,
            id);
  }

  private SensorSettings sensor(Config read) {
    List<SensorSettings> microphones =
        read.sensors().stream().filter(s -> s.microphone().isPresent()).toList();
    List<SensorSettings> meant =
        microphones.stream().filter(s -> name.isEmpty() || s.name().equals(name)).toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    List<String> names = microphones.stream().map(SensorSettings::name).toList();
    throw mistake(
        names.isEmpty()
            ? "no [[sensor]] of " + config.file() + " is a microphone"
            : "which microphone? type one of " + String.join(", ", names));
  }

  private ParameterException mistake(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
