package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;

/**
 * Decodes the frames of a Winsen ZE03, nine bytes each way (drivers FartCHECKER,
 * wokwi-chip-ze03-nh3 and uradmonitor_smoggie; no manual beyond its first page was read):
 *
 * <pre>
 * request        FF 01 command argument 0 0 0 0 checksum
 * concentration  FF 86 high low gas decimals b6 b7 checksum
 * mode           FF 78 done 0 0 0 0 0 checksum
 * </pre>
 *
 * <p>A concentration has one form, sent by itself or when asked. Whether gas and decimals are
 * filled in depends on the module's age: 0 says nothing. The checksum is the two's complement of
 * the sum of bytes 1 to 7.
 */
final class Ze03Frame {
  /** The bytes of a frame. */
  static final int LENGTH = 9;

  /** A concentration, and the request for one. */
  static final int GAS = 0x86;

  /** The change of the mode, and its reply. */
  static final int MODE = 0x78;

  private static final byte[] HEAD = {(byte) 0xFF};
  private static final int TO_MODULE = 0x01;
  private static final int DONE = 0x01;
  private static final int COMMAND_AT = 1;
  private static final int VALUE_AT = 2;
  private static final int GAS_AT = 4;
  private static final int DECIMALS_AT = 5;
  private static final int SUM_AT = 8;

  private Ze03Frame() {}

  /** Returns a search for frames of either kind. */
  static FrameFinder finder() {
    return new FrameFinder(HEAD, LENGTH, Ze03Frame::isWhole);
  }

  /** Returns whether 9 bytes are a frame of a module: start, command and checksum. */
  static boolean isWhole(byte[] bytes) {
    return bytes[0] == HEAD[0]
        && (command(bytes) == GAS || command(bytes) == MODE)
        && bytes[SUM_AT] == checksum(bytes);
  }

  /** Returns {@link #GAS} or {@link #MODE}. */
  static int command(byte[] frame) {
    return Byte.toUnsignedInt(frame[COMMAND_AT]);
  }

  /** Returns whether the reply to a change of the mode says that it was done. */
  static boolean isDone(byte[] frame) {
    return frame[VALUE_AT] == DONE;
  }

  /** Returns a request with its checksum. */
  static byte[] request(int command, int argument) {
    byte[] frame = {HEAD[0], TO_MODULE, (byte) command, (byte) argument, 0, 0, 0, 0, 0};
    frame[SUM_AT] = checksum(frame);
    return frame;
  }

  /**
   * Returns the concentration of a frame; outside the module's range it is none, and flagged.
   *
   * @param gas what the configuration says that the cell is for
   * @throws FrameException if the frame says that the cell is for another gas, or has other steps
   */
  static SampleBuilder decode(Ze03Gas gas, byte[] frame) throws FrameException {
    requireGas(gas, Byte.toUnsignedInt(frame[GAS_AT]));
    requireSteps(gas, Byte.toUnsignedInt(frame[DECIMALS_AT]));
    SampleBuilder builder = new SampleBuilder();
    double ppm = BigEndian.word(frame, VALUE_AT) / Math.pow(10, gas.decimals());
    builder.put(gas.quantity(), ppm, 0, gas.greatest());
    return builder;
  }

  private static void requireGas(Ze03Gas gas, int code) throws FrameException {
    if (code != 0 && code != gas.code()) {
      throw new FrameException(
          "ZE03: the module's cell is for %s (gas code %02x), not for %s: change gas, or the module"
              .formatted(Ze03Gas.name(code), code, gas));
    }
  }

  private static void requireSteps(Ze03Gas gas, int decimals) throws FrameException {
    if (decimals != 0 && decimals != gas.decimals()) {
      throw new FrameException(
          "ZE03: the module's numbers have %d decimals, where those of %s have %d here: its readings"
                  .formatted(decimals, gas, gas.decimals())
              + " would be wrong by a power of ten");
    }
  }

  private static byte checksum(byte[] frame) {
    byte sum = 0;
    for (int i = COMMAND_AT; i < SUM_AT; i++) {
      sum += frame[i];
    }
    return (byte) -sum;
  }
}
