package dev.streetbox.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Lists what a scenario does to a simulated switch, which connects a GPIO line to ground. */
public enum SwitchAction {
  /** Closes it for 200 ms, as a finger that reports a hazard. */
  PRESS(new Closed(0, OptionalLong.of(200))),
  /** Closes it twice, 200 ms each. */
  DOUBLE_PRESS(new Closed(0, OptionalLong.of(200)), new Closed(400, OptionalLong.of(600))),
  /** Closes it for 4 s, as a finger that takes a report back. */
  HOLD(new Closed(0, OptionalLong.of(4_000))),
  /** Closes it until it is opened. */
  CLOSE(new Closed(0, OptionalLong.empty())),
  /** Opens it. */
  OPEN();

  /** The switches that a scenario can operate: of the panel, the lid and the supply. */
  public static final Set<String> SWITCHES = Set.of("button", "lid", "supply");

  /**
   * Holds a time in which the switch is closed, in ms from the action's begin.
   *
   * @param toMs when the switch opens, if it does
   */
  record Closed(long fromMs, OptionalLong toMs) {}

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
  private final List<Closed> closed;

  SwitchAction(Closed... closed) {
    this.closed = List.of(closed);
  }

  /** Returns the name in a scenario. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the action of a name, if there is one. */
  public static Optional<SwitchAction> of(String key) {
    return Arrays.stream(values()).filter(action -> action.key().equals(key)).findFirst();
  }

  List<Closed> closed() {
    return closed;
  }
}
