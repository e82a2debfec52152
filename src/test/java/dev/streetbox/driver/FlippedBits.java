package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.driver.FuzzedDecoder.Decode;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Flips bits of frames with plausible values and counts what a decoder makes of them. A new decoder
 * is one entry in {@link #ALL}; {@code FlippedBitsTest} flips each bit once, {@code src/bench/fuzz
 * flips} a million pairs.
 */
final class FlippedBits {
  /**
   * Counts the results of flipped frames.
   *
   * @param refused frames that are none, or whose part is another
   * @param unchanged frames with the same readings: the bits are not published
   * @param withdrawn frames whose readings, or some of them, are withdrawn and flagged
   * @param wrong frames with a reading that differs from the original's
   */
  record Counts(long refused, long unchanged, long withdrawn, long wrong) {
    private Counts add(int outcome) {
      return new Counts(
          refused + (outcome == 0 ? 1 : 0),
          unchanged + (outcome == 1 ? 1 : 0),
          withdrawn + (outcome == 2 ? 1 : 0),
          wrong + (outcome == 3 ? 1 : 0));
    }
  }

  private static final String PMS = "424d001c001500240024001400210024";

  /** Words of an SPS30 that avaldebe/PyPMS (45c3bf0, MIT) captured, as floats. */
  private static final int[] SPS30 = {
    0x40a7, 0x8320, 0x4117, 0x2877, 0x414a, 0x1a5f, 0x4154, 0x468d, 0x41d2, 0x9a83, 0x4213, 0xfc85,
    0x4226, 0x1722, 0x4229, 0xa4d9, 0x422a, 0x29bc, 0x3f55, 0xb7e7
  };

  private static final int[] SEN5X_VALUES = {12, 18, 21, 23, 5023, 4511, 1120, 15};
  private static final int[] SEN5X_NUMBERS = {12, 18, 21, 23, 180, 214, 220, 221, 222, 512};
  private static final int[] SEN5X_RAW = {5000, 4500, 30_123, 15_321};
  private static final int[] SEN66_VALUES = {21, 34, 39, 42, 4820, 4340, 1020, 10, 612};
  private static final int[] SEN66_NUMBERS = {180, 214, 220, 221, 222};
  private static final int[] SEN66_RAW = {4_990, 4_480, 30_123, 15_321, 611};

  /** Every decoder of frames with a checksum, with a frame of usual air. */
  static final List<FlippedBits> ALL =
      List.of(
          frame("pms5003", PMS + "0dc8041f00e4000e00050002970003e9", FlippedBits::pms5003),
          frame("pms5003t", PMS + "0dc8041f00e4000e00d400e09a000599", FlippedBits::pms5003t),
          frame("sds011", "aac0d4043a0aa1601dab", FlippedBits::sds011),
          frame("multigas", "ff860007030001e06f", FlippedBits::multiGas),
          frame("ze03", "ff86000d2b01000041", FlippedBits::ze03),
          words("sht4x", Sht4x::decode, 26_350, 19_647),
          words("sht3x", Sht3x::decode, 26_350, 19_647),
          words("sgp41", FuzzedDecoder::sgp41, 30_123, 15_321),
          words("sps30 float", w -> Sps30.decode(Sps30.Format.FLOAT, w), SPS30),
          words(
              "sps30 integer",
              w -> Sps30.decode(Sps30.Format.INTEGER, w),
              new int[] {5, 9, 12, 13, 26, 37, 41, 42, 43, 834}),
          words(
              "sen55 values", w -> FuzzedDecoder.sen55(w, SEN5X_NUMBERS, SEN5X_RAW), SEN5X_VALUES),
          words(
              "sen55 numbers", w -> FuzzedDecoder.sen55(SEN5X_VALUES, w, SEN5X_RAW), SEN5X_NUMBERS),
          words("sen55 raw", w -> FuzzedDecoder.sen55(SEN5X_VALUES, SEN5X_NUMBERS, w), SEN5X_RAW),
          words(
              "sen66 values", w -> FuzzedDecoder.sen66(w, SEN66_NUMBERS, SEN66_RAW), SEN66_VALUES),
          words(
              "sen66 numbers", w -> FuzzedDecoder.sen66(SEN66_VALUES, w, SEN66_RAW), SEN66_NUMBERS),
          words("sen66 raw", w -> FuzzedDecoder.sen66(SEN66_VALUES, SEN66_NUMBERS, w), SEN66_RAW),
          words("dnms", Dnms::decode, 0x4289, 0x4ccd, 0x4248, 0x0000, 0x4296, 0x3333));

