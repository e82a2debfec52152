package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every decoder on random and mutated frames: each invalid one must end in a FrameException
 * and no valid one may. Seed 1; {@code src/bench/fuzz} runs very many more.
 */
class FuzzTest {
  private static final int FRAMES = 20_000;

  static List<FuzzedDecoder> decoders() {
    return FuzzedDecoder.ALL;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decoders")
  void noInvalidFrameIsAcceptedAndNoneThrowsAnotherException(FuzzedDecoder decoder) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < FRAMES; i++) {
      decoder.tryOne(random);
    }
  }

  @Test
  void aDecoderThatAcceptsEverythingIsDetected() {
    FuzzedDecoder lenient = FuzzedDecoder.ALL.get(0).acceptingEverything();
    assertThrows(AssertionError.class, () -> lenient.tryOne(new SplittableRandom(1)));
  }
}
