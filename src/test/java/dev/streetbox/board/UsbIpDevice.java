package dev.streetbox.board;

import dev.streetbox.board.I2cTinyUsb.Setup;
import dev.streetbox.board.I2cTinyUsb.StallException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Answers the kernel's vhci-hcd on one TCP connection as a USB device that is plugged in (Linux,
 * Documentation/usb/usbip_protocol.rst). Without the protocol's handshake: the board hands the
 * connected socket to its kernel itself. Only control transfers.
 */
final class UsbIpDevice {
  private static final int HEADER_BYTES = 48;
  private static final int SUBMIT = 1;
  private static final int UNLINK = 2;
  private static final int SUBMITTED = 3;
  private static final int UNLINKED = 4;
  private static final int SENT_BY_HOST = 0;
  private static final int EPIPE = 32;
  private static final int ECONNRESET = 104;

  private final I2cTinyUsb device;

  /** Makes the link to a device. */
  UsbIpDevice(I2cTinyUsb device) {
    this.device = device;
  }

  /**
   * Answers requests until the board unplugs the device.
   *
   * @throws IOException when the connection ends
   */
  void serve(Socket connection) throws IOException {
    connection.setTcpNoDelay(true);
    DataInputStream in = new DataInputStream(connection.getInputStream());
    OutputStream out = connection.getOutputStream();
    while (true) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES));
      if (header.limit() < HEADER_BYTES) {
        throw new IOException("unplugged");
      }
      int command = header.getInt(0);
      int sequence = header.getInt(4);
      if (command == UNLINK) {
        out.write(answer(UNLINKED, sequence, -ECONNRESET, 0, new byte[0]));
      } else if (command == SUBMIT) {
        submit(header, sequence, in, out);
      } else {
        throw new IOException("USB/IP has no command " + command);
      }
    }
  }

  private void submit(ByteBuffer header, int sequence, DataInputStream in, OutputStream out)
      throws IOException {
    boolean fromHost = header.getInt(12) == SENT_BY_HOST;
    int length = header.getInt(24);
    byte[] data = fromHost ? in.readNBytes(length) : new byte[0];
    try {
      Optional<byte[]> answer = device.control(setup(header), data);
      if (answer.isPresent()) {
        byte[] given = Arrays.copyOf(answer.get(), Math.min(answer.get().length, length));
        out.write(
            fromHost
                ? answer(SUBMITTED, sequence, 0, data.length, new byte[0])
                : answer(SUBMITTED, sequence, 0, given.length, given));
      }
    } catch (StallException e) {
      out.write(answer(SUBMITTED, sequence, -EPIPE, 0, new byte[0]));
    }
  }

  /** Returns the setup packet, which is the end of the header and in USB's byte order. */
  private static Setup setup(ByteBuffer header) {
    ByteBuffer packet = header.slice(40, 8).order(ByteOrder.LITTLE_ENDIAN);
    return new Setup(
        Byte.toUnsignedInt(packet.get(0)),
        Byte.toUnsignedInt(packet.get(1)),
        Short.toUnsignedInt(packet.getShort(2)),
        Short.toUnsignedInt(packet.getShort(4)),
        Short.toUnsignedInt(packet.getShort(6)));
  }

  private static byte[] answer(int command, int sequence, int status, int length, byte[] data) {
    return ByteBuffer.allocate(HEADER_BYTES + data.length)
        .putInt(0, command)
        .putInt(4, sequence)
        .putInt(20, status)
        .putInt(24, command == SUBMITTED ? length : 0)
        .put(HEADER_BYTES, data)
        .array();
  }
}
