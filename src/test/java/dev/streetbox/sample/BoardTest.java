package dev.streetbox.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests which sensor's sample is used for a second. */
class BoardTest {
  private static final Duration GRACE = Duration.ofMillis(200);
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Board board =
      new Board(
          List.of(
              new MeasuredQuantities("first", Set.of()),
              new MeasuredQuantities("second", Set.of())),
          0);

  private void post(String sensor, double celsius, long tickMs) {
    board.post(sensor, celsius(celsius), tickMs, FRESH);
  }

  private static Sample celsius(double value) {
    return Sample.of(Map.of(Quantity.TEMPERATURE, value));
  }

  private Sample at(long tickMs) {
    return board.at(tickMs, GRACE).sample();
  }

  @Test
  void anEmptyBoardGivesAnEmptySample() {
    assertEquals(Sample.NOTHING, at(1000));
  }

  @Test
  void aSampleWithinTheSecondIsPreferredToOneWithinTheGrace() {
    post("first", 20, 3050);
    post("first", 21, 4050);
    assertEquals(celsius(20), at(4000));
    assertEquals(celsius(21), at(5000));
  }

  @Test
  void aSampleAtTheVeryEndBelongsToTheSecond() {
    post("first", 20, 3500);
    post("first", 21, 4000);
    assertEquals(celsius(21), at(4000));
  }

  @Test
  void withoutASampleWithinTheSecondTheFirstWithinTheGraceIsUsed() {
    post("first", 20, 4050);
    post("first", 21, 4150);
    assertEquals(celsius(20), at(4000));
  }

  @Test
  void theGraceIncludesItsEnd() {
    post("first", 20, 4200);
    assertEquals(celsius(20), at(4000));
    post("second", 21, 5201);
    assertEquals(celsius(20), at(5000));
    assertEquals(Sample.NOTHING, board.at(3000, GRACE).sample());
  }

  @Test
  void aSampleThatIsNoLongerFreshIsAbsentAndFlaggedStale() {
    post("first", 20, 1500);
    assertEquals(celsius(20), at(3499));
    assertEquals(new Sample(Map.of(), Set.of(Quality.STALE)), at(3500));
  }

  @Test
  void aSampleWithinTheGraceReplacesOneThatIsNoLongerFresh() {
    post("first", 20, 1500);
    post("first", 21, 4010);
    assertEquals(celsius(21), at(4000));
  }

  @Test
  void aClearedSensorIsAbsentAndNotStale() {
    post("first", 20, 1500);
    board.clear("first");
    assertEquals(Sample.NOTHING, at(9000));
  }

  @Test
  void oneStaleSensorDoesNotHideTheOther() {
    post("first", 20, 1500);
    board.post("second", Sample.of(Map.of(Quantity.PM1, 3.0)), 4500, FRESH);
    assertEquals(new Sample(Map.of(Quantity.PM1, 3.0), Set.of(Quality.STALE)), at(5000));
  }

  @Test
  void aFlagDoubtsTheQuantitiesOfItsGroupAndOfItsOwnSensorOnly() {
    Map<Quantity, Double> air = Map.of(Quantity.VOC_INDEX, 100.0, Quantity.TEMPERATURE, 20.0);
    board.post("first", new Sample(air, Set.of(Quality.GAS_WARMUP)), 900, FRESH);
    board.post("second", Sample.of(Map.of(Quantity.H2S, 1.0)), 900, FRESH);
    assertEquals(Set.of(Quantity.VOC_INDEX), board.at(1_000, GRACE).doubted());
    assertEquals(Set.of(Quality.GAS_WARMUP), at(1_000).flags());
  }

  @Test
  void aQuantityIsTakenFromTheFirstSensorInOrder() {
    board.post("second", celsius(30), 900, FRESH);
    board.post("first", celsius(20), 500, FRESH);
    assertEquals(celsius(20), at(1000));
  }

  @Test
  void aLaterSensorDoesNotFillAGapOfLessThanAMinute() {
    post("first", 20, 1000);
    for (long tick = 1000; tick < 61_000; tick += 1000) {
      post("second", 30, tick);
      assertEquals(tick < 3000 ? OptionalDouble.of(20) : OptionalDouble.empty(), temperature(tick));
      assertFalse(board.latest(tick).get(Quantity.TEMPERATURE).sensor().equals("second"));
    }
    post("second", 30, 61_000);
    board.clear("first");
    assertEquals(secondSource(30), at(61_000));
    assertEquals(Set.of(Quantity.TEMPERATURE), board.at(61_000, GRACE).fromLaterSensor());
    assertEquals("second", board.latest(61_000).get(Quantity.TEMPERATURE).sensor());
  }

