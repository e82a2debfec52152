package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quality;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MotionFlagsTest {
  private static final Set<Quality> PARKED = Set.of(Quality.PARKED);

  private final MotionFlags motionFlags =
      new MotionFlags(new QualitySettings(18, Duration.ofMinutes(2), 2, 20, 80));
  private long tickMs = 700;
  private Set<Quality> flags = Set.of();

  /** So many seconds at a speed; NaN where it is not known. */
  private Set<Quality> seconds(int count, double kmh) {
    for (int second = 0; second < count; second++) {
      tickMs += 1_000;
      flags =
          motionFlags.flags(
              tickMs, Double.isNaN(kmh) ? OptionalDouble.empty() : OptionalDouble.of(kmh / 3.6));
    }
    return flags;
  }

  @ParameterizedTest(name = "{0} km/h: {1}")
  @CsvSource({"0, false", "17.9, false", "18.1, true", "40, true", "NaN, false"})
  void windAndTyresAreLoudAboveTheConfiguredSpeed(double kmh, boolean loud) {
    assertEquals(loud ? Set.of(Quality.NOISE_MOTION) : Set.of(), seconds(1, kmh));
  }

  @Test
  void standingForLongerThanTwoMinutesIsParking() {
    seconds(5, 20);
    assertEquals(Set.of(), seconds(120, 0));
    assertEquals(PARKED, seconds(1, 0));
    assertEquals(PARKED, seconds(3_600, 1.9));
    assertEquals(Set.of(), seconds(1, 2.1));
    assertEquals(Set.of(), seconds(120, 0));
    assertEquals(PARKED, seconds(1, 0));
  }

  @Test
  void aBoxThatIsSwitchedOnWhileItStandsCountsFromThere() {
    assertEquals(Set.of(), seconds(121, 0));
    assertEquals(PARKED, seconds(1, 0));
  }

  @Test
  void aSecondOfUnknownSpeedIsNotParkedButAFewOfThemAreForgiven() {
    seconds(122, 0);
    assertEquals(Set.of(), seconds(9, Double.NaN));
    assertEquals(PARKED, seconds(1, 0));
  }

  @Test
  void whoWasNotSeenForLongerMayHaveRidden() {
    seconds(122, 0);
    seconds(10, Double.NaN);
    assertEquals(Set.of(), seconds(121, 0));
    assertEquals(PARKED, seconds(1, 0));
  }

  @Test
  void aRedLightIsNoParking() {
    for (int light = 0; light < 10; light++) {
      assertEquals(Set.of(), seconds(90, 0));
      assertEquals(Set.of(), seconds(5, 10));
    }
  }

  @Test
  void theConfiguredSpeedsThemselvesAreNeitherLoudNorRiding() {
    // In double precision 5 m/s is exactly 18 km/h, and 1 m/s exactly 3.6 km/h.
    MotionFlags exact =
        new MotionFlags(new QualitySettings(18, Duration.ofSeconds(3), 3.6, 20, 80));
    assertEquals(Set.of(), exact.flags(1_000, OptionalDouble.of(5)));
    for (long endMs = 2_000; endMs <= 4_000; endMs += 1_000) {
      assertEquals(Set.of(), exact.flags(endMs, OptionalDouble.of(1)));
    }
    assertEquals(PARKED, exact.flags(5_000, OptionalDouble.of(1)));
  }
}
