package dev.streetbox.driver;

import dev.streetbox.bus.FrameException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

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
 * which sum a module uses, so both are accepted until a reply fits only one of them; from then on
 * only that one is accepted. Used by the bus's thread.
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

  private final Set<Span> possibleSpans = EnumSet.allOf(Span.class);

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
    Set<Span> fitting = EnumSet.copyOf(possibleSpans);
    fitting.removeIf(span -> !span.fits(frame));
    if (fitting.isEmpty()) {
      throw new FrameException(
          "MultiGas: wrong checksum in "
              + HexFormat.of().formatHex(frame)
              + ": noise on the wires");
    }
    possibleSpans.retainAll(fitting);
    return frame;
  }

  /** Accepts both checksums again, because another module may have been connected. */
  void reset() {
    possibleSpans.addAll(EnumSet.allOf(Span.class));
  }

  private static int checksum(byte[] frame, int last) {
    int sum = 0;
    for (int i = 1; i <= last; i++) {
      sum += frame[i];
    }
    return -sum & 0xff;
  }
}
