package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Runs one decoder on random and mutated frames. The checks of frames are implemented here a second
 * time, so that a mistake in a driver's own is found. A new decoder is one entry in {@link #ALL};
 * {@code FuzzTest} tries each with 20,000 frames, {@code src/bench/fuzz} with ten million.
 */
final class FuzzedDecoder {
  /** Decodes the bytes of one frame. */
  interface Decode {
    /**
     * Returns the readings of the frame.
     *
     * @throws IOException a {@link FrameException}, if the frame is invalid
     */
    Sample of(byte[] frame) throws IOException;
  }

  private static final int[] CRC = table();

  private static final byte[] PLANTOWER =
      HexFormat.of().parseHex("424d001c00000008000800000008000800d20046002d001e00000000970002c5");

  private static final byte[] SDS011 = HexFormat.of().parseHex("aac0d4043a0aa1601dab");

  private static final byte[] MULTIGAS = HexFormat.of().parseHex("ff860007030001e06f");

  private static final byte[] ZE03 = HexFormat.of().parseHex("ff86000d2b01000041");

  /** Every decoder of frames with a checksum. */
  static final List<FuzzedDecoder> ALL =
      List.of(
          new FuzzedDecoder(
              "pms5003",
              PLANTOWER,
              FuzzedDecoder::isPlantower,
              FuzzedDecoder::sealPlantower,
              frame -> plantower(found(PlantowerFrame.finder(), frame))),
          new FuzzedDecoder(
              "pmsa003i",
              PLANTOWER,
              FuzzedDecoder::isPlantower,
              FuzzedDecoder::sealPlantower,
              frame -> plantower(Pmsa003i.requireFrame(frame))),
          new FuzzedDecoder(
              "sds011",
              SDS011,
              FuzzedDecoder::isSds011,
              FuzzedDecoder::sealSds011,
              frame -> Sds011Frame.decode(found(Sds011Frame.finder(), frame)).build()),
          new FuzzedDecoder(
              "multigas",
              MULTIGAS,
              FuzzedDecoder::isMultiGas,
              FuzzedDecoder::sealMultiGas,
              frame ->
                  MultiGas.decode(MultiGas.Gas.H2S, new MultiGasFrames().checked(0x86, frame))
                      .build()),
          new FuzzedDecoder(
              "ze03",
              ZE03,
              FuzzedDecoder::isZe03,
              FuzzedDecoder::sealZe03,
              frame -> Ze03Frame.decode(Ze03Gas.SO2, found(Ze03Frame.finder(), frame)).build()),
          sensirion("sht4x", 2, Sht4x::decode),
          sensirion("sht3x", 2, Sht3x::decode),
          sensirion("sgp41", 2, FuzzedDecoder::sgp41),
          sensirion("sps30 float", 20, words -> Sps30.decode(Sps30.Format.FLOAT, words)),
          sensirion("sps30 integer", 10, words -> Sps30.decode(Sps30.Format.INTEGER, words)),
          sensirion("sen55 values", 8, words -> sen55(words, new int[10], new int[4])),
          sensirion("sen55 numbers", 10, words -> sen55(new int[8], words, new int[4])),
          sensirion("sen55 raw", 4, words -> sen55(new int[8], new int[10], words)),
          sensirion("sen55 status", 2, words -> new SampleBuilder()),
          sensirion("sen66 values", 9, words -> sen66(words, new int[5], new int[5])),
          sensirion("sen66 numbers", 5, words -> sen66(new int[9], words, new int[5])),
          sensirion("sen66 raw", 5, words -> sen66(new int[9], new int[5], words)),
          sensirion("dnms", 6, Dnms::decode));

  private final String name;
  private final byte[] good;
  private final Predicate<byte[]> isValid;
  private final UnaryOperator<byte[]> seal;
  private final Decode decode;

  /**
   * Creates a decoder with its check.
   *
   * @param name the part, and the kind of its frames
   * @param good a valid frame
   * @param isValid accepts a frame whose start, length and checksums are right
   * @param seal sets start and checksums of a frame and leaves the rest
   * @param decode the driver's decoder
   */
  FuzzedDecoder(
      String name,
      byte[] good,
      Predicate<byte[]> isValid,
      UnaryOperator<byte[]> seal,
      Decode decode) {
    this.name = name;
    this.good = good.clone();
    this.isValid = isValid;
    this.seal = seal;
    this.decode = decode;
  }

