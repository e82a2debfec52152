package dev.streetbox.board;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.I2cPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Plays the USB device i2c-tiny-usb (Till Harbaum), which Linux's driver i2c-tiny-usb turns into an
 * I2C adapter. Each message of a transfer is a control transfer, and one transaction at the part.
 * Used by one thread.
 */
final class I2cTinyUsb {
  /** Vendor and product that the kernel's driver asks for, USB 1.1, one configuration. */
  private static final byte[] DEVICE =
      bytes(18, 1, 0x10, 0x01, 0xff, 0, 0, 64, 0x40, 0x1c, 0x34, 0x05, 0x05, 0x02, 0, 1, 0, 1);

  /** One interface without endpoints but the control endpoint. */
  private static final byte[] CONFIGURATION =
      bytes(9, 2, 18, 0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0, 0, 0xff, 0, 0, 0);

  private static final byte[] LANGUAGES = bytes(4, 3, 0x09, 0x04);
  private static final byte[] NONE = {};
  private static final int VENDOR_REQUEST = 0x40;
  private static final int KIND_OF_REQUEST = 0x60;

  /** Says that the adapter knows plain I2C and SMBus emulated with it (linux/i2c.h, I2C_FUNC_…). */
  private static final int FUNCTIONS = 0x0eff0001;

  private static final int READ_FLAG = 1;
  private static final int STATUS_ACKNOWLEDGED = 1;
  private static final int STATUS_NOT_ACKNOWLEDGED = 2;

  private final IntFunction<I2cPort> ports;
  private int status;

  /**
   * Makes the device.
   *
   * @param ports the port to the simulated part at an address
   */
  I2cTinyUsb(IntFunction<I2cPort> ports) {
    this.ports = ports;
  }

  /**
   * Holds the setup packet of a control transfer (USB 2.0, 9.3).
   *
   * @param type bmRequestType
   * @param request bRequest
   * @param value wValue
   * @param index wIndex
   * @param length wLength, the number of bytes of the data stage
   */
  record Setup(int type, int request, int value, int index, int length) {}

  /** Reports that the device refuses a control transfer, which the host sees as a stall. */
  static final class StallException extends IOException {
    private static final long serialVersionUID = 1L;

    private StallException(Setup setup) {
      super("not supported: " + setup);
    }
  }

  /**
   * Executes a control transfer and returns the bytes for the host.
   *
   * @param data the bytes from the host
   * @return empty if the device never answers, because a part holds the bus
   */
  Optional<byte[]> control(Setup setup, byte[] data) throws StallException {
    return (setup.type & KIND_OF_REQUEST) == VENDOR_REQUEST
        ? vendor(setup, data)
        : Optional.of(standard(setup));
  }

  private Optional<byte[]> vendor(Setup setup, byte[] data) throws StallException {
    return switch (setup.request) {
      case 0 -> Optional.of(bytes(setup.value, setup.value >> 8)); // echo
      case 1 -> Optional.of(littleEndian(FUNCTIONS));
      case 2 -> Optional.of(NONE); // the clock's delay, which a simulated bus does not need
      case 3 -> Optional.of(bytes(status));
      case 4, 5, 6, 7 -> message(setup, data);
      default -> throw new StallException(setup);
    };
  }

  /** Executes one message at the part of its address, and keeps whether it was acknowledged. */
  private Optional<byte[]> message(Setup setup, byte[] data) {
    boolean reads = (setup.value & READ_FLAG) != 0;
    try {
      I2cPort part = ports.apply(setup.index);
      byte[] answer = NONE;
      if (reads) {
        answer = part.read(setup.length);
      } else {
        part.write(ints(data));
      }
      status = STATUS_ACKNOWLEDGED;
      return Optional.of(answer);
    } catch (BusException e) {
      status = STATUS_NOT_ACKNOWLEDGED;
      return e.isTimeout() ? Optional.empty() : Optional.of(new byte[reads ? setup.length : 0]);
    } catch (IOException | IllegalArgumentException e) { // the address is reserved
      status = STATUS_NOT_ACKNOWLEDGED;
      return Optional.of(new byte[reads ? setup.length : 0]);
    }
  }

  private static byte[] standard(Setup setup) throws StallException {
    return switch (setup.request) {
      case 0 -> bytes(0, 0); // GET_STATUS
      case 1, 3, 5, 9, 11 -> NONE; // features, address, configuration, interface
      case 6 -> descriptor(setup);
      default -> throw new StallException(setup);
    };
  }

  private static byte[] descriptor(Setup setup) throws StallException {
    return switch (setup.value >> 8) {
      case 1 -> DEVICE;
      case 2 -> CONFIGURATION;
      case 3 -> (setup.value & 0xff) == 0 ? LANGUAGES : name();
      default -> throw new StallException(setup);
    };
  }

  private static byte[] name() {
    byte[] text = "streetbox".getBytes(StandardCharsets.UTF_16LE);
    return ByteBuffer.allocate(2 + text.length)
        .put((byte) (2 + text.length))
        .put((byte) 3)
        .put(text)
        .array();
  }

  private static byte[] littleEndian(int word) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(word).array();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static int[] ints(byte[] bytes) {
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return values;
  }
}
