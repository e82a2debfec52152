package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Tests limits in metres. Of two positions with an accuracy of 5 m and a speed of 5 m/s, one second
 * apart, 54.375 m are explained: 10 m, twice 10 m, and 1.5 s at 5 + 1.5 · 7.5 m/s.
 */
class GnssStepsTest {
  private static final double METRES_PER_DEGREE = 111_320;
  private static final Optional<String> BELIEVED = Optional.empty();
  private static final Optional<String> REPEATS =
      Optional.of("the receiver repeats one position at a speed");

  private final GnssSteps steps = new GnssSteps();

  private static Sample at(double lat, double lon, double speed) {
    return Sample.of(
        Map.of(Quantity.LAT, lat, Quantity.LON, lon, Quantity.HACC, 5.0, Quantity.SPEED, speed));
  }

  /** Returns a position that lies that far (m) north of 40° N. */
  private static Sample north(double metres, double speed) {
    return at(40 + metres / METRES_PER_DEGREE, 116, speed);
  }

  private static Optional<String> step(String km, String seconds) {
    return Optional.of(
        "a step of " + km + " km in " + seconds + " s, which neither speed nor accuracy explains");
  }

  @Test
  void aStepAsLongAsSpeedAndAccuracyExplainIsBelieved() {
    assertEquals(BELIEVED, steps.doubt(north(0, 5), 0));
    assertEquals(BELIEVED, steps.doubt(north(54.3, 5), 1_000));
  }

  @Test
  void aLongerStepIsRefused() {
    assertEquals(BELIEVED, steps.doubt(north(0, 5), 0));
    assertEquals(step("0.1", "1.0"), steps.doubt(north(54.5, 5), 1_000));
  }

  @Test
  void aStepMayBeAsLongAsTheScooterCanAccelerateTo() {
    // 30 m and 1.5 s at 22.5 m/s, which a scooter reaches from a stand.
    assertEquals(BELIEVED, steps.doubt(north(0, 0), 0));
    assertEquals(step("0.1", "1.0"), steps.doubt(north(64, 20), 1_000));
    assertEquals(BELIEVED, steps.doubt(north(63.7, 20), 1_000));
  }

  @Test
  void aStepMayBeAsLongAsTheScooterCanHaveBrakedFrom() {
    assertEquals(BELIEVED, steps.doubt(north(0, 20), 0));
    assertEquals(step("0.1", "1.0"), steps.doubt(north(64, 0), 1_000));
    assertEquals(BELIEVED, steps.doubt(north(63.7, 0), 1_000));
  }

  @Test
  void withoutSpeedAndAccuracyTheyAreTakenForFiftyMetresEach() {
    Sample from = Sample.of(Map.of(Quantity.LAT, 0.0, Quantity.LON, 0.0));
    // 210 m and 1.5 s at 50 m/s.
    Sample far = Sample.of(Map.of(Quantity.LAT, 285.5 / METRES_PER_DEGREE, Quantity.LON, 0.0));
    Sample near = Sample.of(Map.of(Quantity.LAT, 284.5 / METRES_PER_DEGREE, Quantity.LON, 0.0));
    assertEquals(BELIEVED, steps.doubt(from, 0));
    assertEquals(step("0.3", "1.0"), steps.doubt(far, 1_000));
    assertEquals(BELIEVED, steps.doubt(near, 1_000));
  }

  @Test
  void noScooterIsFasterThanFiftyMetresASecondHoweverLongTheGap() {
    for (long ms : new long[] {10_000, 10_001, 60_000}) {
      steps.clear();
      double explained = 30 + 50 * (ms + 500) / 1000.0;
      assertEquals(BELIEVED, steps.doubt(north(0, 0), 0));
      String km = String.format(Locale.ROOT, "%.1f", (explained + 1) / 1000);
      String seconds = String.format(Locale.ROOT, "%.1f", ms / 1000.0);
      assertEquals(step(km, seconds), steps.doubt(north(explained + 1, 0), ms));
      assertEquals(BELIEVED, steps.doubt(north(explained - 1, 0), ms));
    }
  }

  @Test
  void aFasterReportedSpeedCountsAfterAGap() {
    assertEquals(BELIEVED, steps.doubt(north(0, 70), 0));
    assertEquals(BELIEVED, steps.doubt(north(30 + 70 * 60.5 - 1, 0), 60_000));
  }

  @Test
  void aDegreeOfLongitudeIsShorterInTheNorth() {
    assertEquals(BELIEVED, steps.doubt(at(60, 10, 5), 0));
    assertEquals(BELIEVED, steps.doubt(at(60, 10 + 2 * 54 / METRES_PER_DEGREE, 5), 1_000));
    steps.clear();
    assertEquals(BELIEVED, steps.doubt(at(60, 10, 5), 0));
    assertEquals(
        step("0.1", "1.0"), steps.doubt(at(60, 10 + 2 * 55 / METRES_PER_DEGREE, 5), 1_000));
  }

