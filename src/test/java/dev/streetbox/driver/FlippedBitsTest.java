package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.driver.FlippedBits.Counts;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flips bits of good frames; {@code src/bench/fuzz flips} flips very many more. Seed 1. */
class FlippedBitsTest {
  /** The decoders of plain sums, which two flipped bits of opposite sign do not change. */
  private static final Set<String> PLAIN_SUMS =
      Set.of("pms5003", "pms5003t", "sds011", "multigas", "ze03");

  static List<FlippedBits> decoders() {
    return FlippedBits.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decoders")
  void oneFlippedBitGivesNoWrongReading(FlippedBits decoder) {
    assertEquals(0, decoder.flipEach().wrong());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decoders")
  void twoFlippedBitsGiveAWrongReadingOnlyWhereThePlainSumIsUnchanged(FlippedBits decoder) {
    Counts counts = decoder.flipPairs(20_000, new SplittableRandom(1));
    if (PLAIN_SUMS.contains(decoder.name())) {
      assertTrue(counts.wrong() < 20_000 * 0.05, counts.toString());
    } else {
      assertEquals(0, counts.wrong());
    }
  }
}
