package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random and damaged frames: nothing but a FrameException, and nothing believed that a checksum
 * should have stopped. Seed 1; very many more in {@code src/bench/fuzz}.
 */
class FuzzTest {
  private static final int FRAMES = 20_000;

  static List<FuzzedDecoder> decoders() {
    return FuzzedDecoder.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decoders")
  void noFrameIsBelievedWithoutItsProofAndNoneBreaksItsDecoder(FuzzedDecoder decoder) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < FRAMES; i++) {
      decoder.tryOne(random);
    }
  }

  @Test
  void aDecoderThatBelievesEverythingIsFound() {
    FuzzedDecoder credulous = FuzzedDecoder.ALL.get(0).believingEverything();
    assertThrows(AssertionError.class, () -> credulous.tryOne(new SplittableRandom(1)));
  }
}
