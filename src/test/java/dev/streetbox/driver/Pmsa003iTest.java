package dev.streetbox.driver;

import static dev.streetbox.driver.PlantowerFrameTest.CAPTURED;
import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static dev.streetbox.measure.Quality.PM_FAULT;
import static dev.streetbox.measure.Quality.PM_STUCK;
import static dev.streetbox.measure.Quality.PM_WARMUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests with the UART's captured frames, read from registers: the manual V2.6 gives both the same
 * layout.
 */
class Pmsa003iTest {
  /** PyPMS PMSx003.hexdump, a later frame: 1.8 instead of 2.1 particles above 0.3 µm. */
  private static final String LATER =
      "424d001c00000006000600000006000600b4003c001d0015000000009700027c";

  /** All zero, its sum right: not yet measuring. */
  private static final String WAKING =
      "424d001c000000000000000000000000000000000000000000000000000000ab";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Pmsa003i sensor = new Pmsa003i(port, time);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private Sample read(String frame) throws IOException {
    port.read(frame);
    return sensor.read();
  }

  private void warm() throws IOException {
    port.read(CAPTURED);
    sensor.start();
    assertEquals(Set.of(PM_WARMUP), read(CAPTURED).flags());
    time.pass(Duration.ofSeconds(30));
  }

  @Test
  void theRegistersHoldTheFrameOfTheUart() throws IOException {
    warm();
    Sample sample = read(LATER);
    assertEquals(
        Map.of(
            Quantity.PM1, 0.0,
            Quantity.PM2_5, 6.0,
            Quantity.PM10, 6.0,
            Quantity.NC0_3, 1.8,
            Quantity.NC0_5, 0.6,
            Quantity.NC1, 0.29,
            Quantity.NC2_5, 0.21,
            Quantity.NC5, 0.0,
            Quantity.NC10, 0.0),
        sample.readings());
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void theFirstHalfMinuteIsWarmUp() throws IOException {
    port.read(CAPTURED);
    sensor.start();
    assertEquals(Set.of(PM_WARMUP), read(CAPTURED).flags());
    time.pass(Duration.ofMillis(29_999));
    assertEquals(Set.of(PM_WARMUP), read(LATER).flags());
    time.pass(Duration.ofMillis(1));
    assertEquals(Set.of(), read(CAPTURED).flags());
  }

  @Test
  void anAllZeroFrameIsAPartThatLostItsPowerAndNoReading() throws IOException {
    warm();
    assertEquals(new Sample(Map.of(), Set.of(PM_WARMUP)), read(WAKING));
    time.pass(Duration.ofSeconds(29));
    assertEquals(Set.of(PM_WARMUP), read(CAPTURED).flags());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // The frame shifted by a byte, its second start byte and its sum wrong, another's length.
        "4d001c00000008000800000008000800d20046002d001e00000000970002c5ff",
        "424e001c00000008000800000008000800d20046002d001e00000000970002c6",
        "424d001c00000008000800000008000800d20046002d001e00000000970002c4",
        "424d001400000008000800000008000800d20046002d001e00000000970002bd",
      })
  void bytesThatAreNoFrameAreAFrameFaultAndNoReading(String bytes) throws IOException {
    warm();
    port.read(bytes);
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains(bytes), error.getMessage());
  }

  @Test
  void anotherPartAtTheAddressIsNotStarted() {
    port.read("00".repeat(32));
    assertThrows(FrameException.class, sensor::start);
  }

  @Test
  void aMissingPartAndAShortAnswerAreBusFaults() throws IOException {
    port.readNack();
    assertThrows(BusException.class, sensor::start);
    warm();
    port.readNack();
    assertThrows(BusException.class, sensor::read);
    port.readFails(new BusException("answered 16 of 32 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aFrameThatRepeatsForFiveMinutesIsStuckAndOneThatRepeatsForTwoSecondsIsNot()
      throws IOException {
    warm();
    read(LATER);
    time.pass(Duration.ofSeconds(2));
    assertEquals(Set.of(), read(LATER).flags());
    time.pass(Duration.ofSeconds(298));
    assertEquals(Set.of(PM_STUCK), read(LATER).flags());
    assertEquals(Set.of(), read(CAPTURED).flags());
  }

  @Test
  void fullCountersAreOutOfRangeAndNoParticleIsAFault() throws IOException {
    warm();
    Sample full = read("424d001c" + "ffff".repeat(12) + "9700" + "192a");
    assertEquals(Map.of(), full.readings());
    assertEquals(Set.of(PM_FAULT, OUT_OF_RANGE), full.flags());
    Sample blind = read("424d001c" + "0000".repeat(12) + "9700" + "0142");
    assertEquals(Set.of(PM_FAULT), blind.flags());
  }

  @Test
  void thePartIsReadOnceASecondAndClosingSendsNothing() {
    assertEquals(Duration.ofSeconds(1), sensor.rhythm().period());
    assertEquals(Duration.ofMillis(2_500), sensor.rhythm().fresh());
    sensor.close();
  }
}
