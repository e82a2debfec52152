package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tests properties that the ride of every seed has. */
class RideTest {
  private static final long HOUR_MS = 3_600_000;
  private static final int SEEDS = 8;
  private static final double METRES_PER_DEGREE = 111_320;

  @Test
  void theSpeedIsAtMostTheLimitForScooters() {
    Seeds.each(
        SEEDS,
        seed -> {
          assertTrue(greatest(seed, truth -> truth.place().speedMps()) <= 7.0);
          assertTrue(greatest(seed, truth -> -truth.place().speedMps()) <= 0);
        });
  }

  @Test
  void thePlaceMovesAtTheSpeedEvenFromLapToLap() {
    Seeds.each(
        SEEDS,
        seed -> {
          Ride ride = new Ride(seed);
          GroundTruth before = ride.at(0);
          for (long ms = 200; ms < 2 * HOUR_MS; ms += 200) {
            GroundTruth now = ride.at(ms);
            double mps = metres(before, now) / 0.2;
            double fastest = Math.max(before.place().speedMps(), now.place().speedMps());
            assertTrue(
                mps <= fastest + 0.3, "at " + ms + " ms: " + mps + " m/s instead of " + fastest);
            before = now;
          }
        });
  }

  @Test
  void everyQuantityIsContinuous() {
    Seeds.each(
        SEEDS,
        seed -> {
          Ride ride = new Ride(seed);
          SplittableRandom random = new SplittableRandom(seed);
          for (int i = 0; i < 50_000; i++) {
            long ms = random.nextLong(2 * HOUR_MS);
            GroundTruth a = ride.at(ms);
            GroundTruth b = ride.at(ms + 1);
            assertEquals(a.air().pm25Ugm3(), b.air().pm25Ugm3(), 0.1);
            assertEquals(a.air().smell(), b.air().smell(), 0.001);
            assertEquals(a.air().exhaust(), b.air().exhaust(), 0.001);
            assertEquals(a.air().tempC(), b.air().tempC(), 0.001);
            assertEquals(a.air().rhPct(), b.air().rhPct(), 0.01);
            assertEquals(a.place().accuracyM(), b.place().accuracyM(), 0.001);
            // A horn rises by 25 dB in 40 ms, at most in the first one.
            assertEquals(a.levelDba(), b.levelDba(), 10);
          }
        });
  }

  @Test
  void placeAirAndNoiseStayInTheirRanges() {
    Seeds.each(
        SEEDS,
        seed -> {
          Ride ride = new Ride(seed);
          for (long ms = 0; ms < 3 * HOUR_MS; ms += 1_000) {
            GroundTruth truth = ride.at(ms);
            within(40.062, 40.084, truth.place().latDeg());
            within(116.309, 116.345, truth.place().lonDeg());
            within(0, 360, truth.place().courseDeg());
            within(2, 8, truth.place().accuracyM());
            within(20, 240, truth.air().pm25Ugm3());
            within(5, 60, truth.air().coarseUgm3());
            within(0, 1, truth.air().smell());
            within(0, 1, truth.air().exhaust());
            within(3, 8, truth.air().tempC());
            within(40, 62, truth.air().rhPct());
            within(57, 84, truth.levelDba());
          }
        });
  }

  @Test
  void anHourHasSmokeSmellABridgeStopsAndNoise() {
    Seeds.each(
        SEEDS,
        seed -> {
          Ride ride = new Ride(seed);
          double standing = count(ride, truth -> truth.place().speedMps() == 0);
          double bridge = count(ride, truth -> !truth.place().openSky());
          double loud = count(ride, truth -> truth.levelDba() > 72);
          within(900, 2_400, standing); // of 4,500 s
          within(4, 40, bridge);
          within(100, 1_500, loud);
          assertTrue(greatest(seed, truth -> truth.air().pm25Ugm3()) > 140);
          assertTrue(greatest(seed, truth -> truth.air().smell()) > 0.7);
        });
  }

  @Test
  void theTruthOfATickDoesNotDependOnEarlierCalls() {
    Seeds.each(
        SEEDS,
        seed -> {
          Ride ride = new Ride(seed);
          GroundTruth late = ride.at(5 * HOUR_MS);
          ride.at(12);
          assertEquals(late, ride.at(5 * HOUR_MS));
          assertEquals(late, new Ride(seed).at(5 * HOUR_MS));
          assertNotEquals(late, new Ride(seed + 1).at(5 * HOUR_MS));
          assertEquals(ride.at(0), ride.at(-1));
        });
  }

  private static double greatest(long seed, ToDoubleFunction<GroundTruth> value) {
    Ride ride = new Ride(seed);
    return LongStream.range(0, 9_000)
        .mapToObj(i -> ride.at(i * 500))
        .mapToDouble(value)
        .max()
        .orElseThrow();
  }

  private static double count(Ride ride, Predicate<GroundTruth> what) {
    return LongStream.range(0, 4_500).mapToObj(i -> ride.at(i * 1_000)).filter(what).count();
  }

  private static void within(double least, double most, double value) {
    assertTrue(value >= least && value <= most, value + " is not within " + least + " to " + most);
  }

  private static double metres(GroundTruth a, GroundTruth b) {
    double north = (b.place().latDeg() - a.place().latDeg()) * METRES_PER_DEGREE;
    double east = (b.place().lonDeg() - a.place().lonDeg()) * METRES_PER_DEGREE;
    return Math.hypot(north, east * Math.cos(Math.toRadians(40.07)));
  }
}
