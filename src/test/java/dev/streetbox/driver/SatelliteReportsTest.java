package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SatelliteReportsTest {
  private final SatelliteReports reports = new SatelliteReports();

  private static String list(String device) {
    return "{\"class\":\"SKY\",\"device\":\"" + device + "\",\"satellites\":[{\"used\":true}]}";
  }

  @Test
  void ofTheListsOfEachSecondOneInFiveIsDecoded() {
    int decoded = 0;
    for (long second = 0; second < 60; second++) {
      decoded += reports.isNeedless(list("/dev/ttyACM0"), second * 1000) ? 0 : 1;
    }
    assertTrue(decoded == 12, decoded + " in a minute");
  }

  @Test
  void eachReceiverHasItsOwnPeriod() {
    assertFalse(reports.isNeedless(list("/dev/ttyACM0"), 0));
    assertFalse(reports.isNeedless(list("/dev/ttyACM1"), 100));
    assertTrue(reports.isNeedless(list("/dev/ttyACM0"), 1000));
    assertTrue(reports.isNeedless(list("/dev/ttyACM1"), 1100));
    assertFalse(reports.isNeedless(list("/dev/ttyACM0"), SatelliteReports.PERIOD_MS));
  }

  @Test
  void everyOtherReportIsDecoded() {
    assertFalse(reports.isNeedless(list("a"), 0));
    assertFalse(reports.isNeedless("{\"class\":\"SKY\",\"device\":\"a\",\"hdop\":0.9}", 10));
    assertFalse(reports.isNeedless("{\"class\":\"TPV\",\"device\":\"a\",\"mode\":3}", 10));
    assertFalse(reports.isNeedless("", 10));
    assertTrue(reports.isNeedless(list("a"), 10));
  }

  @Test
  void aNewConnectionBeginsAnew() {
    assertFalse(reports.isNeedless(list("a"), 0));
    reports.clear();
    assertFalse(reports.isNeedless(list("a"), 10));
  }

  @Test
  void aListWithoutItsReceiverHasAPeriodToo() {
    String list = "{\"class\":\"SKY\",\"satellites\":[]}";
    assertFalse(reports.isNeedless(list, 0));
    assertTrue(reports.isNeedless(list, 10));
    assertFalse(reports.isNeedless("{\"class\":\"SKY\",\"device\":\"a,\"satellites\":[]}", 20));
  }

  @Test
  void manyReceiversDoNotFillTheMemoryAndAreDecodedAgain() {
    for (int receiver = 0; receiver < 17; receiver++) {
      assertFalse(reports.isNeedless(list("/dev/tty" + receiver), 0));
    }
    assertFalse(reports.isNeedless(list("/dev/tty0"), 10), "the first sixteen are forgotten");
    assertTrue(reports.isNeedless(list("/dev/tty16"), 10));
  }
}
