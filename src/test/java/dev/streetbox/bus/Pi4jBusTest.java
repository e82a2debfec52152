package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.io.i2c.I2C;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the bus over a provider that throws Linux's errors, through Pi4J's real lock and wrapping.
 */
class Pi4jBusTest {
  private static final int SHT = 0x44;
  private static final int SPS = 0x69;

  private final List<String> log = new ArrayList<>();
  private final List<ScriptedI2cProvider> providers = new ArrayList<>();
  private final Kernel kernel = new Kernel();
  private final Pi4jBus bus =
      new Pi4jBus(
          1,
          () -> {
            providers.add(new ScriptedI2cProvider(kernel));
            return providers.get(providers.size() - 1);
          });

  /** Logs every transfer; fails the next one if a test set an error. */
  private final class Kernel implements ScriptedI2cProvider.I2cAdapter {
    private String selectFails = "";
    private String transferFails = "";
    private int missing;

    @Override
    public void select(int address) throws IOException {
      failIf(selectFails);
    }

    @Override
    public int write(int address, byte[] bytes) throws IOException {
      failIf(transferFails);
      log.add(Integer.toHexString(address) + " " + HexFormat.of().formatHex(bytes));
      return bytes.length - missing;
    }

    @Override
    public int read(int address, byte[] bytes) throws IOException {
      failIf(transferFails);
      Arrays.fill(bytes, (byte) 0xbe);
      return bytes.length - missing;
    }

    private void failIf(String text) throws IOException {
      if (!text.isEmpty()) {
        selectFails = "";
        transferFails = "";
        throw new IOException(text);
      }
    }
  }

  @AfterEach
  void close() {
    bus.close();
  }

  @Test
  void bytesGoToTheirPartAndComeBack() throws IOException {
    bus.port(SHT).write(0xfd);
    bus.port(SPS).write(0x00, 0x10, 0x03, 0x00, 0xac);
    assertArrayEquals(new byte[] {(byte) 0xbe, (byte) 0xbe}, bus.port(SHT).read(2));
    assertEquals(List.of("44 fd", "69 00100300ac"), log);
  }

  @Test
  void nothingIsOpenedBeforeTheFirstTransfer() {
    bus.port(SHT);
    assertTrue(providers.isEmpty());
  }

  @Test
  void aMissingAcknowledgeNamesBusPartAndCauseAndKeepsTheContext() throws IOException {
    kernel.transferFails = "Remote I/O error";
    BusException error = assertThrows(BusException.class, () -> bus.port(SPS).write(0x02, 0x02));
    assertEquals(
        "i2c-1 0x69 write failed: Remote I/O error (the part is missing, unpowered or busy)",
        error.getMessage());
    assertEquals(BusException.EREMOTEIO, error.errno());
    bus.port(SPS).write(0x02, 0x02);
    assertEquals(1, providers.size());
  }

  @Test
  void aShortReadIsABusFault() {
    kernel.missing = 1;
    BusException error = assertThrows(BusException.class, () -> bus.port(SHT).read(6));
    assertEquals("i2c-1 0x44 read was short: 5 of 6", error.getMessage());
  }

  @Test
  void aNegativeCountIsABusFault() {
    kernel.missing = 7;
    assertThrows(BusException.class, () -> bus.port(SHT).read(6));
  }

  @Test
  void afterAFailedSelectNoByteReachesThePartBefore() throws IOException {
    bus.port(SHT).write(0xfd);
    kernel.selectFails = "Device or resource busy";
    BusException error = assertThrows(BusException.class, () -> bus.port(SPS).write(0x01, 0x04));
    assertEquals(16, error.errno());
    assertFalse(error.isNack());
    bus.port(SPS).write(0xd3, 0x04);
    assertEquals(List.of("44 fd", "69 d304"), log);
    assertEquals(2, providers.size());
  }

  @Test
  void aHungBusIsReopenedForEveryPort() throws IOException {
    I2cPort sht = bus.port(SHT);
    sht.write(0xfd);
    kernel.transferFails = "Connection timed out";
    BusException error = assertThrows(BusException.class, () -> bus.port(SPS).read(3));
    assertEquals(110, error.errno());
    sht.write(0xfd);
    assertEquals(List.of("44 fd", "44 fd"), log);
    assertEquals(2, providers.size());
  }

  @Test
  void anUnknownErrorKeepsItsText() {
    kernel.transferFails = "Value too large for defined data type";
    BusException error = assertThrows(BusException.class, () -> bus.port(SHT).read(6));
    assertEquals(
        "i2c-1 0x44 read failed: Value too large for defined data type", error.getMessage());
    assertEquals(BusException.UNKNOWN, error.errno());
  }

  @Test
  void aBusThatAnotherThreadHoldsIsABusFaultAfterPi4jsOwnSecond() throws Exception {
    Holder holder = new Holder();
    BusException error = assertThrows(BusException.class, () -> bus.port(SHT).read(6));
    assertTrue(error.getMessage().contains("Failed to get I2C lock on bus 1"), error.toString());
    holder.release();
    assertEquals(6, bus.port(SHT).read(6).length);
  }

  @Test
  void anInterruptWhileWaitingForTheBusStaysAnInterrupt() throws Exception {
    Holder holder = new Holder();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> bus.port(SHT).read(6));
    assertTrue(Thread.interrupted());
    holder.release();
  }

  @Test
  void theErrorOfAMissingBusTellsHowToEnableI2c() {
    try (Pi4jBus none = Pi4jBus.linux(99)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        BusException error = assertThrows(BusException.class, () -> none.port(SPS).read(3));
        assertEquals("/dev/i2c-99 is missing: enable I2C (dtparam=i2c_arm=on)", error.getMessage());
        assertEquals(2, error.errno());
      }
    }
  }

  @Test
  void aBusWithoutPermissionNamesTheGroup() {
    kernel.transferFails =
        "Devfs validation failed for I2C bus 1: path '/dev/i2c-1' is not writable.";
    BusException error = assertThrows(BusException.class, () -> bus.port(SPS).read(3));
    assertEquals("/dev/i2c-1 is not permitted: add this user to group i2c", error.getMessage());
  }

  @Test
  void aRuntimeExceptionOfAProviderIsNotMadeAnIoException() {
    try (Pi4jBus broken =
        new Pi4jBus(
            1,
            () -> {
              throw new IllegalStateException("bug");
            })) {
      assertThrows(IllegalStateException.class, () -> broken.port(SHT).read(6));
    }
  }

  @Test
  void aReservedAddressIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> bus.port(0x07));
    assertThrows(IllegalArgumentException.class, () -> bus.port(0x78));
  }

  @Test
  void closingTwiceIsHarmlessAndAPortOpensTheBusAgain() throws IOException {
    bus.port(SHT).write(0xfd);
    bus.close();
    bus.close();
    bus.port(SHT).write(0xfd);
    assertEquals(2, providers.size());
  }

  /** Holds the bus's lock on another thread, as no code of the box does. */
  private final class Holder {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;

    Holder() throws Exception {
      bus.port(SHT).write(0xfd);
      I2C other = providers.get(0).other();
      CountDownLatch held = new CountDownLatch(1);
      thread =
          new Thread(
              () ->
                  other.execute(
                      () -> {
                        held.countDown();
                        done.await();
                        return true;
                      }));
      thread.start();
      held.await();
    }

    void release() throws InterruptedException {
      done.countDown();
      thread.join();
    }
  }
}
