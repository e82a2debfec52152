package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import org.junit.jupiter.api.Test;

class ReportLineTest {
  private static String line(String report) throws TextFormatException {
    return ReportLine.of(JsonTree.parse(report), JsonTree.parse("{\"t\":1795420860000}"));
  }

  @Test
  void aReportHasItsIdItsStateAndSinceWhen() throws TextFormatException {
    assertEquals(
        "sb-1-4-2 sent, for 60 s",
        line("{\"id\":\"sb-1-4-2\",\"status\":\"sent\",\"since\":1795420800000}"));
  }

  @Test
  void aReportThatWasTakenBackSaysSo() throws TextFormatException {
    assertEquals(
        "sb-1-4-2 taken back",
        line("{\"id\":\"sb-1-4-2\",\"status\":\"sent\",\"cancelled\":true}"));
  }

  @Test
  void aReportInAZoneHasNoIdYet() throws TextFormatException {
    assertEquals("no id yet kept", line("{\"status\":\"kept\"}"));
  }

  @Test
  void aClockThatWasSetBackGivesNoNegativeTime() throws TextFormatException {
    assertEquals(
        "a sent, for 0.0 s", line("{\"id\":\"a\",\"status\":\"sent\",\"since\":1795420900000}"));
  }
}
