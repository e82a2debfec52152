package dev.streetbox.driver;

import java.util.SplittableRandom;

/**
 * Runs every decoder on very many random and mutated frames, or on good frames with flipped bits;
 * {@code src/bench/fuzz} compiles and runs it. Ends with an error at the first frame that a decoder
 * accepts wrongly, and if one flipped bit gives a wrong reading.
 */
public final class FuzzBench {
  private FuzzBench() {}

  /**
   * Runs the decoders one after the other.
   *
   * @param args frames for each decoder, the seed, and optionally a part of a decoder's name or
   *     {@code flips}
   */
  public static void main(String[] args) {
    if (args.length > 2 && args[2].equals("flips")) {
      flip(Long.parseLong(args[0]), Long.parseLong(args[1]));
      return;
    }
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

  private static void flip(long frames, long seed) {
    System.out.println("| decoder | refused | unchanged | withdrawn | wrong |");
    System.out.println("|---|---|---|---|---|");
    for (FlippedBits decoder : FlippedBits.ALL) {
      if (decoder.flipEach().wrong() > 0) {
        throw new AssertionError(decoder.name() + ": one flipped bit gives a wrong reading");
      }
      FlippedBits.Counts pairs = decoder.flipPairs(frames, new SplittableRandom(seed));
      System.out.printf(
          "| %s | %,d | %,d | %,d | %,d |%n",
          decoder.name(), pairs.refused(), pairs.unchanged(), pairs.withdrawn(), pairs.wrong());
    }
  }
}
