package dev.streetbox.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

  private final Board board = new Board(List.of("first", "second"));

  private void post(String sensor, double celsius, long tickMs) {
    board.post(sensor, celsius(celsius), tickMs, FRESH);
  }

  private static Sample celsius(double value) {
    return Sample.of(Map.of(Quantity.TEMPERATURE, value));
  }

  private Sample at(long tickMs) {
    return board.at(tickMs, GRACE);
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
    assertEquals(Sample.NOTHING, board.at(3000, GRACE));
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
    post("second", 30, 4500);
    assertEquals(new Sample(Map.of(Quantity.TEMPERATURE, 30.0), Set.of(Quality.STALE)), at(5000));
  }

  @Test
  void aQuantityIsTakenFromTheFirstSensorInOrder() {
    board.post("second", celsius(30), 900, FRESH);
    board.post("first", celsius(20), 500, FRESH);
    assertEquals(celsius(20), at(1000));
    board.clear("first");
    assertEquals(celsius(30), at(1000));
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
  void theLatestValueOfAQuantityFollowsOrderAndFreshness() {
    post("second", 30, 1000);
    post("first", 20, 1000);
    assertEquals(OptionalDouble.of(20), board.latest(Quantity.TEMPERATURE, 2999));
    assertEquals(OptionalDouble.empty(), board.latest(Quantity.TEMPERATURE, 3000));
    assertEquals(OptionalDouble.empty(), board.latest(Quantity.HUMIDITY, 2000));
    board.post("first", Sample.of(Map.of(Quantity.PM1, 1.0)), 1500, FRESH);
    assertEquals(OptionalDouble.of(30), board.latest(Quantity.TEMPERATURE, 2000));
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
        board.latest());
    board.clear("first");
    assertEquals(
        Map.of(Quantity.TEMPERATURE, new Board.Latest("second", 30, 1000)), board.latest());
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
