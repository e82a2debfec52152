package dev.streetbox.simulate;

import dev.streetbox.measure.LimitedFile;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds the events that happen to simulated parts, read from a text with one event per line, in any
 * order.
 *
 * <pre>
 * # a part is named by its sensor's name or its key
 * at 30s pm unplug
 * at 60s pm plug
 * at 90s sps30 fan_stopped on
 * at 2m  sps30 fan_stopped off
 * at 3m  air brown_out
 * at 4m  air heal
 * at 5m  button press
 * </pre>
 *
 * Times count from the simulation's start. {@code heal} ends every fault of a part; an unplugged
 * part stays unplugged. Immutable.
 *
 * @param steps in the order of their ticks; steps of one tick in the order of the text
 */
public record Scenario(List<Step> steps) {
  /** Scenario without events. */
  public static final Scenario NONE = new Scenario(List.of());

  private static final String RECEIVER = "gnss";

  private static final Pattern LINE =
      Pattern.compile("at\\s+(\\d{1,9})(ms|s|m|h)\\s+(\\S+)\\s+([a-z_]+)(?:\\s+(on|off))?");

  /** Events that have no end, and so no {@code on} and {@code off}. */
  private static final List<String> INSTANT_EVENTS = List.of("plug", "unplug", "heal", "brown_out");

  /** Events of a switch at a GPIO line, which have no end either. */
  private static final List<String> SWITCH_EVENTS =
      Arrays.stream(SwitchAction.values()).map(SwitchAction::key).toList();

  private static final List<String> FAULTS =
      Arrays.stream(InjectedFault.values())
          .map(fault -> fault.name().toLowerCase(Locale.ROOT))
          .filter(fault -> !INSTANT_EVENTS.contains(fault))
          .toList();

  /**
   * Holds one event.
   *
   * @param tickMs when the event happens
   * @param part the sensor's name, the part's key or the switch's name
   * @param line of the event in the text, from 1
   * @param what plug, unplug, heal, a fault's name or a switch's action in lower case
   * @param begins whether a fault begins; otherwise the fault ends
   */
  public record Step(long tickMs, String part, int line, String what, boolean begins) {
    private String text() {
      String onOrOff = hasNoEnd(what) ? "" : begins ? " on" : " off";
      return "at " + tickMs + "ms " + part + " " + what + onOrOff;
    }

    /** Returns what happens to the switch, if the event is one of a switch. */
    Optional<SwitchAction> action() {
      return SwitchAction.of(what);
    }

    /** Applies the event to its part. */
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

  /** Sorts the steps by their ticks. */
  public Scenario {
    steps = steps.stream().sorted(Comparator.comparingLong(Step::tickMs)).toList();
  }

  /**
   * Reads the scenario in a file.
   *
   * @throws TextFormatException as {@link #parse}; its message begins with the file's name
   * @throws IOException if the file cannot be read
   */
  public static Scenario read(Path file) throws IOException {
    String text;
    try {
      text = new String(LimitedFile.read(file), StandardCharsets.UTF_8);
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
   * Parses the scenario of a text.
   *
   * @throws TextFormatException at the first wrong line; its message has the line's number and a
   *     right form
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

  /** Returns the events as {@link #parse} reads them, separated by semicolons instead of lines. */
  public String text() {
    return steps.stream().map(Step::text).collect(Collectors.joining("; "));
  }

  /** Returns the events of the receiver and of the switches only. */
  public Scenario withoutSensors() {
    return new Scenario(
        steps.stream()
            .filter(
                step -> step.part().equals(RECEIVER) || SwitchAction.SWITCHES.contains(step.part()))
            .toList());
  }

  /**
   * Checks that the part of every step is one of these.
   *
   * @throws TextFormatException at the first step whose part is not
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
    String onOrOff = Objects.requireNonNullElse(words.group(5), "");
    check(words.group(3), what, onOrOff, number);
    return new Step(tickMs, words.group(3), number, what, !onOrOff.equals("off"));
  }

  private static boolean hasNoEnd(String what) {
    return INSTANT_EVENTS.contains(what) || SWITCH_EVENTS.contains(what);
  }

  private static void check(String part, String what, String onOrOff, int number)
      throws TextFormatException {
    String mistake = "";
    boolean isSwitch = SwitchAction.SWITCHES.contains(part);
    if (isSwitch != SWITCH_EVENTS.contains(what)) {
      throw new TextFormatException(
          "line %d: %s are for %s; other events are for parts"
              .formatted(
                  number,
                  String.join(", ", SWITCH_EVENTS),
                  String.join(", ", new TreeSet<>(SwitchAction.SWITCHES))));
    }
    if (hasNoEnd(what)) {
      mistake = onOrOff.isEmpty() ? "" : "type " + what + " without " + onOrOff;
    } else if (!FAULTS.contains(what)) {
      mistake =
          "nothing is called %s; type %s, or with on or off %s"
              .formatted(what, String.join(", ", INSTANT_EVENTS), String.join(", ", FAULTS));
    } else if (onOrOff.isEmpty()) {
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