  @Test
  void aClearedSensorIsReplacedNoSoonerThanASilentOne() {
    post("first", 20, 1000);
    board.clear("first");
    post("second", 30, 60_999);
    assertEquals(Sample.NOTHING, at(60_999));
    assertEquals(secondSource(30), at(61_000));
  }

  @Test
  void theFirstSensorIsUsedAgainAtItsFirstSampleAndTheSecondsBeforeItHaveNoGap() {
    post("first", 20, 1000);
    board.clear("first");
    post("second", 30, 80_000);
    post("first", 21, 80_300);
    post("second", 31, 81_000);
    assertEquals(secondSource(30), at(80_000));
    assertEquals(celsius(21), at(81_000));
  }

  @Test
  void aSensorThatNeverPostedIsReplacedAMinuteAfterTheStart() {
    Board started =
        new Board(
            List.of(
                new MeasuredQuantities("first", Set.of(Quantity.TEMPERATURE)),
                new MeasuredQuantities("second", Set.of(Quantity.TEMPERATURE))),
            5000);
    for (long tick = 6000; tick <= 66_000; tick += 1000) {
      started.post("second", celsius(30), tick, FRESH);
      assertEquals(
          tick < 65_000 ? Sample.NOTHING : secondSource(30), started.at(tick, GRACE).sample());
    }
  }

  @Test
  void aPartThatWarmsUpIsNotReplaced() {
    Set<Quantity> pm = Set.of(Quantity.PM1);
    Board started =
        new Board(
            List.of(new MeasuredQuantities("first", pm), new MeasuredQuantities("second", pm)), 0);
    Sample warm = new Sample(Map.of(), Set.of(Quality.PM_WARMUP));
    for (long tick = 1000; tick <= 120_000; tick += 1000) {
      started.post("first", warm, tick, FRESH);
      started.post("second", Sample.of(Map.of(Quantity.PM1, 9.0)), tick, FRESH);
      assertEquals(warm, started.at(tick, GRACE).sample());
    }
    started.post("second", Sample.of(Map.of(Quantity.PM1, 9.0)), 180_000, FRESH);
    assertEquals(OptionalDouble.of(9), started.at(180_000, GRACE).sample().get(Quantity.PM1));
  }

  @Test
  void aPartOfTheFamilyWithoutAChannelIsNotTheFirstSourceOfIt() {
    Set<Quantity> both = Set.of(Quantity.VOC_INDEX, Quantity.NOX_INDEX);
    Board started =
        new Board(
            List.of(new MeasuredQuantities("sen54", both), new MeasuredQuantities("sgp41", both)),
            0);
    started.post("sen54", Sample.of(Map.of(Quantity.VOC_INDEX, 100.0)), 60_000, FRESH);
    started.post(
        "sgp41",
        Sample.of(Map.of(Quantity.VOC_INDEX, 90.0, Quantity.NOX_INDEX, 2.0)),
        60_000,
        FRESH);
    assertEquals(
        Sample.of(Map.of(Quantity.VOC_INDEX, 100.0, Quantity.NOX_INDEX, 2.0)),
        started.at(60_000, GRACE).sample());
  }

  private OptionalDouble temperature(long tickMs) {
    return at(tickMs).get(Quantity.TEMPERATURE);
  }

  private static Sample secondSource(double celsius) {
    return new Sample(Map.of(Quantity.TEMPERATURE, celsius), Set.of(Quality.SECOND_SOURCE));
  }

  @Test
  void quantitiesAndFlagsOfAllSensorsAreUnited() {
    board.post(
        "first", new Sample(Map.of(Quantity.PM1, 1.0), Set.of(Quality.PM_WARMUP)), 900, FRESH);
    board.post("second", new Sample(Map.of(), Set.of(Quality.GAS_WARMUP)), 900, FRESH);
    assertEquals(
        new Sample(Map.of(Quantity.PM1, 1.0), Set.of(Quality.PM_WARMUP, Quality.GAS_WARMUP)),
        at(1000));
  }

  @Test
  void aSensorsNewSampleReplacesItsOldOneAsAWhole() {
    board.post("first", Sample.of(Map.of(Quantity.PM1, 1.0)), 500, FRESH);
    board.post("first", Sample.of(Map.of(Quantity.PM10, 9.0)), 900, FRESH);
    assertEquals(Sample.of(Map.of(Quantity.PM10, 9.0)), at(1000));
  }

