package dev.streetbox.doctor;

import dev.streetbox.agent.Config;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.BrokerProbe;
import dev.streetbox.mqtt.BrokerProbe.Outcome;
import dev.streetbox.mqtt.BrokerProbe.Step;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.mqtt.BrokerUri;
import dev.streetbox.mqtt.CertificateEnd;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Session;
import dev.streetbox.publish.DailyNames;
import dev.streetbox.publish.PublishedNames;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tests the connection to the broker step by step, and when certificates end. For one thread. */
public final class BrokerCheck {
  private static final String BROKER = "broker";
  private static final String CERTIFICATE = "certificate";

  /** Stands for the name of the day in findings. */
  private static final String TODAY = "(name of today)";

  /** Certificates that end within this time are a warning. */
  private static final Duration SOON = Duration.ofDays(30);

  /** The last levels of the topics that the agent publishes on. */
  private static final List<String> LAST_LEVELS =
      List.of("state", "live", "event", "backlog", "about", "diag");

  private final Config config;
  private final BrokerSettings settings;
  private final Time time;

  BrokerCheck(Config config, Time time) {
    this.config = config;
    this.settings = config.mqtt().broker();
    this.time = time;
  }

  /** Connects once as the agent would, publishes on each of its topics, and returns what worked. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Optional<String> closed = unreadableFile();
    if (closed.isPresent()) {
      findings.add(
          Finding.warn(
              BROKER,
              "not tried: this user may not read " + closed.get(),
              "the file holds a secret of the box",
              "sudo streetbox doctor"));
      return findings;
    }
    try {
      PublishedNames.Name name = new NextName(config, time).get();
      List<Message> trials = LAST_LEVELS.stream().map(level -> trial(name, level)).toList();
      Outcome outcome = new BrokerProbe(settings, session(name), trials, time).run();
      findings.add(judge(outcome, name));
      outcome
          .certificateEnd()
          .map(end -> judgeCertificate("the broker's certificate", end))
          .ifPresent(findings::add);
    } catch (UnknownNameException e) {
      findings.add(
          Finding.warn(
              BROKER,
              "not tried: " + e.getMessage(),
              "with pseudonym = \"daily\" the box connects under a name of the day, and never under"
                  + " its id",
              e.remedy()));
    } catch (IOException e) {
      findings.add(Finding.fail(BROKER, e, "", "streetbox doctor"));
    }
    checkOwnCertificate(findings);
    return findings;
  }

  private Session session(PublishedNames.Name name) {
    if (!config.privacy().daily()) {
      return Session.durable(name.box(), List.of(will(name)));
    }
    long keptS = DailyNames.RETENTION.toSeconds();
    return Session.expiring(name.box(), keptS, List.of(will(name).expiringAfter(keptS)));
  }

  /**
   * Returns the will of the agent, which the broker publishes only if the probe is cut off: no
   * agent runs then either.
   */
  private Message will(PublishedNames.Name name) {
    String body =
        "{\"v\":1,\"box\":\"%s\",\"boot\":%d,\"state\":\"offline\"}"
            .formatted(name.box(), name.boot());
    return new Message(
        topic(name.box(), "state"),
        body.getBytes(StandardCharsets.UTF_8),
        Encoding.JSON.contentType(),
        true);
  }

  /**
   * Returns a message that changes nothing for a subscriber and is not retained: a diagnosis of
   * nothing on topic diag, an empty one on all others.
   */
  private Message trial(PublishedNames.Name name, String lastLevel) {
    String topic = topic(name.box(), lastLevel);
    if (!lastLevel.equals("diag")) {
      return new Message(topic, new byte[0], "", false);
    }
    String body = "{\"v\":1,\"box\":\"%s\",\"boot\":%d}".formatted(name.box(), name.boot());
    return new Message(
        topic, body.getBytes(StandardCharsets.UTF_8), Encoding.JSON.contentType(), false);
  }

  private String topic(String box, String lastLevel) {
    return config.mqtt().topicRoot() + "/" + box + "/" + lastLevel;
  }

