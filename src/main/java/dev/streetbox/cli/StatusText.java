package dev.streetbox.cli;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.screen.HumanText;
import dev.streetbox.screen.ReportLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Formats {@code status.json} for people; each line begins with its subject, so that grep finds it.
 */
final class StatusText {
  private static final int UNBROKEN = 36;
  private static final int LABEL_COLUMNS = 9;

  private StatusText() {}

  /** Returns the lines, at most 80 columns wide. */
  static String of(JsonTree status) {
    LabelledLines text = new LabelledLines(LABEL_COLUMNS);
    text.add(
        "box",
        "%s, boot %s%s, streetbox %s"
            .formatted(
                status.text("box").orElse("?"),
                status.text("boot").orElse(status.text("dark").isPresent() ? "none" : "?"),
                status
                    .text("tick_ms")
                    .map(ms -> ", up " + HumanText.duration(Duration.ofMillis(Long.parseLong(ms))))
                    .orElse(""),
                status.text("version").orElse("?")));
    text.add("time", time(status) + age(status));
    status
        .text("cal")
        .ifPresent(
            id ->
                text.add(
                    "calib",
                    id + status.text("cal_made").map(made -> ", made " + made).orElse("")));
    if (status.text("dark").isPresent()) {
      text.add(
          "dark", "in a privacy zone, or not known to be outside: nothing is measured or sent");
    }
    if (status.childNames().contains("row")) {
      text.add("row", pairs(status.child("row"), Set.of("t", "tq", "q")));
      text.add("quality", flags(status.child("row").text("q").orElse("0")));
    }
    status.children("sensors").forEach(sensor -> text.add("sensor", sensor(sensor)));
    status.childNames().stream()
        .filter(name -> !name.equals("row"))
        .forEach(name -> text.add(name, section(status, name)));
    status.children("set").forEach(one -> text.add("set", setFromAfar(one)));
    status.children("reports").forEach(report -> text.add("report", ReportLine.of(report, status)));
    status.children("faults").forEach(fault -> text.add(state(fault), fault(fault)));
    return text.toString();
  }

  /** Returns a section in words; the tick since which a link has its state becomes a duration. */
  private static String section(JsonTree status, String name) {
    JsonTree section = status.child(name);
    String words = pairs(section, Set.of("since_tick_ms"));
    OptionalDouble since = section.number("since_tick_ms");
    OptionalDouble now = status.number("tick_ms");
    if (since.isEmpty() || now.isEmpty()) {
      return words;
    }
    long ms = (long) Math.max(0, now.getAsDouble() - since.getAsDouble());
    return words + ", so for " + HumanText.duration(Duration.ofMillis(ms));
  }

  private static String time(JsonTree status) {
    return status
            .text("t")
            .map(t -> HumanText.UTC.format(Instant.ofEpochMilli(Long.parseLong(t))))
            .orElse("unknown")
        + status.text("tq").map(source -> " (" + source + ")").orElse("");
  }

  /** Returns when the agent wrote the state. */
  private static String age(JsonTree status) {
    return status
        .text("age_ms")
        .map(ms -> ", written " + HumanText.span(Long.parseLong(ms)) + " ago")
        .orElse("");
  }

  private static String flags(String bits) {
    return Quality.keysOrGood(Quality.of(Integer.parseInt(bits)));
  }

  private static String sensor(JsonTree sensor) {
    String age =
        sensor
            .text("age_ms")
            .map(ms -> String.format(Locale.ROOT, "%.1f s ago", Long.parseLong(ms) / 1e3))
            .orElse("never");
    return "%s: %s, read %s, %s"
        .formatted(
            sensor.text("name").orElse("?"),
            sensor.text("state").orElse("?"),
            age,
            pairs(sensor, Set.of("name", "state", "age_ms")));
  }

  private static String setFromAfar(JsonTree one) {
    return "%s = %s, by a command%s"
        .formatted(
            one.text("key").orElse("?"),
            one.text("value").orElse("?"),
            one.text("taken_back_in_s")
                .map(s -> ", taken back in " + s + " s unless a batch is acknowledged")
                .orElse(""));
  }

  private static String state(JsonTree fault) {
    return fault.text("active").orElse("true").equals("true") ? "fault" : "past";
  }

  private static String fault(JsonTree fault) {
    return "%s: %s (%s)"
        .formatted(
            fault.text("place").orElse("?"),
            fault.text("text").orElse("?"),
            StatusWords.count(fault.text("count").orElse("?"), "time"));
  }

  private static String pairs(JsonTree object, Set<String> without) {
    return object.scalars().entrySet().stream()
        .filter(scalar -> !without.contains(scalar.getKey()))
        .map(scalar -> words(scalar.getKey(), scalar.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Returns a member in words, of which short ones are not broken over two lines. */
  private static String words(String key, String value) {
    String words = StatusWords.of(key, value);
    return words.length() <= UNBROKEN ? words.replace(' ', LabelledLines.NO_BREAK_SPACE) : words;
  }
}
