package dev.streetbox.simulate;

import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What happens to simulated parts, and when: one line for each event, in any order.
 *
 * <pre>
 * # a part is named as its sensor, or as its driver
 * at 30s pm unplug
 * at 60s pm plug
 * at 90s sps30 fan_stopped on
 * at 2m  sps30 fan_stopped off
 * at 3m  air brown_out
 * at 4m  air heal
 * </pre>
 *
 * Ticks count from the simulation's begin. {@code heal} ends every failure of a part; a part that
 * is unplugged stays so. Immutable.
 *
 * @param steps in the order of their ticks; of one tick, in that of the text
 */
public record Scenario(List<Step> steps) {
  /** Nothing happens. */
  public static final Scenario NONE = new Scenario(List.of());

  private static final Pattern LINE =
      Pattern.compile("at\\s+(\\d{1,9})(ms|s|m|h)\\s+(\\S+)\\s+([a-z_]+)(?:\\s+(on|off))?");

  /** What has no end. */
  private static final List<String> INSTANT_EVENTS = List.of("plug", "unplug", "heal", "brown_out");

  private static final List<String> FAULTS =
      Arrays.stream(InjectedFault.values())
          .map(fault -> fault.name().toLowerCase(Locale.ROOT))
          .filter(failure -> !INSTANT_EVENTS.contains(failure))
          .toList();

  /**
   * One event.
   *
   * @param tickMs when
   * @param part the sensor's name or its driver
   * @param line where it stands in the text, from 1
   * @param what plug, unplug, heal, or a failure's name in small letters
   * @param begins whether a failure begins; it ends otherwise
   */
  public record Step(long tickMs, String part, int line, String what, boolean begins) {
    private String text() {
      String turned = INSTANT_EVENTS.contains(what) ? "" : begins ? " on" : " off";
      return "at " + tickMs + "ms " + part + " " + what + turned;
    }

    /** Does it to the part. */
    void applyTo(SimulatedPart to) {
      switch (what) {
        case "plug" -> to.plug();
        case "unplug" -> to.unplug();
        case "heal" -> to.heal();
        default -> {
          InjectedFault fault = InjectedFault.valueOf(what.toUpperCase(Locale.ROOT));
          if (begins) {
            to.fail(fault);
          } else {
            to.heal(fault);
          }
        }
      }
    }
  }

  /** In the order of their ticks. */
  public Scenario {
    steps = steps.stream().sorted(Comparator.comparingLong(Step::tickMs)).toList();
  }

  /**
   * The scenario in a file.
   *
   * @throws TextFormatException as {@link #parse}; its message begins with the file
   * @throws IOException if the file cannot be read
   */
  public static Scenario read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
    }
    try {
      return parse(text);
    } catch (TextFormatException e) {
      throw new TextFormatException(file + ": " + e.getMessage());
    }
  }

  /**
   * The scenario of a text.
   *
   * @throws TextFormatException at its first line that is none; it says which line and what to type
   */
  public static Scenario parse(String text) throws TextFormatException {
    List<Step> steps = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (!line.isEmpty()) {
        steps.add(step(line, i + 1));
      }
    }
    return new Scenario(steps);
  }

  /** Returns its events as {@link #parse} reads them, separated by semicolons instead of lines. */
  public String text() {
    return steps.stream().map(Step::text).collect(Collectors.joining("; "));
  }

  /**
   * Checks that every part is one of these.
   *
   * @throws TextFormatException at the first that is not
   */
  public void requireParts(Set<String> known) throws TextFormatException {
    for (Step step : steps) {
      if (!known.contains(step.part())) {
        throw new TextFormatException(
            String.format(
                "line %d: no simulated part is called %s; type one of %s",
                step.line(), step.part(), String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private static Step step(String line, int number) throws TextFormatException {
    Matcher words = LINE.matcher(line);
    if (!words.matches()) {
      throw new TextFormatException(
          "line " + number + ": \"" + line + "\" is no event; type it as: at 30s pm unplug");
    }
    long tickMs = Long.parseLong(words.group(1)) * unitMs(words.group(2));
    String what = words.group(4);
    String turned = Objects.requireNonNullElse(words.group(5), "");
    check(what, turned, number);
    return new Step(tickMs, words.group(3), number, what, !turned.equals("off"));
  }

  private static void check(String what, String turned, int number) throws TextFormatException {
    String mistake = "";
    if (INSTANT_EVENTS.contains(what)) {
      mistake = turned.isEmpty() ? "" : "type " + what + " without " + turned;
    } else if (!FAULTS.contains(what)) {
      mistake =
          "nothing is called %s; type %s, or with on or off %s"
              .formatted(what, String.join(", ", INSTANT_EVENTS), String.join(", ", FAULTS));
    } else if (turned.isEmpty()) {
      mistake = "type " + what + " on, or " + what + " off";
    }
    if (!mistake.isEmpty()) {
      throw new TextFormatException("line " + number + ": " + mistake);
    }
  }

  private static long unitMs(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      default -> 3_600_000;
    };
  }
}
