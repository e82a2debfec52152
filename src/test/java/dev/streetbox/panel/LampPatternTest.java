package dev.streetbox.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.report.ReportStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LampPatternTest {
  /** A glance (ms), in which a courier sees the lamp. */
  private static final int GLANCE_MS = 4_000;

  /** Returns the lamp in steps of 50 ms, as an eye sees it. */
  private static String glance(LampPattern pattern) {
    return IntStream.range(0, GLANCE_MS / 50)
        .mapToObj(i -> pattern.isOn(i * 50L) ? "#" : ".")
        .collect(Collectors.joining());
  }

  private static long flashes(LampPattern pattern) {
    return Arrays.stream(glance(pattern).split("\\.+")).filter(on -> !on.isEmpty()).count();
  }

  /** Patterns that are shown with the same meaning of the moment, or one after the finger. */
  private static final Set<LampPattern> MOMENTARY =
      EnumSet.of(LampPattern.TOUCHED, LampPattern.NOTED);

  @Test
  void noTwoPatternsThatLastLookTheSame() {
    for (LampPattern one : LampPattern.values()) {
      for (LampPattern other : LampPattern.values()) {
        if (one != other && !MOMENTARY.contains(one) && !MOMENTARY.contains(other)) {
          assertNotEquals(glance(one), glance(other), one + " and " + other);
        }
      }
    }
  }

  @Test
  void theStatesOnTheirWayCountOneTwoAndThreeShortFlashes() {
    assertEquals(2 * 1, flashes(LampPattern.SENT));
    assertEquals(2 * 2, flashes(LampPattern.RECEIVED));
    assertEquals(2 * 3, flashes(LampPattern.DISPATCHED));
  }

  @Test
  void doneIsSteadyAndOffIsDark() {
    assertTrue(glance(LampPattern.DONE).matches("#+"));
    assertTrue(glance(LampPattern.OFF).matches("\\.+"));
    assertEquals(Long.MAX_VALUE, LampPattern.DONE.untilChangeMs(77));
    assertEquals(Long.MAX_VALUE, LampPattern.OFF.untilChangeMs(77));
  }

  @Test
  void untilTheNamedMomentTheLampStaysAndThenItChanges() {
    for (LampPattern pattern : LampPattern.values()) {
      for (long ms = 0; ms < 6_000 && pattern.untilChangeMs(0) < Long.MAX_VALUE; ms += 7) {
        long until = pattern.untilChangeMs(ms);
        assertTrue(until > 0, pattern + " at " + ms);
        assertEquals(pattern.isOn(ms), pattern.isOn(ms + until - 1), pattern + " at " + ms);
        assertNotEquals(pattern.isOn(ms), pattern.isOn(ms + until), pattern + " at " + ms);
      }
    }
  }

  @Test
  void eachStateOfAReportHasAPatternOfItsOwn() {
    Set<LampPattern> patterns =
        Arrays.stream(ReportStatus.values()).map(LampPattern::of).collect(Collectors.toSet());
    assertEquals(ReportStatus.values().length, patterns.size());
  }
}
