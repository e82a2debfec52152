package dev.streetbox.panel;

import dev.streetbox.report.ReportStatus;
import java.util.List;
import java.util.Locale;

/**
 * Lists the lamp's patterns, in the order of precedence. The number of short flashes counts how far
 * a report has come; the others differ in rhythm, so that no colour and no counting is needed.
 */
public enum LampPattern {
  /** A finger is on the button. */
  TOUCHED(1),
  /** Somebody looks for this box among others. */
  IDENTIFY(100, 100),
  /** The box has taken an odour, or has taken a report back. */
  NOTED(100, 100),
  /** The newest report is on the box only. */
  KEPT(1_000, 1_000),
  SENT(150, 1_850),
  RECEIVED(150, 250, 150, 1_450),
  DISPATCHED(150, 250, 150, 250, 150, 1_050),
  /** The hazard is removed. */
  DONE(1),
  /** The report was not accepted. */
  REJECTED(900, 200, 200, 700),
  /** Something on the box does not work. */
  FAULT(50, 4_950),
  OFF(0);

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of numbers
  private final List<Integer> phasesMs;

  private final int periodMs;

  /** Takes the times in ms in which the lamp is on and off in turn; one alone: steady. */
  LampPattern(Integer... phasesMs) {
    this.phasesMs = List.of(phasesMs);
    this.periodMs = this.phasesMs.stream().mapToInt(ms -> ms).sum();
  }

  /** Returns the name in {@code status.json}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the pattern of a report's state. */
  public static LampPattern of(ReportStatus status) {
    return switch (status) {
      case KEPT -> KEPT;
      case SENT -> SENT;
      case RECEIVED -> RECEIVED;
      case DISPATCHED -> DISPATCHED;
      case DONE -> DONE;
      case REJECTED -> REJECTED;
    };
  }

  /** Returns whether the lamp is on so many ms after the pattern's begin. */
  boolean isOn(long ms) {
    if (isSteady()) {
      return periodMs > 0;
    }
    return phase(ms) % 2 == 0;
  }

  /** Returns how many ms after this moment the lamp changes; Long.MAX_VALUE if never. */
  long untilChangeMs(long ms) {
    if (isSteady()) {
      return Long.MAX_VALUE;
    }
    long end = 0;
    for (int i = 0; i <= phase(ms); i++) {
      end += phasesMs.get(i);
    }
    return end - ms % periodMs;
  }

  private boolean isSteady() {
    return phasesMs.size() == 1;
  }

  private int phase(long ms) {
    long rest = ms % periodMs;
    int phase = 0;
    while (rest >= phasesMs.get(phase)) {
      rest -= phasesMs.get(phase);
      phase++;
    }
    return phase;
  }
}
