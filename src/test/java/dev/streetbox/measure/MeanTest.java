package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MeanTest {
  @Test
  void aLevelThatIs20DecibelsHigherHalfTheTimeHasAMean3DecibelsBelowTheHigher() {
    assertEquals(77.033, Mean.ENERGY.of(List.of(60.0, 80.0)), 0.001);
    assertEquals(-23.0, Mean.ENERGY.of(List.of(-23.0, -23.0, -23.0)), 1e-9);
  }

  @Test
  void directionsOnBothSidesOfNorthHaveNorthAsTheirMean() {
    assertEquals(0, Mean.CIRCULAR.of(List.of(350.0, 10.0)), 1e-9);
    assertEquals(355, Mean.CIRCULAR.of(List.of(350.0, 0.0)), 1e-9);
    assertEquals(180, Mean.CIRCULAR.of(List.of(90.0, 270.0, 180.0)), 1e-9);
    assertEquals(270, Mean.CIRCULAR.of(List.of(270.0)), 1e-9);
  }

  @Test
  void directionsThatCancelOneAnotherHaveNoMean() {
    assertThrows(NoSuchElementException.class, () -> Mean.CIRCULAR.of(List.of(0.0, 180.0)));
    RunningMean mean = new RunningMean(Mean.CIRCULAR);
    List.of(0.0, 90.0, 180.0, 270.0).forEach(mean::add);
    assertEquals(OptionalDouble.empty(), mean.value());
    assertEquals(4, mean.count());
  }

  @Test
  void aCourseIsNever360() {
    long seed = 20_261_128;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      double spread = random.nextDouble(1e-12);
      double mean = Mean.CIRCULAR.of(List.of(360 - spread, spread, 360 - random.nextDouble(1e-13)));
      assertTrue(mean >= 0 && mean < 360, "seed " + seed + ": " + mean);
    }
  }

  @Test
  void maximumLatestAndArithmeticMeanAreComputed() {
    assertEquals(3, Mean.MAXIMUM.of(List.of(-7.0, 3.0, -1.0)));
    assertEquals(-7, Mean.MAXIMUM.of(List.of(-7.0)));
    assertEquals(-1, Mean.LATEST.of(List.of(-7.0, 3.0, -1.0)));
    assertEquals(-2, Mean.ARITHMETIC.of(List.of(-7.0, 3.0, -2.0)));
  }

  @Test
  void ofNoValuesNoKindHasAMean() {
    for (Mean kind : Mean.values()) {
      assertEquals(OptionalDouble.empty(), new RunningMean(kind).value());
      assertThrows(NoSuchElementException.class, () -> kind.of(List.of()));
    }
  }

  @Test
  void aMeanIsAvailableBetweenItsValues() {
    RunningMean mean = new RunningMean(Mean.ENERGY);
    mean.add(60);
    assertEquals(60, mean.value().orElseThrow(), 1e-9);
    mean.add(60);
    mean.add(70);
    assertEquals(66.02, mean.value().orElseThrow(), 0.005); // 10 lg((2 · 10^6 + 10^7) / 3)
    assertEquals(3, mean.count());
  }
}
