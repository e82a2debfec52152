package dev.streetbox.cli;

import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.part.SensorSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges by the running agent's state whether a box is ready to ride: a word for each quantity of
 * the configured sensors, and what is missing.
 */
final class PreFlight {
  /** A reading that is older is not a present one: no part is silent for so long. */
  private static final long OLD_MS = 30_000;

  private static final Set<Quality> WARM_UP = Set.of(Quality.PM_WARMUP, Quality.GAS_WARMUP);
  private static final Set<Quality> FAULT =
      Set.of(
          Quality.PM_FAULT,
          Quality.PM_STUCK,
          Quality.NOISE_STUCK,
          Quality.GAS_FAULT,
          Quality.GAS_STUCK);

  private final Map<Quantity, String> words = new EnumMap<>(Quantity.class);
  private final List<String> reasons = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /** Judges a state of a box with these sensors. */
  PreFlight(JsonTree status, List<SensorSettings> sensors) {
    if (status.text("dark").isPresent()) {
      reasons.add("the box is dark: in a privacy zone, or not known to be outside");
      return;
    }
    for (SensorSettings sensor : sensors) {
      judge(sensor, entry(status, sensor.name()));
    }
    if (sensors.isEmpty()) {
      reasons.add("no sensor is configured");
    }
    judgeReceiver(status);
    judgeRest(status);
  }

  private static JsonTree entry(JsonTree status, String name) {
    return status.children("sensors").stream()
        .filter(sensor -> sensor.text("name").orElse("").equals(name))
        .findFirst()
        .orElseGet(() -> status.child(""));
  }

  private void judge(SensorSettings sensor, JsonTree entry) {
    JsonTree readings = entry.child("readings");
    Set<Quality> flags = Quality.of(readings.text("q").map(Integer::parseInt).orElse(0));
    boolean runs = entry.text("state").orElse("").equals("running");
    boolean isOld = entry.number("age_ms").orElse(Double.MAX_VALUE) > OLD_MS;
    List<String> bad = new ArrayList<>();
    for (Quantity quantity : sensor.quantities()) {
      String word = word(quantity, readings, flags, runs, isOld);
      if (word.equals("missing") && runs && !isOld && !readings.scalars().isEmpty()) {
        continue; // the part has no such channel, as a SEN54 has no NOx
      }
      words.merge(quantity, word, (first, second) -> first.equals("good") ? first : second);
      if (!word.equals("good") && !word.equals("warming up")) {
        bad.add(word);
      }
    }
    if (!bad.isEmpty()) {
      reasons.add(
          sensor.name()
              + ": "
              + (runs ? bad.get(0) : "does not run")
              + entry.text("last_fault").map(", the last fault: "::concat).orElse(""));
    }
  }

  private static String word(
      Quantity quantity, JsonTree readings, Set<Quality> flags, boolean runs, boolean isOld) {
    if (runs && has(flags, WARM_UP, quantity)) {
      return "warming up";
    }
    if (has(flags, FAULT, quantity)) {
      return "faulty";
    }
    if (!runs || readings.text(quantity.key()).isEmpty()) {
      return "missing";
    }
    return isOld ? "old" : "good";
  }

  private static boolean has(Set<Quality> flags, Set<Quality> some, Quantity quantity) {
    return flags.stream().anyMatch(flag -> some.contains(flag) && flag.group() == quantity.group());
  }

  private void judgeReceiver(JsonTree status) {
    if (!status.childNames().contains("gnss")) {
      remarks.add("no receiver is configured, so rows have no place");
    } else if (status.child("gnss").number("mode").orElse(0) < 2) {
      reasons.add("no position fix yet");
    }
    if (status.text("tq").orElse("est").equals("est")) {
      reasons.add("no trusted time yet");
    }
  }

  private void judgeRest(JsonTree status) {
    String link = status.child("link").text("state").orElse("unknown");
    if (!link.equals("online")) {
      remarks.add("the broker is not reached (" + link + "), so rows wait in the store");
    }
    for (JsonTree fault : status.children("faults")) {
      boolean isStore = fault.text("subsystem").orElse("").equals(Subsystem.STORE.key());
      if (isStore && fault.text("active").orElse("true").equals("true")) {
        reasons.add("store: " + fault.text("text").orElse("?"));
      }
    }
  }

  /** Returns whether nothing is missing. */
  boolean isReady() {
    return reasons.isEmpty();
  }

  /** Returns a line for each quantity, then the judgement and each reason. */
  String text() {
    StringBuilder text = new StringBuilder();
    words.forEach((quantity, word) -> text.append("%-15s %s%n".formatted(quantity.label(), word)));
    remarks.forEach(remark -> text.append("note: ").append(remark).append('\n'));
    text.append(isReady() ? "ready to ride\n" : "not ready to ride:\n");
    reasons.forEach(reason -> text.append("  ").append(reason).append('\n'));
    return text.toString();
  }

  /** Returns one JSON object and a line feed. */
  String json() {
    return JsonText.object(
            json -> {
              json.writeNumberField("v", 1);
              json.writeBooleanField("ready", isReady());
              json.writeObjectFieldStart("quantities");
              for (Map.Entry<Quantity, String> word : words.entrySet()) {
                json.writeStringField(word.getKey().key(), word.getValue());
              }
              json.writeEndObject();
              json.writeArrayFieldStart("reasons");
              for (String reason : reasons) {
                json.writeString(reason);
              }
              json.writeEndArray();
              json.writeArrayFieldStart("notes");
              for (String remark : remarks) {
                json.writeString(remark);
              }
              json.writeEndArray();
            })
        + "\n";
  }
}
