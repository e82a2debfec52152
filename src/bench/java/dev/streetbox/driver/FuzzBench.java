package dev.streetbox.driver;

import java.util.SplittableRandom;

/**
 * Every decoder against very many random and damaged frames; {@code src/bench/fuzz} compiles and
 * runs it. Ends with the first frame that a decoder takes wrongly.
 */
public final class FuzzBench {
  private FuzzBench() {}

  /**
   * Runs.
   *
   * @param args frames for each decoder, the seed, and parts of the decoders' names, or none for
   *     all
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
          "%-16s %,d frames, seed %d: none taken wrongly%n", decoder.name(), frames, seed);
    }
  }
}
