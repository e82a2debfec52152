package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the serial port on real pseudo terminals, whose other end is another process. */
class UartPortIT implements SerialPortContract {
  @TempDir private Path folder;

  private Path tty() {
    return folder.resolve("ttyUSB0");
  }

  @Override
  public SerialPort port() {
    return new UartPort(tty(), 9600);
  }

  @Override
  public FarEnd farEnd() throws IOException {
    return new Pty(tty(), false);
  }

  @Test
  void theErrorOfAMissingPathNamesTheRemedy() {
    BusException error = assertThrows(BusException.class, () -> port().open());
    assertEquals(
        tty()
            + " is missing: plug the part in, and name its port by /dev/serial/by-id, because the"
            + " number changes",
        error.getMessage());
    Path fixed = folder.resolve("serial0");
    error = assertThrows(BusException.class, () -> new UartPort(fixed, 9600).open());
    assertEquals(
        fixed + " is missing: plug the part in, or enable the UART (enable_uart=1)",
        error.getMessage());
  }

  @Test
  void aPortThatAnotherProcessHoldsIsTaken() throws IOException {
    Pty held = new Pty(tty(), true);
    BusException error = assertThrows(BusException.class, () -> port().open());
    assertEquals(
        tty() + " is taken: stop the serial console or the other program", error.getMessage());
    held.close();
  }

  @Test
  void aPortThatThisProcessHoldsIsTakenUntilItIsClosed() throws IOException {
    try (FarEnd far = farEnd();
        SerialPort second = port()) {
      try (SerialPort first = port()) {
        first.open();
        assertThrows(BusException.class, second::open);
      }
      second.open();
      far.send((byte) 9);
      assertEquals(1, second.read(new byte[4], PATIENCE));
    }
  }

  @Test
  void bytesReceivedBeforeTheOpeningAreRead() throws IOException {
    try (FarEnd far = farEnd();
        SerialPort port = port()) {
      far.send((byte) 5, (byte) 6);
      port.open();
      assertEquals(2, port.read(new byte[4], PATIENCE));
    }
  }

  @Test
  void aFileThatIsNoTtyIsABusFault() throws IOException {
    Files.createFile(tty());
    BusException error = assertThrows(BusException.class, () -> port().open());
    assertEquals(tty() + " cannot be opened as a tty (errno 25)", error.getMessage());
  }

  @Test
  void aWriteAfterTheHangUpIsABusFault() throws IOException {
    try (SerialPort port = port()) {
      try (FarEnd far = farEnd()) {
        port.open();
        port.write(new byte[] {1});
        far.receive(1);
      }
      BusException error = assertThrows(BusException.class, () -> port.write(new byte[] {1}));
      assertEquals(tty() + " hung up: the adapter was pulled out or reset", error.getMessage());
    }
  }
}