  /** Returns the same decoder, but one that accepts every frame. */
  FuzzedDecoder acceptingEverything() {
    return new FuzzedDecoder(name, good, isValid, seal, frame -> Sample.NOTHING);
  }

  /** Returns the part and the kind of its frames. */
  String name() {
    return name;
  }

  /** Decodes checked words. */
  interface Words {
    /** Returns the readings of the words. */
    SampleBuilder of(int[] words);
  }

  /** Returns a decoder of words with a CRC-8 each, read through the port that checks them. */
  static FuzzedDecoder sensirion(String name, int count, Words words) {
    return new FuzzedDecoder(
        name,
        sealWords(new byte[3 * count]),
        FuzzedDecoder::areWords,
        FuzzedDecoder::sealWords,
        frame -> decode(frame, count, words));
  }

  /** Decodes words with a CRC-8 each, read through the port that checks them. */
  static Sample decode(byte[] frame, int count, Words words) throws IOException {
    SensirionPort port = new SensirionPort("part", answering(frame), new ScriptedTime());
    return words.of(port.read(SensirionCommand.ofMillis(0, 0), count)).build();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Tries a random or mutated frame, or one of random content with right checksums. */
  void tryOne(SplittableRandom random) {
    byte[] frame = frame(random);
    boolean valid = isValid.test(frame);
    try {
      decode.of(frame);
    } catch (FrameException e) {
      check(!valid, frame, "was refused: " + e.getMessage());
      return;
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(name + ": " + HexFormat.of().formatHex(frame), e);
    }
    check(valid, frame, "was accepted");
  }

  private void check(boolean right, byte[] frame, String what) {
    if (!right) {
      throw new AssertionError(name + ": " + HexFormat.of().formatHex(frame) + " " + what);
    }
  }

  private byte[] frame(SplittableRandom random) {
    byte[] frame = good.clone();
    switch (random.nextInt(6)) {
      case 0 -> random.nextBytes(frame);
      case 1 -> flip(frame, random, 1);
      case 2 -> flip(frame, random, random.nextInt(2, 9));
      case 3 -> frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      case 4 -> Arrays.fill(frame, random.nextInt(frame.length), frame.length, (byte) ends(random));
      default -> {
        random.nextBytes(frame);
        frame = seal.apply(frame);
        if (random.nextBoolean()) {
          flip(frame, random, 1);
        }
      }
    }
    return frame;
  }

  /** Returns the byte that a bus held low, or one without a driver, reads. */
  private static int ends(SplittableRandom random) {
    return random.nextBoolean() ? 0x00 : 0xff;
  }

  private static void flip(byte[] frame, SplittableRandom random, int bits) {
    for (int i = 0; i < bits; i++) {
      frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private static Sample plantower(byte[] frame) {
    return PlantowerCell.decode(frame, Optional.of(PlantowerModel.PMS5003)).build();
  }

  static SampleBuilder sen55(int[] values, int[] numbers, int[] raw) {
    Sen55Words words = new Sen55Words(values, numbers, raw);
    SampleBuilder builder = new SampleBuilder();
    words.putParticles(builder);
    words.putAir(builder);
    words.putGas(builder);
    return builder;
  }

  static SampleBuilder sen66(int[] values, int[] numbers, int[] raw) {
    Sen66Words words = new Sen66Words(values, numbers, raw);
    SampleBuilder builder = new SampleBuilder();
    words.putParticles(builder);
    words.putAir(builder);
    words.putIndices(builder);
    words.putCo2(builder);
    return builder;
  }

  static SampleBuilder sgp41(int[] words) {
    SampleBuilder builder = new SampleBuilder();
    new GasPixel(Gas.VOC, Quantity.VOC_RAW, Quantity.VOC_INDEX).take(words[0], 0, builder);
    new GasPixel(Gas.NOX, Quantity.NOX_RAW, Quantity.NOX_INDEX).take(words[1], 0, builder);
    return builder;
  }

  static byte[] found(FrameFinder finder, byte[] bytes) throws FrameException {
    List<byte[]> frames = finder.add(bytes, bytes.length);
    if (frames.isEmpty()) {
      throw new FrameException("no frame");
    }
    return frames.get(0);
  }

  private static I2cPort answering(byte[] frame) {
    return new I2cPort() {
      @Override
      public void write(int... bytes) {}

      @Override
      public byte[] read(int count) {
        return frame;
      }
    };
  }

  private static boolean isPlantower(byte[] frame) {
    return Arrays.equals(frame, sealPlantower(frame.clone()));
  }

  private static byte[] sealPlantower(byte[] frame) {
    byte[] sealed = frame.clone();
    System.arraycopy(PLANTOWER, 0, sealed, 0, 4);
    int sum = 0;
    for (int i = 0; i < 30; i++) {
      sum += sealed[i] & 0xff;
    }
    sealed[30] = (byte) (sum >>> 8);
    sealed[31] = (byte) sum;
    return sealed;
  }

  private static boolean isSds011(byte[] frame) {
    return Arrays.equals(frame, sealSds011(frame));
  }

  /** Sets start, end and sum of a frame of values, or of a reply if the second byte is C5. */
  private static byte[] sealSds011(byte[] frame) {
    byte[] sealed = frame.clone();
    sealed[0] = (byte) 0xaa;
    sealed[1] = (byte) (frame[1] == (byte) 0xc5 ? 0xc5 : 0xc0);
    sealed[8] = (byte) (frame[2] + frame[3] + frame[4] + frame[5] + frame[6] + frame[7]);
    sealed[9] = (byte) 0xab;
    return sealed;
  }

  /** Returns whether either sum is right, the gas H2S, and the decimals at most two. */
  private static boolean isMultiGas(byte[] frame) {
    byte six = sumOfSix(frame);
    boolean summed = frame[8] == (byte) -six || frame[8] == (byte) -(six + frame[7]);
    boolean begins = frame[0] == (byte) 0xff && frame[1] == (byte) 0x86;
    return summed && begins && frame[4] == 3 && frame[5] >= 0 && frame[5] <= 2;
  }

  /** Sets start, gas, decimals and one of the two sums. */
  private static byte[] sealMultiGas(byte[] frame) {
    byte[] sealed = frame.clone();
    sealed[0] = (byte) 0xff;
    sealed[1] = (byte) 0x86;
    sealed[4] = 3;
    sealed[5] = (byte) (frame[5] & 1);
    sealed[8] = (byte) -(sumOfSix(sealed) + (frame[2] > 0 ? sealed[7] : 0));
    return sealed;
  }

  /**
   * Nine bytes that cancel out but for the start; a cell for SO2 or none told, one decimal or none.
   */
  private static boolean isZe03(byte[] frame) {
    boolean begins = frame[0] == (byte) 0xff && frame[1] == (byte) 0x86;
    boolean sums = frame[8] == (byte) -(sumOfSix(frame) + frame[7]);
    return begins && sums && (frame[4] == 0 || frame[4] == 0x2b) && (frame[5] & 0xfe) == 0;
  }

  private static byte[] sealZe03(byte[] frame) {
    byte[] sealed = frame.clone();
    sealed[0] = (byte) 0xff;
    sealed[1] = (byte) 0x86;
    sealed[4] = (byte) (frame[4] > 0 ? 0x2b : 0);
    sealed[5] = (byte) (frame[5] & 1);
    sealed[8] = (byte) -(sumOfSix(sealed) + sealed[7]);
    return sealed;
  }

  private static byte sumOfSix(byte[] frame) {
    return (byte) (frame[1] + frame[2] + frame[3] + frame[4] + frame[5] + frame[6]);
  }

  private static boolean areWords(byte[] frame) {
    return Arrays.equals(frame, sealWords(frame));
  }

  /** Sets the CRC-8 of each word from a table: polynomial 0x31, start 0xFF. */
  static byte[] sealWords(byte[] frame) {
    byte[] sealed = frame.clone();
    for (int at = 0; at + 2 < sealed.length; at += 3) {
      int high = CRC[0xff ^ (sealed[at] & 0xff)];
      sealed[at + 2] = (byte) CRC[high ^ (sealed[at + 1] & 0xff)];
    }
    return sealed;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int value = 0; value < table.length; value++) {
      int crc = value;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ (crc >= 0x80 ? 0x131 : 0);
      }
      table[value] = crc;
    }
    return table;
  }
}