  @Test
  void aPointIsNeverMixedFromTwoPositions() {
    board.post("first", Sample.of(Map.of(Quantity.LAT, 40.0, Quantity.SPEED, 5.0)), 900, FRESH);
    Sample whole =
        Sample.of(
            Map.of(
                Quantity.LAT, 48.1, Quantity.LON, 11.5, Quantity.HACC, 3.0, Quantity.SPEED, 9.0));
    board.post("second", whole, 900, FRESH);
    assertEquals(
        Sample.of(
            Map.of(
                Quantity.LAT, 48.1, Quantity.LON, 11.5, Quantity.HACC, 3.0, Quantity.SPEED, 5.0)),
        at(1000));
  }

  @Test
  void accuracyAndHeightOfASecondPositionAreNotAdded() {
    Map<Quantity, Double> first = Map.of(Quantity.LAT, 40.0, Quantity.LON, 116.0);
    Map<Quantity, Double> second =
        Map.of(Quantity.LAT, 1.0, Quantity.LON, 2.0, Quantity.HACC, 3.0, Quantity.ALT, 4.0);
    board.post("first", Sample.of(first), 900, FRESH);
    board.post("second", Sample.of(second), 900, FRESH);
    assertEquals(Sample.of(first), at(1000));
  }

  @Test
  void aSecondIsAvailableLongAfterItsEnd() {
    for (int second = 0; second < 10; second++) {
      post("first", second, second * 1000 + 500);
    }
    for (int second = 0; second < 10; second++) {
      assertEquals(celsius(second), at(second * 1000 + 1000));
    }
  }

  @Test
  void temperatureAndHumidityForACompensationComeFromOnePart() {
    post("first", 25, 1000);
    board.post("second", air(20, 60), 1000, FRESH);
    assertEquals(Optional.of(air(20, 60)), board.air(2000));
    board.post("second", Sample.of(Map.of(Quantity.HUMIDITY, 61.0)), 2000, FRESH);
    assertEquals(Optional.of(air(20, 60)), board.air(2000));
  }

  @Test
  void theAirOfALatePartIsUsedForAMinuteAndThenTheNextPartsAir() {
    assertEquals(Optional.empty(), board.air(0));
    board.post("first", air(20, 60), 1000, FRESH);
    board.post("second", air(30, 40), 1000, FRESH);
    board.clear("first");
    assertEquals(Optional.of(air(20, 60)), board.air(60_999));
    board.post("second", air(31, 40), 60_000, FRESH);
    assertEquals(Optional.of(air(31, 40)), board.air(61_000));
  }

  @Test
  void thereIsNoAirUntilThePartThatIsMadeForItHasBeenAwaitedForAMinute() {
    Set<Quantity> both = Set.of(Quantity.TEMPERATURE, Quantity.HUMIDITY);
    Board started =
        new Board(
            List.of(new MeasuredQuantities("first", both), new MeasuredQuantities("second", both)),
            0);
    started.post("second", air(30, 40), 59_000, FRESH);
    assertEquals(Optional.empty(), started.air(59_999));
    assertEquals(Optional.of(air(30, 40)), started.air(60_000));
  }

  private static Sample air(double celsius, double percent) {
    return Sample.of(Map.of(Quantity.TEMPERATURE, celsius, Quantity.HUMIDITY, percent));
  }

  @Test
  void theNewestValueOfEveryQuantityIsGivenFreshOrNot() {
    board.post("first", Sample.of(Map.of(Quantity.PM1, 1.0)), 500, FRESH);
    post("second", 30, 1000);
    post("first", 20, 1000);
    post("first", 21, 2000);
    assertEquals(
        Map.of(
            Quantity.PM1, new Board.Latest("first", 1, 500),
            Quantity.TEMPERATURE, new Board.Latest("first", 21, 2000)),
        board.latest(2000));
    board.clear("first");
    assertEquals(
        Map.of(Quantity.TEMPERATURE, new Board.Latest("second", 30, 1000)), board.latest(62_000));
  }

  @Test
  void aSensorThatTheConstructorWasNotGivenIsABug() {
    assertThrows(IllegalArgumentException.class, () -> post("third", 1, 0));
    assertThrows(IllegalArgumentException.class, () -> board.clear("third"));
  }

  @Test
  void aSampleThatStaysFreshForNoTimeIsStaleAtItsOwnTick() {
    board.post("first", celsius(20), 4000, Duration.ZERO);
    assertEquals(new Sample(Map.of(), Set.of(Quality.STALE)), at(4000));
  }

  @Test
  void theLatestSampleOfOneSensorIsGivenWhileItIsFresh() {
    post("first", 20, 1000);
    post("first", 21, 2000);
    post("second", 30, 2500);
    assertEquals(Optional.of(celsius(21)), board.latest("first", 3999));
    assertEquals(Optional.empty(), board.latest("first", 4000));
    assertThrows(IllegalArgumentException.class, () -> board.latest("third", 2000));
  }
}