  @Test
  void theDateLineIsNoStep() {
    assertEquals(BELIEVED, steps.doubt(at(0, 179.9999, 5), 0));
    assertEquals(BELIEVED, steps.doubt(at(0, -179.9999, 5), 1_000));
  }

  @Test
  void aStepIsBelievedTenSecondsAfterItsFirstPosition() {
    assertEquals(BELIEVED, steps.doubt(north(0, 5), 0));
    for (int second = 1; second <= 10; second++) {
      assertEquals(
          step("9.0", second + ".0"), steps.doubt(north(9_000, 5), second * 1_000L), "" + second);
    }
    assertEquals(step("9.0", "11.0"), steps.doubt(north(9_000, 5), 10_999));
    assertEquals(BELIEVED, steps.doubt(north(9_000, 5), 11_000));
    assertEquals(step("9.0", "1.0"), steps.doubt(north(0, 5), 12_000));
  }

  @Test
  void anotherStepStartsTheTenSecondsAgain() {
    assertEquals(BELIEVED, steps.doubt(north(0, 5), 0));
    assertEquals(step("9.0", "1.0"), steps.doubt(north(9_000, 5), 1_000));
    assertEquals(step("5.0", "6.0"), steps.doubt(north(5_000, 5), 6_000));
    assertEquals(step("5.0", "11.0"), steps.doubt(north(5_000, 5), 11_000));
    assertEquals(step("5.0", "16.0"), steps.doubt(north(5_000, 5), 15_999));
    assertEquals(BELIEVED, steps.doubt(north(5_000, 5), 16_000));
  }

  @Test
  void aPositionThatFollowsTheLastBelievedOneForgetsTheRefusedOnes() {
    assertEquals(BELIEVED, steps.doubt(north(0, 5), 0));
    assertEquals(step("9.0", "1.0"), steps.doubt(north(9_000, 5), 1_000));
    assertEquals(BELIEVED, steps.doubt(north(0, 0), 2_000));
    assertEquals(step("9.0", "10.0"), steps.doubt(north(9_000, 5), 12_000));
  }

  @Test
  void afterClearAnyPositionIsBelieved() {
    assertEquals(BELIEVED, steps.doubt(north(0, 5), 0));
    assertEquals(step("9.0", "1.0"), steps.doubt(north(9_000, 5), 1_000));
    steps.clear();
    assertEquals(BELIEVED, steps.doubt(north(9_000, 5), 2_000));
  }

  @Test
  void onePositionIsRefusedAfterMoreThanFiftyMetresAtItsSpeed() {
    assertEquals(BELIEVED, steps.doubt(north(0, 2), 0));
    for (int second = 1; second <= 25; second++) {
      assertEquals(BELIEVED, steps.doubt(north(0, 2), second * 1_000L));
    }
    assertEquals(REPEATS, steps.doubt(north(0, 2), 25_001));
  }

  @Test
  void anyOtherPositionStartsTheFiftyMetresAgain() {
    assertEquals(BELIEVED, steps.doubt(north(0, 10), 0));
    assertEquals(BELIEVED, steps.doubt(north(0, 10), 5_000));
    assertEquals(BELIEVED, steps.doubt(at(40, 116.00001, 10), 6_000));
    assertEquals(BELIEVED, steps.doubt(at(40, 116.00001, 10), 11_000));
    assertEquals(REPEATS, steps.doubt(at(40, 116.00001, 10), 11_001));
  }

  @Test
  void aSlowerReceiverMayHoldItsPosition() {
    assertEquals(BELIEVED, steps.doubt(north(0, 1.99), 0));
    assertEquals(BELIEVED, steps.doubt(north(0, 1.99), 3_600_000));
  }

  @Test
  void aStandInBetweenStartsTheFiftyMetresAgain() {
    assertEquals(BELIEVED, steps.doubt(north(0, 10), 0));
    assertEquals(BELIEVED, steps.doubt(north(0, 10), 5_000));
    assertEquals(BELIEVED, steps.doubt(north(0, 1), 6_000));
    assertEquals(BELIEVED, steps.doubt(north(0, 10), 11_000));
  }

  @Test
  void aPositionWithoutASpeedIsOneOfAStand() {
    Map<Quantity, Double> readings = new EnumMap<>(at(40, 116, 0).readings());
    readings.remove(Quantity.SPEED);
    assertEquals(BELIEVED, steps.doubt(Sample.of(readings), 0));
    assertEquals(BELIEVED, steps.doubt(Sample.of(readings), 3_600_000));
  }

  @Test
  void ofALongSilenceTenSecondsCountAsRidden() {
    assertEquals(BELIEVED, steps.doubt(north(0, 5), 0));
    assertEquals(BELIEVED, steps.doubt(north(0, 5), 600_000));
    assertEquals(REPEATS, steps.doubt(north(0, 5), 600_001));
  }

  @Test
  void afterOnePositionAtASpeedAStepHasTheWholeTime() {
    assertEquals(BELIEVED, steps.doubt(north(0, 10), 0));
    assertEquals(REPEATS, steps.doubt(north(0, 10), 6_000));
    assertEquals(BELIEVED, steps.doubt(north(300, 10), 7_000));
  }
}