  private final String name;
  private final byte[] good;
  private final Decode decode;
  private final Map<Quantity, Double> readings;

  private FlippedBits(String name, byte[] good, Decode decode) {
    this.name = name;
    this.good = good;
    this.decode = decode;
    try {
      this.readings = decode.of(good.clone()).readings();
    } catch (IOException e) {
      throw new IllegalArgumentException(name + ": the good frame is refused", e);
    }
    if (readings.isEmpty()) {
      throw new IllegalArgumentException(name + ": the good frame has no readings");
    }
  }

  private static FlippedBits frame(String name, String hex, Decode decode) {
    return new FlippedBits(name, HexFormat.of().parseHex(hex), decode);
  }

  private static FlippedBits words(String name, FuzzedDecoder.Words decode, int... good) {
    byte[] bytes = new byte[3 * good.length];
    for (int i = 0; i < good.length; i++) {
      bytes[3 * i] = (byte) (good[i] >> 8);
      bytes[3 * i + 1] = (byte) good[i];
    }
    return new FlippedBits(
        name,
        FuzzedDecoder.sealWords(bytes),
        frame -> FuzzedDecoder.decode(frame, good.length, decode));
  }

  /** Returns the part and the kind of its frames. */
  String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Flips each bit once. */
  Counts flipEach() {
    Counts counts = new Counts(0, 0, 0, 0);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      counts = counts.add(outcome(bit));
    }
    return counts;
  }

  /** Flips two different bits of each of so many frames. */
  Counts flipPairs(long frames, SplittableRandom random) {
    Counts counts = new Counts(0, 0, 0, 0);
    int bits = 8 * good.length;
    for (long i = 0; i < frames; i++) {
      int first = random.nextInt(bits);
      int second = (first + 1 + random.nextInt(bits - 1)) % bits;
      counts = counts.add(outcome(first, second));
    }
    return counts;
  }

  private int outcome(int... bits) {
    byte[] frame = good.clone();
    for (int bit : bits) {
      frame[bit / 8] ^= (byte) (1 << bit % 8);
    }
    Map<Quantity, Double> found;
    try {
      found = decode.of(frame).readings();
    } catch (IOException e) {
      return 0;
    }
    if (!readings.entrySet().containsAll(found.entrySet())) {
      return 3;
    }
    return found.size() == readings.size() ? 1 : 2;
  }

  /** Decodes by a cell that has recognised its model. */
  private static Sample plantower(byte[] bytes, PlantowerModel model) throws FrameException {
    byte[] frame = FuzzedDecoder.found(PlantowerFrame.finder(), bytes);
    return PlantowerCell.decode(frame, Optional.of(model)).build();
  }

  private static Sample pms5003(byte[] bytes) throws FrameException {
    return plantower(bytes, PlantowerModel.PMS5003);
  }

  private static Sample pms5003t(byte[] bytes) throws FrameException {
    return plantower(bytes, PlantowerModel.PMS5003T);
  }

  private static Sample sds011(byte[] bytes) throws FrameException {
    byte[] frame = FuzzedDecoder.found(Sds011Frame.finder(), bytes);
    return Sds011Frame.kind(frame) == Sds011Frame.VALUES
        ? Sds011Frame.decode(frame).build()
        : Sample.NOTHING;
  }

  private static Sample ze03(byte[] bytes) throws FrameException {
    byte[] frame = FuzzedDecoder.found(Ze03Frame.finder(), bytes);
    return Ze03Frame.command(frame) == Ze03Frame.GAS
        ? Ze03Frame.decode(Ze03Gas.SO2, frame).build()
        : Sample.NOTHING;
  }

  /** Decodes with the module's checksum known, which sums bytes 1 to 6. */
  private static Sample multiGas(byte[] frame) throws FrameException {
    MultiGasFrames frames = new MultiGasFrames();
    for (int i = 0; i < 3; i++) {
      frames.checked(0x86, HexFormat.of().parseHex("ff860007030001e06f"));
    }
    return MultiGas.decode(MultiGas.Gas.H2S, frames.checked(0x86, frame)).build();
  }
}
