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
  private final Sen0232 sensor = new Sen0232(new Ads1115(port, time), 1, Sen0232.Mode.NORMAL);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private void converts(String code) {
    port.write(START)
        .waits(SPS_860)
        .write("01")
        .read(CONFIG)
        .write("00")
        .read(code)
        .write("00")
        .read(code);
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
  void aVoltageIsALevel(String code, double level, Quality flag) throws IOException {
    Sample sample = read(code);
    assertEquals(level, sample.get(Quantity.LAEQ).orElseThrow(), 1e-9);
    assertEquals(Set.of(Quantity.LAEQ), sample.readings().keySet());
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
        IllegalArgumentException.class,
        () -> new Sen0232(new Ads1115(port, time), channel, Sen0232.Mode.FAST));
  }

  @Test
  void closingSendsNothing() {
    sensor.close();
  }

  @Test
  void inFastModeALevelIsAMaximumTooIfItFollowsTheLastWithin14Milliseconds() throws IOException {
    Sen0232 fast = new Sen0232(new Ads1115(port, time), 1, Sen0232.Mode.FAST);
    assertEquals(Duration.ofMillis(8), fast.rhythm().period());
    converts("3700");
    fast.read();
    time.pass(Duration.ofMillis(12));
    converts("3701");
    assertEquals(88.00625, fast.read().get(Quantity.LAFMAX).orElseThrow(), 1e-9);
    time.pass(Duration.ofMillis(14));
    converts("3702");
    assertEquals(Set.of(Quantity.LAEQ), fast.read().readings().keySet());
  }

  @Test
  void readingsEvery8MillisecondsMissLessThanHalfADecibelOfAnEventsMaximum() {
    for (double burstMs : new double[] {10, 20, 50, 100, 200, 500}) {
      double truth = 10 * Math.log10(1 - Math.exp(-burstMs / 125));
      double worst = 0;
      for (double phase = 0; phase < 8; phase += 0.1) {
        double best = Double.NEGATIVE_INFINITY;
        for (double tick = phase; tick < burstMs + 200; tick += 8) {
          double rise = 1 - Math.exp(-Math.min(tick, burstMs) / 125);
          double fall = Math.exp(-Math.max(0, tick - burstMs) / 125);
          best = Math.max(best, 10 * Math.log10(rise * fall));
        }
        worst = Math.max(worst, truth - best);
      }
      assertTrue(worst <= 0.5, burstMs + " ms: " + worst + " dB");
    }
  }

  @Test
  void thePartIsReadSixteenTimesASecond() {
    assertEquals(Duration.ofNanos(62_500_000), sensor.rhythm().period());
    assertEquals(Duration.ofMillis(1_500), sensor.rhythm().fresh());
  }

  @Test
  void afterARestartTheTimeWithoutAChangeBeginsAgain() throws IOException {
    read("3700");
    time.pass(Duration.ofMinutes(1));
    startingStopsTheConverterAndChecksTheMeter();
    assertEquals(Set.of(), read("3700").flags());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 3})
  void theFirstAndTheLastInputOfTheConverterMayBeUsed(int channel) throws IOException {
    String config = channel == 0 ? "c3e3" : "f3e3";
    port.write("01" + config)
        .waits(SPS_860)
        .write("01")
        .read(config)
        .write("00")
        .read("3700")
        .write("00")
        .read("3700");
    Sen0232 other = new Sen0232(new Ads1115(port, time), channel, Sen0232.Mode.NORMAL);
    assertEquals(88, other.read().get(Quantity.LAEQ).orElseThrow(), 1e-9);
  }

  @Test
  void inFastModeFourteenMillisecondsAreTheLongestGap() throws IOException {
    Sen0232 fast = new Sen0232(new Ads1115(port, time), 1, Sen0232.Mode.FAST);
    time.pass(Duration.ofHours(1));
    converts("3700");
    fast.read();
    time.pass(Duration.ofMillis(14).minus(SPS_860));
    converts("3701");
    assertTrue(fast.read().get(Quantity.LAFMAX).isPresent());
    time.pass(Duration.ofMillis(15).minus(SPS_860));
    converts("3702");
    assertTrue(fast.read().get(Quantity.LAFMAX).isEmpty());
  }
}