  /** Returns a file of the settings that exists and that this user may not read. */
  private Optional<String> unreadableFile() {
    return Stream.of(
            settings.passwordFile(),
            settings.caFile(),
            settings.clientCertFile(),
            settings.clientKeyFile())
        .filter(name -> !name.isEmpty())
        .filter(name -> Files.exists(Path.of(name)) && !Files.isReadable(Path.of(name)))
        .findFirst();
  }

  private Finding judge(Outcome outcome, PublishedNames.Name name) {
    // A text that is passed on must not tell whose the name of a day is.
    String shown = config.privacy().daily() ? TODAY : name.box();
    String passed =
        outcome.passed().stream()
            .map(step -> step.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    if (outcome.allPassed()) {
      return Finding.pass(
          BROKER,
          settings.uri() + ": " + passed + " to " + topic(shown, String.join(", ", LAST_LEVELS)));
    }
    String suffix = passed.isEmpty() ? "" : " (good: " + passed + ")";
    Step failed = failed(outcome);
    return Finding.fail(
        BROKER,
        settings.uri() + ": " + outcome.cause().replace(name.box(), shown) + suffix,
        cause(failed),
        remedy(failed));
  }

  /** Returns the step after the last one that worked. */
  private Step failed(Outcome outcome) {
    return Stream.of(Step.values())
        .filter(step -> step != Step.TLS || BrokerUri.isEncrypted(settings.uri()))
        .filter(step -> !outcome.passed().contains(step))
        .findFirst()
        .orElse(Step.PUBLISH);
  }

  private static String cause(Step failed) {
    return switch (failed) {
      case NAME -> "the SIM or Wi-Fi is down, or a typing error in [mqtt] broker";
      case TCP -> "the broker is down, a firewall is between, or the port is wrong";
      case TLS -> "ca_file, the certificate, or the box's clock is wrong";
      case LOGIN -> "username, password_file or the certificate is not what the broker expects";
      case PUBLISH -> "the broker's ACL does not let this box write below its own topic";
    };
  }

  private String remedy(Step failed) {
    URI uri = settings.uri();
    String port = uri.getPort() > 0 ? Integer.toString(uri.getPort()) : "8883";
    return switch (failed) {
      case NAME -> "ip route; getent hosts " + uri.getHost();
      case TCP -> "nc -vz %s %s".formatted(uri.getHost(), port);
      case TLS -> "timedatectl; openssl s_client -connect %s:%s".formatted(uri.getHost(), port);
      case LOGIN -> "streetbox config show; then the broker's log";
      case PUBLISH ->
          "on the broker: topic write %s/%s/#"
              .formatted(
                  config.mqtt().topicRoot(), config.privacy().daily() ? "+" : config.boxId());
    };
  }

  private void checkOwnCertificate(List<Finding> findings) {
    try {
      CertificateEnd.ofClient(settings)
          .map(end -> judgeCertificate("the box's own certificate", end))
          .ifPresent(findings::add);
    } catch (IOException e) {
      findings.add(Finding.fail(CERTIFICATE, e, "", "ls -l " + settings.clientCertFile()));
    }
  }

  private Finding judgeCertificate(String owner, Instant end) {
    return judgeCertificate(owner, end, time.systemClock());
  }

  /**
   * Judges a certificate by its end.
   *
   * @param owner begins the observation, as "the broker's certificate"
   */
  static Finding judgeCertificate(String owner, Instant end, Instant now) {
    Duration left = Duration.between(now, end);
    String observation =
        "%s ends on %s, in %d days"
            .formatted(owner, end.toString().substring(0, 10), left.toDays());
    if (left.isNegative()) {
      return Finding.fail(
          CERTIFICATE,
          observation,
          "the certificate was not renewed, or the clock is wrong",
          "timedatectl");
    }
    return left.compareTo(SOON) < 0
        ? Finding.warn(
            CERTIFICATE,
            observation,
            "the certificate has to be renewed",
            "deploy/image.md, rotation")
        : Finding.pass(CERTIFICATE, observation);
  }
}
