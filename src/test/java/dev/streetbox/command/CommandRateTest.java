package dev.streetbox.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CommandRateTest {
  private final CommandRate rate = new CommandRate();

  /** Returns how many of these commands, one a step, are admitted. */
  private int admitted(long fromMs, int commands, long stepMs) {
    int admitted = 0;
    for (int i = 0; i < commands; i++) {
      admitted += rate.admit(fromMs + i * stepMs) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void sixtyCommandsOfAMinuteAreAdmitted() {
    assertEquals(60, admitted(5, 100, 10));
    assertFalse(rate.admit(60_004), "the first is not a minute old");
    assertTrue(rate.admit(60_005));
    assertFalse(rate.admit(60_006));
  }

  @Test
  void aCommandThatWasNotAdmittedDoesNotCount() {
    assertEquals(60, admitted(0, 60, 0));
    assertEquals(0, admitted(1, 1_000, 59));
    assertEquals(60, admitted(60_000, 61, 0));
  }

  @Test
  void aCommandASecondIsAdmittedForEver() {
    assertEquals(1_000, admitted(0, 1_000, 1_000));
  }
}
