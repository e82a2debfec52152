package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import java.util.HexFormat;

/**
 * Builds requests to and checks replies of a DFRobot MultiGas module, nine bytes each (DFRobot wiki
 * SEN0465 to SEN0476, "communication protocol"):
 *
 * <pre>
 * request  FF 01 command a b c d e checksum
 * reply    FF command b2 b3 b4 b5 b6 b7 checksum
 * </pre>
 *
 * <p>The checksum is the two's complement of a sum. DFRobot's own library sums bytes 1 to 6, the
 * document of the module's maker bytes 1 to 7; the sums agree while byte 7 is 0. It is unknown
 * which sum a module uses, and a single flipped bit can make a reply fit the other sum. So replies
 * decide that fit only one of them: the first sum that is three such replies ahead is the module's.
 * Until then no value is proven by a reply that fits only one sum. If later three such replies in a
 * row fit only the other sum, that one is the module's. Used by the bus's thread.
 */
final class MultiGasFrames {
  static final int LENGTH = 9;

  private static final int START = 0xFF;
  private static final int REQUEST = 0x01;

  /** Names the bytes that a checksum covers. */
  private enum Span {
    ONE_TO_SIX(6),
    ONE_TO_SEVEN(7);

    private final int last;

    Span(int last) {
      this.last = last;
    }

    private boolean fits(byte[] frame) {
      return frame[LENGTH - 1] == (byte) checksum(frame, last);
    }
  }

  /** Lead of replies, or length of a row of them, that decides on a sum. */
  private static final int DECISIVE = 3;

  private Span settled; // null before the module's sum is known
  private int lead; // replies that fit only bytes 1 to 7, less those that fit only bytes 1 to 6

  /** Returns a request with its checksum; the four bytes after the argument are 0. */
  static int[] request(int command, int argument) {
    byte[] frame = {(byte) START, REQUEST, (byte) command, (byte) argument, 0, 0, 0, 0, 0};
    int[] bytes = new int[LENGTH];
    for (int i = 0; i < LENGTH - 1; i++) {
      bytes[i] = Byte.toUnsignedInt(frame[i]);
    }
    bytes[LENGTH - 1] = checksum(frame, 6);
    return bytes;
  }

  /**
   * Returns the reply unchanged, if it answers that command and its checksum is right.
   *
   * @throws FrameException if it does not. The start is checked because nine zeros have a right
   *     checksum, and because a module whose reply begins two bytes late (DFRobot_MultiGasSensor,
   *     issue 5) gives values such as 11009 ppm
   */
  byte[] checked(int command, byte[] frame) throws FrameException {
    if (Byte.toUnsignedInt(frame[0]) != START || Byte.toUnsignedInt(frame[1]) != command) {
      throw new FrameException(
          String.format(
              "MultiGas: %s does not begin with ff %02x: not ready, out of step, or another part",
              HexFormat.of().formatHex(frame), command));
    }
    boolean six = Span.ONE_TO_SIX.fits(frame);
    boolean seven = Span.ONE_TO_SEVEN.fits(frame);
    if (six != seven) {
      count(seven ? Span.ONE_TO_SEVEN : Span.ONE_TO_SIX);
    }
    boolean right = settled == null ? six || seven : settled.fits(frame);
    if (!right) {
      throw new FrameException(
          "MultiGas: wrong checksum in "
              + HexFormat.of().formatHex(frame)
              + ": noise on the wires");
    }
    return frame;
  }

  /** Returns whether a checked reply's values are proven: by the module's sum, or by both sums. */
  boolean proves(byte[] frame) {
    return settled != null || (Span.ONE_TO_SIX.fits(frame) && Span.ONE_TO_SEVEN.fits(frame));
  }

  /** Forgets the module's sum, because another module may have been connected. */
  void reset() {
    settled = null;
    lead = 0;
  }

  private void count(Span only) {
    if (only == settled) {
      lead = 0;
      return;
    }
    lead += only == Span.ONE_TO_SEVEN ? 1 : -1;
    if (Math.abs(lead) >= DECISIVE) {
      settled = lead > 0 ? Span.ONE_TO_SEVEN : Span.ONE_TO_SIX;
      lead = 0;
    }
  }

  private static int checksum(byte[] frame, int last) {
    int sum = 0;
    for (int i = 1; i <= last; i++) {
      sum += frame[i];
    }
    return -sum & 0xff;
  }
}
