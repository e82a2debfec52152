package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StickyStatusTest {
  private final StickyStatus status = new StickyStatus(0b011);

  @Test
  void anErrorIsHeldForLessThanHalfAMinute() {
    assertEquals(0b111, status.update(0b111, 1_000));
    assertEquals(0b011, status.update(0, 30_999));
    assertEquals(0, status.update(0, 31_000));
  }

  @Test
  void aResetEndsAHeldError() {
    status.update(0b001, 1_000);
    status.reset();
    assertEquals(0, status.update(0, 1_001));
  }
}
