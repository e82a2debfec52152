package dev.streetbox.cli;

import dev.streetbox.doctor.Finding;
import dev.streetbox.doctor.GnssCheck;
import dev.streetbox.doctor.SampleCheck;
import dev.streetbox.driver.GnssState;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.screen.HumanText;
import dev.streetbox.screen.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a box by the running agent's state, because only one program may use a bus. */
final class AgentFindings {
  private static final long MAX_READING_AGE_MS = 30_000;
  private static final String JOURNAL = "journalctl -u streetbox -n 50";

  private final JsonTree status;

  AgentFindings(JsonTree status) {
    this.status = status;
  }

  /** Returns a finding for the agent, each sensor, receiver, clock, broker and other fault. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (isDark()) {
      return darkFindings();
    }
    findings.add(
        Finding.pass(
            "agent",
            "runs: box %s, boot %s, streetbox %s; only the agent uses the buses"
                    .formatted(text(status, "box"), text(status, "boot"), text(status, "version"))
                + age()));
    status.children("sensors").stream()
        .filter(sensor -> !text(sensor, "name").equals("gnss"))
        .forEach(sensor -> findings.add(sensor(sensor)));
    findings.add(calibration());
    findings.add(gnss());
    findings.add(clock());
    findings.add(link());
    status.children("faults").stream()
        .filter(fault -> text(fault, "active").equals("true"))
        .filter(fault -> !concerns(fault, Subsystem.SENSOR) && !concerns(fault, Subsystem.BROKER))
        .forEach(fault -> findings.add(fault(fault)));
    return findings;
  }

  private boolean isDark() {
    return text(status, "dark").equals("true");
  }

  /** Returns a finding for the agent, the receiver and each fault of a box that is dark. */
  private List<Finding> darkFindings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.pass(
            "agent",
            "runs: box %s, streetbox %s; dark: in a privacy zone, or not known to be outside"
                    .formatted(text(status, "box"), text(status, "version"))
                + age()));
    findings.add(gnss());
    status.children("faults").stream()
        .filter(fault -> text(fault, "active").equals("true"))
        .filter(fault -> !concerns(fault, Subsystem.SENSOR))
        .forEach(fault -> findings.add(fault(fault)));
    return findings;
  }

  /** Returns when the agent wrote the state. */
  private String age() {
    return status
        .text("age_ms")
        .map(ms -> "; state written " + HumanText.span(Long.parseLong(ms)) + " ago")
        .orElse("");
  }

  private Finding sensor(JsonTree sensor) {
    String about = "sensor " + text(sensor, "name");
    boolean runs = text(sensor, "state").equals("running");
    boolean isRecent =
        number(sensor, "age_ms") <= MAX_READING_AGE_MS && sensor.text("age_ms").isPresent();
    if (!runs || !isRecent) {
      return Finding.fail(
          about,
          sensor.text("last_fault").orElse("no reading yet"),
          "the agent tries again, at least every 5 minutes",
          "sudo systemctl stop streetbox; streetbox doctor");
    }
    Optional<Reading> reading = Reading.of(sensor);
    return withHours(
        reading
            .map(read -> SampleCheck.judge(about, read.sample(), remark(text(sensor, "name"))))
            .orElseGet(() -> Finding.pass(about, "runs")),
        sensor);
  }

  /** Returns a finding with the hours of the sensor's fan and laser, or of its cell. */
  private static Finding withHours(Finding finding, JsonTree sensor) {
    String hours =
        Stream.of("fan_laser_h", "cell_h")
            .flatMap(key -> sensor.text(key).map(value -> StatusWords.of(key, value)).stream())
            .map("; "::concat)
            .findFirst()
            .orElse("");
    return new Finding(
        finding.verdict(),
        finding.subject(),
        finding.observation() + hours,
        finding.cause(),
        finding.remedy());
  }

  /** Returns the date of the last calibration, which need not exist. */
  private Finding calibration() {
    return StoredFindings.calibration(status.text("cal"), status.text("cal_made"));
  }

  /** Returns the active fault of a sensor that runs, which is its driver's remark. */
  private Optional<String> remark(String sensor) {
    return status.children("faults").stream()
        .filter(fault -> text(fault, "active").equals("true"))
        .filter(fault -> concerns(fault, Subsystem.SENSOR))
        .filter(fault -> text(fault, "place").endsWith("/" + sensor))
        .map(fault -> text(fault, "text"))
        .findFirst();
  }

  private Finding gnss() {
    if (!status.childNames().contains("gnss")) {
      return Finding.warn(
          "gnss",
          "no receiver is configured",
          "[gnss] source is none, so rows have no place; source = \"gpsd\" uses a receiver",
          "sudo nano /etc/streetbox/streetbox.toml");
    }
    JsonTree gnss = status.child("gnss");
    return GnssCheck.judge(
        new GnssState(
            (int) number(gnss, "mode"),
            (int) number(gnss, "used"),
            (int) number(gnss, "seen"),
            gnss.text("receiver").orElse(""),
            gnss.text("trouble").orElse(""),
            gnss.text("no_place").orElse(""),
            gnss.text("others").stream().flatMap(paths -> Stream.of(paths.split(" ", -1))).toList(),
            gnss.isTrue("named")));
  }

  private Finding clock() {
    String source = text(status, "tq");
    return source.equals("est")
        ? Finding.warn(
            "clock",
            "every row's time is estimated",
            "neither a fix nor network time since the start",
            "timedatectl status")
        : Finding.pass("clock", "rows are dated by " + source);
  }

  private Finding link() {
    JsonTree link = status.child("link");
    String broker = text(link, "broker");
    Optional<String> denied =
        status.children("faults").stream()
            .filter(fault -> text(fault, "active").equals("true"))
            .filter(fault -> concerns(fault, Subsystem.BROKER))
            .map(fault -> text(fault, "place") + ": " + text(fault, "text"))
            .findFirst();
    if (!text(link, "state").equals("online")) {
      return Finding.fail(
          "broker",
          "%s: %s, %s"
              .formatted(
                  broker, text(link, "state"), link.text("last_trouble").orElse("no answer yet")),
          "the rows are stored and sent later",
          JOURNAL);
    }
    return denied
        .map(
            fault ->
                Finding.fail(
                    "broker",
                    "online, but " + fault,
                    "the broker's ACL does not let this box write below its own topic; rows are"
                        + " stored",
                    JOURNAL))
        .orElseGet(
            () ->
                Finding.pass(
                    "broker",
                    "%s: online, %s rows acknowledged"
                        .formatted(broker, text(link, "acknowledged_rows"))));
  }

  private static boolean concerns(JsonTree fault, Subsystem subsystem) {
    return text(fault, "subsystem").equals(subsystem.key());
  }

  private static Finding fault(JsonTree fault) {
    return Finding.fail(
        text(fault, "place"),
        text(fault, "text"),
        "seen " + text(fault, "count") + " times",
        JOURNAL);
  }

  private static String text(JsonTree object, String name) {
    return object.text(name).orElse("?");
  }

  private static long number(JsonTree object, String name) {
    return object
        .text(name)
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(0L);
  }
}
