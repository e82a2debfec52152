package dev.streetbox.backend;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.cli.BrokerOptions;
import dev.streetbox.hj212.Area;
import dev.streetbox.hj212.MinuteMeans;
import dev.streetbox.hj212.Station;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.measure.LimitedFile;
import dev.streetbox.mqtt.BrokerUri;
import dev.streetbox.mqtt.PahoConnector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox hj212}: sends the minute means of an area to a platform by HJ 212. */
@Command(
    description = "Send minute means of an area to a platform that takes HJ 212-2017.",
    footer = {
      "",
      "Each minute is sent twice, as air and as sound (command 2051), and again",
      "until the platform acknowledges it (9014): three times at once, then every",
      "half minute, for a day. Rows that come after their minute was closed are",
      "left out, and so are simulated ones. HJ 212 has no encryption: use a VPN.",
      "",
      "HJ 212-2025 replaced the edition of 2017 on 2026-01-01. Its text could not",
      "be read, so ask the platform whether it takes frames of 2017 (Flag=5).",
      "Runs until SIGTERM."
    })
final class Hj212Command implements Callable<Integer> {
  private static final Duration LONGEST_ANSWER = Duration.ofHours(1);

  @Spec private CommandSpec spec;

  @Mixin private BrokerOptions broker;

  @Option(
      names = "--platform",
      paramLabel = "HOST:PORT",
      required = true,
      description = "Where the platform listens.")
  private String platform;

  @Option(
      names = "--mn",
      paramLabel = "NUMBER",
      required = true,
      description = "The station's number (MN): 24 letters or digits.")
  private String number;

  @Option(
      names = "--station-password-file",
      paramLabel = "FILE",
      required = true,
      description = "A file whose first line is the station's password (PW).")
  private Path passwordFile;

  @Option(
      names = "--st",
      paramLabel = "AIR,SOUND",
      defaultValue = "22,23",
      description = "The codes of the systems (ST). Default: ${DEFAULT-VALUE}")
  private String systems;

  @ArgGroup(multiplicity = "1")
  private Place place;

  /** Reads the area, which is given in one of two ways. */
  private static final class Place {
    @Option(
        names = "--area",
        paramLabel = "AREA",
        description = "S,W,N,E of a rectangle, or 'LAT,LON LAT,LON LAT,LON' of a polygon.")
    private String area;

    @Option(
        names = "--cell",
        paramLabel = "LAT,LON,METRES",
        description = "The cell of the map that holds a place, such as 40.07,116.32,50.")
    private String cell;

    Area area() {
      if (cell == null) {
        return Area.parse(area);
      }
      double[] numbers = Area.numbers(cell, 3);
      return Area.cell(numbers[0], numbers[1], (int) numbers[2]);
    }
  }

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "The time zone of the platform. Default: ${DEFAULT-VALUE}")
  private String zone;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      defaultValue = "90s",
      description = "Close a minute so long after its end. Default: ${DEFAULT-VALUE}")
  private Duration delay;

  @Option(
      names = "--answer-within",
      paramLabel = "DURATION",
      defaultValue = "10s",
      description = "Send again without an answer for so long. Default: ${DEFAULT-VALUE}")
  private Duration answerWithin;

  @Option(
      names = "--session",
      paramLabel = "NAME",
      defaultValue = "hj212",
      description = "The fixed name of the session. Default: ${DEFAULT-VALUE}")
  private String session;

  private final Time time = new SystemTime();

  @Override
  public Integer call() throws IOException {
    AreaStation area = area();
    Subscription subscription = subscription();
    return ShutdownBarrier.guard(
        end -> {
          try (Subscriber subscriber =
              new Subscriber(
                  new PahoConnector(broker.settings(), time),
                  subscription,
                  time,
                  new SplittableRandom())) {
            area.run(subscriber, () -> end.await(Duration.ZERO));
          }
          return ExitCode.DONE;
        });
  }

  private AreaStation area() throws IOException {
    try {
      Station station = new Station(settings());
      MinuteMeans means =
          new MinuteMeans(place.area(), delay.toMillis(), time.systemClock().toEpochMilli());
      return new AreaStation(station, means, broker.topicRoot(), time);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw usageError(e);
    }
  }

  private Subscription subscription() {
    try {
      return new Subscription(broker.topicRoot(), Subscription.ALL_BOXES, "", session);
    } catch (IllegalArgumentException e) {
      throw usageError(e);
    }
  }

  private ParameterException usageError(RuntimeException cause) {
    return new ParameterException(spec.commandLine(), cause.getMessage(), cause);
  }

  private Station.Settings settings() throws IOException {
    String[] codes = systems.split(",", -1);
    if (codes.length != 2) {
      throw new IllegalArgumentException("--st takes two codes, such as 22,23");
    }
    return new Station.Settings(
        platform(),
        number,
        LimitedFile.firstLine("--station-password-file", passwordFile),
        codes[0],
        codes[1],
        ZoneId.of(zone),
        answerMs());
  }

  /** Returns the longest wait for an answer; 0 would be a wait without an end. */
  private int answerMs() {
    if (answerWithin.toMillis() < 1 || answerWithin.compareTo(LONGEST_ANSWER) > 0) {
      throw new IllegalArgumentException("--answer-within is more than 0 and at most an hour");
    }
    return (int) answerWithin.toMillis();
  }

  /** Returns the address, unresolved, because it is resolved with each connection. */
  private InetSocketAddress platform() {
    try {
      URI address = new URI("hj212://" + platform);
      if (BrokerUri.isHostAndPort(address) && address.getPort() > 0) {
        return InetSocketAddress.createUnresolved(address.getHost(), address.getPort());
      }
    } catch (URISyntaxException e) {
      // What is no address is reported as the others are.
    }
    throw new IllegalArgumentException(
        "--platform is HOST:PORT with a port from 1 to 65535, not " + platform);
  }
}
