package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ZoneTest {
  private static final Zone HOME = new Zone("home", 40.0701, 116.3265, 300);

  /** With another text, every box would draw another mask after an update. */
  @Test
  void theDefinitionIsCentreAndRadius() {
    assertEquals("40.0701 116.3265 300.0", HOME.definition());
  }

  @Test
  void theTextForLogsHasTheNameAndNotThePlace() {
    assertEquals("Zone[home]", HOME.toString());
  }
}
