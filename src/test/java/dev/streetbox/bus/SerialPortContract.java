package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Tests the behaviour of every real {@link SerialPort}, against a real other end. */
interface SerialPortContract {
  Duration PATIENCE = Duration.ofSeconds(20);
  Duration SHORT = Duration.ofMillis(1);

  /** Controls the other end of the line. */
  interface FarEnd extends AutoCloseable {
    void send(byte... bytes) throws IOException;

    byte[] receive(int count) throws IOException;

    /** Hangs up. */
    @Override
    void close() throws IOException;
  }

  /** Starts the other end, at the place of {@link #port}. */
  FarEnd farEnd() throws IOException;

  /** Returns the port under test, closed. */
  SerialPort port();

  @Test
  default void bytesGoBothWaysUnchanged() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    try (FarEnd far = farEnd();
        SerialPort port = port()) {
      port.open();
      port.write(all);
      assertArrayEquals(all, far.receive(all.length));
      far.send(all);
      assertArrayEquals(all, receive(port, all.length));
    }
  }

  @Test
  default void openingAnOpenPortDoesNothing() throws IOException {
    try (FarEnd far = farEnd();
        SerialPort port = port()) {
      port.open();
      port.open();
      port.write(new byte[] {1});
      assertArrayEquals(new byte[] {1}, far.receive(1));
    }
  }

  @Test
  default void noByteWithinTheWaitIsZeroBytes() throws IOException {
    try (FarEnd far = farEnd();
        SerialPort port = port()) {
      port.open();
      assertEquals(0, port.read(new byte[8], SHORT));
      assertEquals(0, port.read(new byte[8], Duration.ZERO));
      far.send((byte) 7);
      assertArrayEquals(new byte[] {7}, receive(port, 1));
    }
  }

  @Test
  default void noMoreBytesComeThanTheBufferTakes() throws IOException {
    try (FarEnd far = farEnd();
        SerialPort port = port()) {
      port.open();
      far.send((byte) 1, (byte) 2, (byte) 3);
      byte[] one = new byte[1];
      for (int i = 1; i <= 3; i++) {
        assertEquals(1, port.read(one, PATIENCE));
        assertEquals(i, one[0]);
      }
    }
  }

  @Test
  default void aPortThatIsNotOpenIsABusFault() {
    SerialPort port = port();
    assertThrows(BusException.class, () -> port.read(new byte[1], SHORT));
    assertThrows(BusException.class, () -> port.write(new byte[1]));
    port.close();
  }

  @Test
  default void openingWithoutAFarEndIsABusError() {
    SerialPort port = port();
    assertThrows(BusException.class, port::open);
    assertThrows(BusException.class, () -> port.read(new byte[1], SHORT));
  }

  @Test
  default void aHangUpIsABusFaultAndThePortOpensAgain() throws IOException {
    try (SerialPort port = port()) {
      for (int round = 1; round <= 3; round++) {
        try (FarEnd far = farEnd()) {
          port.open();
          far.send((byte) round);
          assertArrayEquals(new byte[] {(byte) round}, receive(port, 1));
        }
        assertThrows(BusException.class, () -> receive(port, 1));
        BusException closed = assertThrows(BusException.class, () -> port.read(new byte[1], SHORT));
        assertEquals(true, closed.getMessage().endsWith("is not open"));
      }
    }
  }

  private static byte[] receive(SerialPort port, int count) throws IOException {
    byte[] all = new byte[count];
    byte[] part = new byte[count];
    for (int filled = 0; filled < count; ) {
      int read = port.read(part, PATIENCE);
      if (read == 0) {
        return Arrays.copyOf(all, filled);
      }
      System.arraycopy(part, 0, all, filled, read);
      filled += read;
    }
    return all;
  }
}
