package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LevelHistogramTest {
  @Test
  void percentilesOfTwentyLevelsEqualThoseOfNoiseCapture() {
    // NoiseCapture@4ba03a5, CoreSignalProcessingTest.testLeqStats: within its classes of 0.1 dB.
    double[] levels = {
      45.15, 45.21, 45.35, 46.33, 46.87, 45.86, 48.15, 49.5, 50.5, 50.52, 50.62, 49.89, 49.88,
      48.45, 65.15, 65.14, 66.12, 66.2, 67.21, 66.25
    };
    LevelHistogram histogram = of(levels);
    assertEquals(66.2, histogram.exceeded(10).orElseThrow(), 0.101);
    assertEquals(49.8, histogram.exceeded(50).orElseThrow(), 0.101);
    assertEquals(45.21, histogram.exceeded(90).orElseThrow(), 0.101);
    assertEquals(20, histogram.count());
  }

  @Test
  void aLoudMinuteInTenMovesL10OnlyOnceItIsMoreThanATenth() {
    LevelHistogram histogram = new LevelHistogram();
    for (int i = 0; i < 10; i++) {
      histogram.add(i < 9 ? 60 : 80);
    }
    assertEquals(60, histogram.exceeded(10).orElseThrow());
    assertEquals(60, histogram.exceeded(50).orElseThrow());
    histogram.add(80);
    assertEquals(80, histogram.exceeded(10).orElseThrow());
  }

  @Test
  void addingTwoHistogramsEqualsCountingAllLevelsInOne() {
    SplittableRandom random = new SplittableRandom(7);
    LevelHistogram all = new LevelHistogram();
    LevelHistogram first = new LevelHistogram();
    LevelHistogram second = new LevelHistogram();
    for (int i = 0; i < 2000; i++) {
      double level = random.nextDouble(30, 90);
      all.add(level);
      (i % 3 == 0 ? first : second).add(level);
    }
    first.add(second);
    for (int percent : new int[] {1, 10, 50, 90, 99}) {
      assertEquals(all.exceeded(percent), first.exceeded(percent));
    }
    assertEquals(2000, first.count());
  }

  @Test
  void levelsGoToTheNearestClassAndThoseBeyondTheScaleToItsEnds() {
    assertEquals(45.2, of(45.15).exceeded(50).orElseThrow());
    assertEquals(45.1, of(45.14).exceeded(50).orElseThrow());
    assertEquals(0, of(Double.NEGATIVE_INFINITY).exceeded(50).orElseThrow());
    assertEquals(150, of(1000).exceeded(50).orElseThrow());
  }

  @Test
  void anEmptyHistogramHasNoPercentile() {
    LevelHistogram histogram = of(50);
    histogram.clear();
    assertEquals(OptionalDouble.empty(), histogram.exceeded(50));
    assertEquals(0, histogram.count());
  }

  private static LevelHistogram of(double... levels) {
    LevelHistogram histogram = new LevelHistogram();
    for (double level : levels) {
      histogram.add(level);
    }
    return histogram;
  }
}
