package dev.streetbox.driver;

import java.util.SplittableRandom;

/**
 * Runs every decoder on very many random and mutated frames; {@code src/bench/fuzz} compiles and
 * runs it. Ends with an error at the first frame that a decoder accepts wrongly.
 */
public final class FuzzBench {
  private FuzzBench() {}

  /**
   * Runs the decoders one after the other.
   *
   * @param args frames for each decoder, the seed, and optionally a part of a decoder's name
   */
  public static void main(String[] args) {
    long frames = Long.parseLong(args[0]);
    long seed = Long.parseLong(args[1]);
    for (FuzzedDecoder decoder : FuzzedDecoder.ALL) {
      if (args.length > 2 && !decoder.name().contains(args[2])) {
        continue;
      }
      SplittableRandom random = new SplittableRandom(seed);
      for (long i = 0; i < frames; i++) {
        decoder.tryOne(random);
      }
      System.out.printf(
          "%-16s %,d frames, seed %d: none accepted wrongly%n", decoder.name(), frames, seed);
    }
  }
}
