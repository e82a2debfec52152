package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.Config.GnssSettings;
import dev.streetbox.agent.Config.GnssSource;
import dev.streetbox.agent.Config.SimulationSettings;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigHash;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.outbox.StoreSettings;
import dev.streetbox.panel.LineSettings;
import dev.streetbox.panel.PanelSettings;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.publish.MqttSettings;
import dev.streetbox.record.PrivacySettings;
import dev.streetbox.record.QualitySettings;
import dev.streetbox.record.RoadEventSettings;
import dev.streetbox.simulate.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs {@code streetbox demo}: the whole program on simulated parts and a simulated ride, with a
 * real store, broker and subscriber.
 */
@Command(
    description = "Run a simulated ride and account for its rows at the end.",
    footer = {
      "",
      "Ends after --for, or with Ctrl-C. Exit 1 if a row is unaccounted for, or",
      "none came."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 1;
  private static final List<SensorSettings> PARTS =
      List.of(
          sensor("pm", "sps30"),
          sensor("air", "sht4x"),
          sensor("gas", "sgp41"),
          sensor("noise", "sen0232"));

  @Spec private CommandSpec spec;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description = "mqtt://HOST:PORT. Default: a Mosquitto that the demo starts.")
  private Optional<URI> broker;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "36500d",
      description = "End after this long, such as 30s.")
  private Duration period;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Run this many times faster than real time, up to 100.")
  private double speed;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "Faults of the simulated parts, as in deploy/scenario-example.txt.")
  private Optional<Path> scenario;

  @Override
  public Integer call() throws IOException {
    if (!(speed > 0 && speed <= 100)) {
      throw new ParameterException(
          spec.commandLine(), "--speed " + speed + " is not between 0 and 100");
    }
    Scenario events = scenario();
    return ShutdownBarrier.guard(
        shutdownBarrier -> {
          Path dir = Files.createTempDirectory(temporary(), "streetbox-demo-");
          try {
            return ride(dir, events, shutdownBarrier);
          } finally {
            delete(dir);
          }
        });
  }

  /** Returns the folder of temporary files, which is not the JVM's (see NativeLibraries). */
  private static Path temporary() {
    return Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp"));
  }

  private Scenario scenario() {
    if (scenario.isEmpty()) {
      return Scenario.NONE;
    }
    try {
      Scenario events = Scenario.read(scenario.get());
      Set<String> names = new HashSet<>(Set.of("gnss", "button", "lid"));
      PARTS.forEach(part -> names.addAll(List.of(part.name(), part.part().key())));
      events.requireParts(names);
      return events;
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "--scenario: " + e.getMessage(), e);
    }
  }

  private int ride(Path dir, Scenario events, ShutdownBarrier shutdownBarrier) throws IOException {
    if (broker.isPresent()) {
      return ride(config(dir, broker.get(), events), shutdownBarrier);
    }
    try (LocalBroker own = LocalBroker.start(dir, new SystemTime())) {
      return ride(config(dir, own.uri(), events), shutdownBarrier);
    }
  }

  private int ride(Config config, ShutdownBarrier shutdownBarrier) throws IOException {
    return new DemoRide(config, spec.commandLine().getOut()).run(period, shutdownBarrier);
  }

  private Config config(Path dir, URI uri, Scenario events) {
    return new Config(
        "sb-demo",
        dir,
        PARTS,
        new GnssSettings(GnssSource.SIM, "127.0.0.1", 2947, Optional.empty()),
        Duration.ZERO,
        new StoreSettings(
            dir.resolve("data"), Duration.ofSeconds(10), 100_000_000, Duration.ofDays(1)),
        new MqttSettings(
            BrokerSettings.anonymous(uri),
            MqttSettings.DEFAULT_TOPIC_ROOT,
            livePeriod(),
            MqttSettings.DEFAULT_DIAG_PERIOD,
            1_000,
            // A person may read the messages of the demo.
            Encoding.JSON,
            MqttSettings.DEFAULT_RESEND_ROWS),
        new QualitySettings(18, Duration.ofMinutes(2), 2, 20, 80),
        RoadEventSettings.OFF,
        Duration.ZERO,
        new PrivacySettings(List.of(), false, ZoneOffset.UTC),
        panel(),
        new SimulationSettings("huilongguan", speed, SEED, events),
        hash(uri, events));
  }

  /** Returns a simulated button at GPIO 17 and a lamp at GPIO 27, as on a box. */
  private static PanelSettings panel() {
    LineSettings lines =
        new LineSettings(
            Optional.of(true),
            OptionalInt.of(17),
            OptionalInt.of(27),
            OptionalInt.of(22),
            OptionalInt.empty());
    PanelSettings defaults = PanelSettings.NONE;
    return new PanelSettings(
        lines,
        defaults.times(),
        defaults.press(),
        defaults.doublePress(),
        defaults.cancelWithin(),
        defaults.sendInZone());
  }

  /** Returns the hash of the settings that the options change. */
  private String hash(URI uri, Scenario events) {
    return ConfigHash.of(
        new TreeMap<>(
            Map.of(
                "mqtt.broker", uri.toString(),
                "simulate.scenario", events.text(),
                "simulate.speed", String.valueOf(speed))));
  }

  /**
   * Returns the live batch period in simulated time: one second of real time, because a person
   * reads the rows as they arrive.
   */
  private Duration livePeriod() {
    return Duration.ofMillis((long) Math.max(1_000, 1_000 * speed));
  }

  private static SensorSettings sensor(String name, String part) {
    return SensorSettings.simulated(name, Catalogue.of(part).orElseThrow());
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
