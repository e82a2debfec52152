package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.driver.GnssReceiver.Novelty;
import dev.streetbox.measure.TextFormatException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GnssReceiverTest {
  private static final long NOON_MS = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();
  private static final long LEAP_MS = Instant.parse("2016-12-31T23:59:59Z").toEpochMilli();

  private final GnssReceiver receiver = new GnssReceiver("/dev/ttyACM0");

  private void satellites(String members) throws TextFormatException {
    receiver.satellites(GpsdReport.parse("{\"class\":\"SKY\"" + members + "}"));
  }

  @Test
  void aReceiverWithoutAReportHasNoFix() {
    assertFalse(receiver.hasFix(0, 5_000));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 6000, false",
    "1, 6000, false",
    "2, 6000, true",
    "3, 6000, true",
    "3, 6001, false"
  })
  void aFixLastsForItsLimit(int mode, long tickMs, boolean fix) {
    receiver.report(mode, 1_000);
    assertEquals(mode, receiver.mode());
    assertEquals(fix, receiver.hasFix(tickMs, 5_000));
  }

  @Test
  void theFirstReportIsNewWhateverItsTime() {
    assertEquals(Novelty.NEW, receiver.date(0, 100));
    assertEquals(Novelty.NEW, new GnssReceiver("").date(-1, 100));
    assertEquals(100, receiver.epochTickMs());
  }

  @Test
  void aLaterTimeIsANewEpoch() {
    assertEquals(Novelty.NEW, receiver.date(NOON_MS, 100));
    assertEquals(Novelty.NEW, receiver.date(NOON_MS + 1, 101));
    assertEquals(101, receiver.epochTickMs());
  }

  @Test
  void oneTimeWithinASecondIsAPartOfItsEpoch() {
    assertEquals(Novelty.NEW, receiver.date(NOON_MS, 100));
    assertEquals(Novelty.PART, receiver.date(NOON_MS, 1_099));
    assertEquals(Novelty.REPEATED, receiver.date(NOON_MS, 1_100));
    assertEquals(100, receiver.epochTickMs());
  }

  @Test
  void anEarlierTimeIsARepetitionUnlessTheClockWasSetBack() {
    assertEquals(Novelty.NEW, receiver.date(NOON_MS, 100));
    assertEquals(Novelty.REPEATED, receiver.date(NOON_MS - 1, 200));
    assertEquals(Novelty.REPEATED, receiver.date(NOON_MS - 5_000, 300));
    assertEquals(Novelty.NEW, receiver.date(NOON_MS - 5_001, 400));
    assertEquals(Novelty.NEW, receiver.date(NOON_MS - 5_000, 1_401));
  }

  @Test
  void aLeapSecondRepeatsATimeOnce() {
    assertEquals(Novelty.NEW, receiver.date(LEAP_MS, 100));
    assertEquals(Novelty.PART, receiver.date(LEAP_MS, 699));
    assertEquals(Novelty.NEW, receiver.date(LEAP_MS, 700));
    assertEquals(Novelty.PART, receiver.date(LEAP_MS, 1_400));
    assertEquals(Novelty.REPEATED, receiver.date(LEAP_MS, 1_700));
  }

  @Test
  void eachTimeAroundALeapSecondMayBeRepeatedOnce() {
    assertEquals(Novelty.NEW, receiver.date(LEAP_MS - 200, 100));
    assertEquals(Novelty.NEW, receiver.date(LEAP_MS - 200, 1_100));
    assertEquals(Novelty.NEW, receiver.date(LEAP_MS, 1_300));
    assertEquals(Novelty.NEW, receiver.date(LEAP_MS, 2_300));
  }

  @Test
  void anEarlierTimeIsNoLeapSecond() {
    assertEquals(Novelty.NEW, receiver.date(LEAP_MS, 100));
    assertEquals(Novelty.REPEATED, receiver.date(LEAP_MS - 1, 900));
  }

  @Test
  void satellitesAreCountedInTheList() throws TextFormatException {
    satellites(",\"satellites\":[{\"used\":true},{\"used\":false},{\"used\":true}],\"uSat\":9");
    assertEquals(2, receiver.used());
    assertEquals(3, receiver.seen());
  }

  @Test
  void withoutAListTheCountsAreTaken() throws TextFormatException {
    satellites(",\"uSat\":4,\"nSat\":9");
    assertEquals(4, receiver.used());
    assertEquals(9, receiver.seen());
  }

  @Test
  void whatIsNotReportedKeepsItsCount() throws TextFormatException {
    satellites(",\"uSat\":4,\"nSat\":9");
    satellites(",\"satellites\":[]");
    assertEquals(4, receiver.used());
    assertEquals(9, receiver.seen());
    satellites(",\"uSat\":5");
    assertEquals(5, receiver.used());
    assertEquals(9, receiver.seen());
  }

  @Test
  void asManySatellitesAreSeenAsAreUsed() throws TextFormatException {
    satellites(",\"uSat\":4,\"nSat\":1");
    assertEquals(4, receiver.seen());
    satellites(",\"uSat\":-1,\"nSat\":-1");
    assertEquals(0, receiver.used());
    assertEquals(0, receiver.seen());
  }

  @Test
  void theLimitOfAFixIsCountedFromItsLastReport() {
    receiver.report(3, 1_000);
    receiver.report(3, 9_000);
    assertTrue(receiver.hasFix(14_000, 5_000));
  }
}
