package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.ClockReading;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.LastKnownTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeKeeperTest {
  private static final Instant BUILT = Instant.parse("2026-11-01T00:00:00Z");
  private static final long NOW_MS = Instant.parse("2027-02-03T04:05:06Z").toEpochMilli();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long MINUTE_MS = 60_000;

  private final Faults faults = new Faults();
  private TimeKeeper keeper = keeper(0);

  private TimeKeeper keeper(long floorMs) {
    return new TimeKeeper(5, BUILT, new LastKnownTime(floorMs, floorMs), faults);
  }

  private List<Anchor> hear(TimeSource source, long... tickAndUtc) {
    List<Anchor> anchors = new ArrayList<>();
    for (int i = 0; i < tickAndUtc.length; i += 2) {
      keeper.offer(reading(source, tickAndUtc[i], tickAndUtc[i + 1]));
      keeper.next().ifPresent(anchors::add);
    }
    return anchors;
  }

  private static ClockReading reading(TimeSource source, long tickMs, long utcMs) {
    return source == TimeSource.GNSS
        ? ClockReading.gnss(tickMs, utcMs, 3)
        : ClockReading.ntp(tickMs, utcMs);
  }

  /** A clock that is ahead of the ticks by {@code startMs}, heard each second of a span. */
  private List<Anchor> hear(TimeSource source, long startMs, long fromMs, long toMs) {
    List<Anchor> anchors = new ArrayList<>();
    for (long tickMs = fromMs; tickMs < toMs; tickMs += 1_000) {
      anchors.addAll(hear(source, new long[] {tickMs, startMs + tickMs}));
    }
    return anchors;
  }

  private boolean isRefused(String clock, String words) {
    return faults.list().stream()
        .anyMatch(
            fault ->
                fault.active()
                    && fault.place().equals("clock " + clock)
                    && fault.text().contains(words));
  }

  @Test
  void threeReadingsThatAgreeAreAnAnchorByTheLeastDelayed() {
    List<Anchor> anchors =
        hear(
            TimeSource.GNSS,
            new long[] {1_400, NOW_MS, 2_150, NOW_MS + 1_000, 3_300, NOW_MS + 2_000});
    assertEquals(
        List.of(new Anchor(5, 3_300, NOW_MS + 2_150, TimeSource.GNSS, ClockAgreement.TOLERANCE_MS)),
        anchors);
  }

  @Test
  void severalReportsOfOneEpochAreOneReading() {
    long[] epoch = {1_400, NOW_MS, 1_410, NOW_MS, 1_420, NOW_MS, 1_430, NOW_MS};
    assertEquals(List.of(), hear(TimeSource.GNSS, epoch));
    long[] twice = {2_400, NOW_MS + 1_000, 2_900, NOW_MS + 1_000, 3_400, NOW_MS + 2_000};
    assertEquals(
        List.of(new Anchor(5, 3_400, NOW_MS + 2_000, TimeSource.GNSS, ClockAgreement.TOLERANCE_MS)),
        hear(TimeSource.GNSS, twice));
  }

  @Test
  void aReceiverWithoutAFixInThreeDimensionsDatesNothingAndIsNoFault() {
    for (int mode = 0; mode < 3; mode++) {
      for (long tickMs = 0; tickMs < MINUTE_MS; tickMs += 1_000) {
        keeper.offer(ClockReading.gnss(tickMs, NOW_MS + tickMs, mode));
        assertEquals(Optional.empty(), keeper.next(), "mode " + mode);
      }
    }
    assertEquals(OptionalLong.empty(), keeper.utcMs(MINUTE_MS));
    assertEquals(List.of(), faults.list());
    assertEquals(1, hear(TimeSource.GNSS, NOW_MS, MINUTE_MS, MINUTE_MS + 3_000).size());
  }

  @Test
  void aFixInTwoDimensionsNeitherConfirmsNorRefutesWhatIsBelieved() {
    hear(TimeSource.GNSS, NOW_MS, 0, 3_000);
    for (long tickMs = 3_000; tickMs < 30 * MINUTE_MS; tickMs += 1_000) {
      keeper.offer(ClockReading.gnss(tickMs, NOW_MS + DAY_MS + tickMs, 2));
      assertEquals(Optional.empty(), keeper.next());
    }
    assertFalse(isRefused("gnss", ""));
    assertEquals(OptionalLong.of(NOW_MS), keeper.utcMs(0));
  }

  @Test
  void aClockThatStandsStillIsNone() {
    assertEquals(List.of(), hear(TimeSource.NTP, NOW_MS, 0, 2_000));
    for (long tickMs = 2_000; tickMs < 20 * MINUTE_MS; tickMs += 1_000) {
      assertEquals(List.of(), hear(TimeSource.NTP, new long[] {tickMs, NOW_MS + 1_000}));
    }
  }

  @Test
  void aTickHasATimeOfDayOnceAClockIsBelieved() {
    hear(TimeSource.GNSS, new long[] {1_400, NOW_MS, 2_150, NOW_MS + 1_000});
    assertEquals(OptionalLong.empty(), keeper.utcMs(2_150));
    hear(TimeSource.GNSS, new long[] {3_300, NOW_MS + 2_000});
    assertEquals(OptionalLong.of(NOW_MS + 1_000), keeper.utcMs(2_150));
    assertEquals(OptionalLong.of(NOW_MS + 60_850), keeper.utcMs(62_000));
    assertEquals(OptionalLong.of(NOW_MS - 1_150), keeper.utcMs(0));
  }

  @Test
  void aJumpBetweenReadingsBeginsTheCountAnew() {
    long[] jump = {
      1_000, NOW_MS, 2_000, NOW_MS + 1_000, 3_000, NOW_MS + 604_800_000, 4_000, NOW_MS + 604_801_000
    };
    assertEquals(List.of(), hear(TimeSource.GNSS, jump));
  }

  @Test
  void aLogThatIsPlayedAtFiveTimesItsSpeedIsNoClock() {
    List<Anchor> anchors = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      anchors.addAll(hear(TimeSource.GNSS, new long[] {i * 200L, NOW_MS + i * 1_000L}));
    }
    assertEquals(List.of(), anchors);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z", // never set
        "1980-01-06T00:00:00Z", // GPS week 0
        "2007-06-20T04:05:06Z", // 1024 weeks ago
        "2046-09-19T04:05:06Z", // 1024 weeks ahead
        "2080-01-06T00:00:00Z" // GPS week 0 with a year of two digits
      })
  void aTimeThatCannotBeIsRefusedForEverAndAFault(String impossible) {
    long wrong = Instant.parse(impossible).toEpochMilli();
    for (TimeSource source : List.of(TimeSource.GNSS, TimeSource.NTP)) {
      assertEquals(List.of(), hear(source, wrong, 0, 60 * MINUTE_MS));
      assertTrue(isRefused(source.key(), "refused: says " + impossible.substring(0, 10)));
    }
    assertEquals(1, hear(TimeSource.GNSS, NOW_MS, 0, 3_000).size());
    assertFalse(isRefused("gnss", ""));
    assertTrue(isRefused("ntp", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2036-02-07T06:28:16Z", // NTP's second era, where a server that knows nothing begins
        "2038-01-19T03:14:07Z", // 2^31 - 1
        "2027-02-01T04:05:06Z", // before the last boot ended
        "2029-03-01T00:00:00Z" // two years later
      })
  void anUnlikelyTimeOfTheSystemClockIsNotBelievedAlone(String unlikely) {
    keeper = keeper(NOW_MS);
    long wrong = Instant.parse(unlikely).toEpochMilli();
    assertEquals(List.of(), hear(TimeSource.NTP, wrong, 0, 60 * MINUTE_MS));
    assertTrue(isRefused("ntp", "refused: says " + unlikely.substring(0, 10)));
    assertEquals(1, hear(TimeSource.GNSS, NOW_MS, 0, 3_000).size());
  }

  @Test
  void theBeginningOfAnEraIsRefusedAlsoByABoxThatWasOnLately() {
    keeper = keeper(Instant.parse("2036-01-20T00:00:00Z").toEpochMilli());
    long era = Instant.parse("2036-02-07T06:28:20Z").toEpochMilli();
    assertEquals(List.of(), hear(TimeSource.NTP, era, 0, 60 * MINUTE_MS));
    assertTrue(isRefused("ntp", "where clocks begin that lost their time"));
    keeper = keeper(Instant.parse("2036-02-07T05:00:00Z").toEpochMilli());
    assertEquals(1, hear(TimeSource.NTP, era, 0, 3_000).size());
  }

  @Test
  void twoClocksThatAgreeAreBelievedAgainstWhatEarlierBootsSaid() {
    keeper = keeper(NOW_MS + 300 * DAY_MS);
    assertEquals(List.of(), hear(TimeSource.NTP, NOW_MS, 0, 5_000));
    List<Anchor> anchors = hear(TimeSource.GNSS, NOW_MS - 300, 5_000, 8_000);
    assertEquals(
        List.of(new Anchor(5, 7_000, NOW_MS + 6_700, TimeSource.GNSS, ClockAgreement.TOLERANCE_MS)),
        anchors);
  }

  @Test
  void aReceiverThatKeepsToItForAMinuteIsBelievedAgainstWhatEarlierBootsSaid() {
    keeper = keeper(NOW_MS + DAY_MS);
    assertEquals(List.of(), hear(TimeSource.GNSS, NOW_MS, 0, MINUTE_MS));
    assertEquals(1, hear(TimeSource.GNSS, NOW_MS, MINUTE_MS, MINUTE_MS + 1_000).size());
  }

  @Test
  void aWeekForwardAndBackMovesNothing() {
    hear(TimeSource.GNSS, NOW_MS, 0, 30 * MINUTE_MS);
    List<Anchor> week = hear(TimeSource.GNSS, NOW_MS + 7 * DAY_MS, 30 * MINUTE_MS, 39 * MINUTE_MS);
    assertEquals(List.of(), week);
    assertTrue(isRefused("gnss", "7 days away from what gnss said"));
    List<Anchor> after = hear(TimeSource.GNSS, NOW_MS, 39 * MINUTE_MS, 45 * MINUTE_MS);
    assertTrue(after.stream().allMatch(anchor -> anchor.offsetMs() == NOW_MS));
    assertFalse(isRefused("gnss", ""));
  }

  @Test
  void aReceiverThatFindsItsLeapSecondsIsBelievedTheSecondTime() {
    assertEquals(1, hear(TimeSource.GNSS, NOW_MS + 2_000, 0, 40_000).size());
    List<Anchor> corrected = hear(TimeSource.GNSS, NOW_MS, 40_000, 40_000 + 2 * MINUTE_MS);
    assertEquals(NOW_MS, corrected.get(0).offsetMs());
    assertEquals(100_000, corrected.get(0).tickMs());
  }

  @Test
  void aWrongSystemClockIsOverruledByAReceiverThatKeepsToIt() {
    hear(TimeSource.NTP, NOW_MS + 5 * DAY_MS, 0, 20 * MINUTE_MS);
    List<Anchor> anchors = new ArrayList<>();
    for (long tick = 20 * MINUTE_MS; tick < 31 * MINUTE_MS; tick += 1_000) {
      anchors.addAll(hear(TimeSource.NTP, NOW_MS + 5 * DAY_MS, tick, tick + 1));
      anchors.addAll(hear(TimeSource.GNSS, NOW_MS, tick, tick + 1));
    }
    assertEquals(TimeSource.GNSS, anchors.get(anchors.size() - 1).source());
    assertEquals(NOW_MS, anchors.get(anchors.size() - 1).offsetMs());
    assertTrue(isRefused("ntp", "5 days away from what gnss said"));
  }

  @Test
  void theSystemClockAloneNeverOverrulesAReceiver() {
    hear(TimeSource.GNSS, NOW_MS, 0, MINUTE_MS);
    assertEquals(List.of(), hear(TimeSource.NTP, NOW_MS + DAY_MS, MINUTE_MS, 120 * MINUTE_MS));
  }

  @Test
  void aLeapSecondTakesTwoAnchorsSoThatRowsKeepTheirOrder() {
    hear(TimeSource.GNSS, NOW_MS, 0, 25 * MINUTE_MS);
    List<Anchor> after = hear(TimeSource.GNSS, NOW_MS - 1_000, 25 * MINUTE_MS, 40 * MINUTE_MS);
    assertEquals(NOW_MS - 900, after.get(0).offsetMs());
    assertEquals(NOW_MS - 1_000, after.get(1).offsetMs());
  }

  @Test
  void aBelievedClockIsWrittenDownAgainEveryTenMinutesOnly() {
    List<Anchor> anchors = hear(TimeSource.GNSS, NOW_MS, 0, 1_300_000);
    assertEquals(
        List.of(2_000L, 602_000L, 1_202_000L), anchors.stream().map(Anchor::tickMs).toList());
  }

  @Test
  void theBetterClockReplacesTheOtherAtOnceAndIsReplacedOnceItIsSilent() {
    assertEquals(1, hear(TimeSource.NTP, NOW_MS, 0, 5_000).size());
    assertEquals(TimeSource.GNSS, hear(TimeSource.GNSS, NOW_MS, 5_000, 8_000).get(0).source());
    List<Anchor> alone = hear(TimeSource.NTP, NOW_MS, 8_000, 25 * MINUTE_MS);
    assertEquals(1, alone.size());
    assertEquals(20 * MINUTE_MS + 7_000, alone.get(0).tickMs());
  }

  @ParameterizedTest
  @CsvSource({
    "PT2S, seconds",
    "PT1M59S, seconds",
    "PT2M, 2 minutes",
    "PT1H59M, 119 minutes",
    "PT2H, 2 hours",
    "PT47H, 47 hours",
    "PT48H, 2 days"
  })
  void aFaultStatesTheDifferenceInOneUnit(Duration ahead, String difference) {
    hear(TimeSource.GNSS, NOW_MS, 0, 3_000);
    hear(TimeSource.NTP, NOW_MS + ahead.toMillis(), 3_000, 6_000);
    assertTrue(isRefused("ntp", ", " + difference + " away from what gnss said"));
  }

  @Test
  void anImpossibleTimeRestartsTheCountOfReadings() {
    hear(TimeSource.GNSS, NOW_MS, 0, 2_000);
    hear(TimeSource.GNSS, 0, 2_000, 3_000);
    assertEquals(List.of(), hear(TimeSource.GNSS, NOW_MS, 3_000, 5_000));
    assertEquals(1, hear(TimeSource.GNSS, NOW_MS, 5_000, 6_000).size());
  }

  @Test
  void aClockOfOneReadingConfirmsNoOther() {
    keeper = keeper(NOW_MS + DAY_MS);
    hear(TimeSource.NTP, NOW_MS, 0, 1_000);
    assertEquals(List.of(), hear(TimeSource.GNSS, NOW_MS, 1_000, 5_000));
  }

  @Test
  void aClockThatIsSilentConfirmsNoOther() {
    keeper = keeper(NOW_MS + DAY_MS);
    hear(TimeSource.NTP, NOW_MS, 0, 5_000);
    assertEquals(List.of(), hear(TimeSource.GNSS, NOW_MS, 15_000, 20_000));
  }

  @Test
  void aReceiverRepeatsAnotherTimeForAsLongAsTheOldTimeWasConfirmed() {
    long firstMs = 20 * MINUTE_MS;
    hear(TimeSource.GNSS, NOW_MS, firstMs, firstMs + 2 * MINUTE_MS);
    // Believed with the third reading, and confirmed by the last one before the jump.
    long confirmedForMs = 2 * MINUTE_MS - 3_000;
    long jumpMs = firstMs + 2 * MINUTE_MS;
    List<Anchor> anchors =
        hear(TimeSource.GNSS, NOW_MS + DAY_MS, jumpMs, jumpMs + confirmedForMs + 1_000);
    assertEquals(List.of(jumpMs + confirmedForMs), anchors.stream().map(Anchor::tickMs).toList());
  }

  @Test
  void theBetterClockHasNoSecondAnchorAtTheSameTick() {
    hear(TimeSource.GNSS, NOW_MS, 0, 2_000);
    assertEquals(1, hear(TimeSource.NTP, NOW_MS, 0, 3_000).size());
    assertEquals(List.of(), hear(TimeSource.GNSS, NOW_MS, 2_000, 3_000));
    assertEquals(3_000, hear(TimeSource.GNSS, NOW_MS, 3_000, 4_000).get(0).tickMs());
  }

  @Test
  void aDifferenceOfHalfASecondWaitsForTheNextRegularAnchor() {
    hear(TimeSource.GNSS, NOW_MS, 0, 3_000);
    List<Anchor> anchors = hear(TimeSource.GNSS, NOW_MS + 500, 3_000, 11 * MINUTE_MS);
    assertEquals(602_000, anchors.get(0).tickMs());
  }

  @Test
  void aGreaterDifferenceIsCorrectedAfterAMinute() {
    hear(TimeSource.GNSS, NOW_MS, 0, 3_000);
    List<Anchor> anchors = hear(TimeSource.GNSS, NOW_MS + 501, 3_000, 11 * MINUTE_MS);
    assertEquals(62_000, anchors.get(0).tickMs());
  }

  @Test
  void theEstimateIsTheSystemClockIfItMayBeRight() {
    keeper = keeper(NOW_MS);
    Instant found = Instant.ofEpochMilli(NOW_MS + DAY_MS);
    assertEquals(
        new Anchor(5, 12, NOW_MS + DAY_MS, TimeSource.EST, DAY_MS), keeper.estimate(12, found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2027-02-03T04:00:00Z", "2036-02-07T06:28:16Z"})
  void elseItIsTheEndOfTheLastBoot(String found) {
    keeper = new TimeKeeper(5, BUILT, new LastKnownTime(NOW_MS, NOW_MS + DAY_MS), faults);
    assertEquals(
        new Anchor(5, 12, NOW_MS + DAY_MS, TimeSource.EST, DAY_MS),
        keeper.estimate(12, Instant.parse(found)));
  }

  @Test
  void theFirstBootsEstimateIsNotBeforeTheBuild() {
    assertEquals(
        new Anchor(5, 12, BUILT.toEpochMilli(), TimeSource.EST, 0),
        keeper.estimate(12, Instant.EPOCH));
    assertEquals(Optional.empty(), keeper.next());
  }
}
