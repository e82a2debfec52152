package dev.streetbox.board;

import dev.streetbox.bus.SerialPort;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Connects a simulated serial part to a UART of the board, whose wires are a Unix socket of QEMU.
 * Reads at once what the board sends, because QEMU stops whole while nobody reads.
 */
final class SerialWire {
  private static final Duration TURN = Duration.ofMillis(50);

  private final SerialPort part;
  private final Path socket;

  /** Makes the wire, not connected. */
  SerialWire(SerialPort part, Path socket) {
    this.part = part;
    this.socket = socket;
  }

  /**
   * Carries bytes in both directions until the board ends.
   *
   * @throws IOException when the connection ends, or if there is no board
   */
  void carry() throws IOException {
    try (SocketChannel board = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      board.setOption(StandardSocketOptions.SO_SNDBUF, 2_304); // holds no old frames
      board.configureBlocking(false);
      part.open();
      ByteBuffer fromBoard = ByteBuffer.allocate(4_096);
      byte[] fromPart = new byte[4_096];
      while (true) {
        int count = part.read(fromPart, TURN);
        // What the board does not take is lost, as on a UART that nobody reads.
        board.write(ByteBuffer.wrap(fromPart, 0, count));
        count = board.read(fromBoard.clear());
        if (count < 0) {
          throw new IOException("the board ended");
        }
        if (count > 0) {
          part.write(Arrays.copyOf(fromBoard.array(), count));
        }
      }
    } finally {
      part.close();
    }
  }
}
