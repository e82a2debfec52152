package dev.streetbox.driver;

import static dev.streetbox.measure.Quality.NOISE_OVERLOAD;
import static dev.streetbox.measure.Quality.NOISE_STUCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with the DFRobot wiki SEN0232: 0.6 to 2.6 V are 30 to 130 dB(A), 50 dB per volt. */
class Sen0232Test {
  /** Input 1 against ground, ±4.096 V, single, 860 a second: the converter's words. */
  private static final String START = "01d3e3";

  private static final String CONFIG = "d3e3";
  private static final Duration SPS_860 = Duration.ofNanos(1_379_070);
  private static final Duration SPS_8 = Duration.ofNanos(137_600_000);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Sen0232 sensor = new Sen0232(new Ads1115(port, time), 1);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private void converts(String code) {
    port.write(START).waits(SPS_860).write("01").read(CONFIG).write("00").read(code);
  }

  private Sample read(String code) throws IOException {
    converts(code);
    return sensor.read();
  }

  @ParameterizedTest(name = "{0} is {1} dB")
  @CsvSource({
    "11d0, 28.5, NOISE_FLOOR",
    "12c0, 30, NOISE_FLOOR",
    "13b0, 31.5, NOISE_FLOOR",
    "13b1, 31.50625, ",
    "1f40, 50, ",
    "3700, 88, ",
    "5140, 130, ",
    "5141, 130.00625, NOISE_OVERLOAD",
    "52d0, 132.5, NOISE_OVERLOAD",
  })
  void aVoltageIsALevelAndItsMaximum(String code, double level, Quality flag) throws IOException {
    Sample sample = read(code);
    assertEquals(level, sample.get(Quantity.LAEQ).orElseThrow(), 1e-9);
    assertEquals(level, sample.get(Quantity.LAFMAX).orElseThrow(), 1e-9);
    assertEquals(flag == null ? Set.of() : Set.of(flag), sample.flags());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"52d1", "5460", "7ffe"})
  void aVoltageAboveTheRangeIsAnOverloadAndNoReading(String code) throws IOException {
    assertEquals(new Sample(Map.of(), Set.of(NOISE_OVERLOAD)), read(code));
  }

  // 0.57 V is 4560: the last one below it, 0.3 V, 0 V, a little below 0 V, and beyond the
  // converter.
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"11cf", "0960", "0000", "fff5", "8000", "7fff"})
  void aVoltageThatThePartCannotGiveIsAFrameFault(String code) {
    FrameException error = assertThrows(FrameException.class, () -> read(code));
    assertTrue(error.getMessage().contains("not connected"), error.getMessage());
  }

  @Test
  void aLevelThatNeverChangesIsStuck() throws IOException {
    read("3700");
    time.pass(Duration.ofMillis(59_997));
    assertEquals(Set.of(), read("3700").flags());
    time.pass(Duration.ofMillis(2));
    assertEquals(Set.of(NOISE_STUCK), read("3700").flags());
    assertEquals(Set.of(), read("3701").flags());
  }

  @Test
  void startingStopsTheConverterAndChecksTheMeter() throws IOException {
    port.write("014583").waits(SPS_8).write("01").read("c583");
    converts("3700");
    sensor.start();
  }

  @Test
  void startingWithoutAMeterIsAFrameFault() {
    port.write("014583").waits(SPS_8).write("01").read("c583");
    converts("fff5");
    assertThrows(FrameException.class, sensor::start);
  }

  @Test
  void aConverterThatWasResetIsAFrameFault() {
    port.write(START).waits(SPS_860).write("01").read("8583");
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void aMissingConverterAndAShortReadAreBusFaults() {
    port.writeNack(START);
    assertThrows(BusException.class, sensor::read);
    port.write(START).waits(SPS_860).write("01").read(CONFIG).write("00");
    port.readFails(new BusException("answered 1 of 2 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {-1, 4})
  void anInputThatTheConverterDoesNotHaveIsABug(int channel) {
    assertThrows(
        IllegalArgumentException.class, () -> new Sen0232(new Ads1115(port, time), channel));
  }

  @Test
  void closingSendsNothing() {
    sensor.close();
  }

  @Test
  void thePartIsReadSixteenTimesASecond() {
    assertEquals(Duration.ofNanos(62_500_000), sensor.rhythm().period());
    assertEquals(Duration.ofMillis(1_500), sensor.rhythm().fresh());
  }
}
