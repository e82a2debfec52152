package dev.streetbox.driver;

import static dev.streetbox.measure.Quality.GAS_FAULT;
import static dev.streetbox.measure.Quality.GAS_STUCK;
import static dev.streetbox.measure.Quality.GAS_WARMUP;
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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests with codes of an Enviro+ by pimoroni/enviroplus-python (5ef2284, MIT), gas.py; none was
 * recorded.
 */
class Mics6814Test {
  /** Inputs 0 to 2 against ground, ±6.144 V, single, 128 a second: the converter's words. */
  private static final List<String> CONFIGS = List.of("c183", "d183", "e183");

  /** 1.1 / 128 s and 0.1 ms; an ADS1015 is ready after a tenth of it. */
  private static final Duration SPS_128 = Duration.ofNanos(8_693_750);

  private static final Duration SPS_8 = Duration.ofNanos(137_600_000);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Mics6814 sensor = new Mics6814(new Ads1115(port, time), time, 0);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private void converts(String... codes) {
    for (int i = 0; i < codes.length; i++) {
      String config = CONFIGS.get(i);
      port.write("01" + config).waits(SPS_128).write("01").read(config);
      port.write("00").read(codes[i]).write("00").read(codes[i]);
    }
  }

  private Sample read(String ox, String red, String nh3) throws IOException {
    converts(ox, red, nh3);
    return sensor.read();
  }

  private void start() throws IOException {
    port.write("014583").waits(SPS_8).write("01").read("c583");
    converts("11b0", "3520", "3200");
    sensor.start();
  }

  private void warm() throws IOException {
    start();
    time.pass(Duration.ofMinutes(10));
  }

  @Test
  void theVoltagesAreTheThreeResistances() throws IOException {
    warm();
    Sample sample = read("11b0", "3520", "3200");
    assertEquals(19_397.8, sample.get(Quantity.OX_RESISTANCE).orElseThrow(), 0.05);
    assertEquals(190_400, sample.get(Quantity.RED_RESISTANCE).orElseThrow(), 0.05);
    assertEquals(149_333.3, sample.get(Quantity.NH3_RESISTANCE).orElseThrow(), 0.05);
    assertEquals(Set.of(), sample.flags());
  }

  // Codes of both converters: an ADS1015's last four bits are 0.
  @ParameterizedTest(name = "{0} is {1} ohm")
  @CsvSource({
    "0430, 3632.1",
    "11b0, 19397.8",
    "2260, 56000",
    "3200, 149333.3",
    "3520, 190400",
    "3520, 190400"
  })
  void aCodeIsTheResistanceBelow56Kilohms(String code, double ohms) throws IOException {
    warm();
    Sample sample = read(code, "3520", "3200");
    assertEquals(ohms, sample.get(Quantity.OX_RESISTANCE).orElseThrow(), 0.05);
  }

  // 3.32 V, 3.3 V, 3.267 V (an open element at a supply 1 % low), clipped at both ends, a shorted
  // one, the open input's −1.4 mV, and one step of an ADS1015.
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"452b", "44c0", "4410", "7fff", "7ff0", "8000", "0000", "fff9", "0010"})
  void anElementThatIsOpenOrShortedIsAFaultAndNoReading(String code) throws IOException {
    warm();
    Sample sample = read(code, "3520", "3200");
    assertEquals(
        Set.of(Quantity.RED_RESISTANCE, Quantity.NH3_RESISTANCE), sample.readings().keySet());
    assertEquals(Set.of(GAS_FAULT), sample.flags());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"0000", "fff9", "7fff", "8000", "44d0"})
  void noElementAtAllIsAFrameFault(String code) throws IOException {
    warm();
    FrameException error =
        assertThrows(FrameException.class, () -> read(code, code, code), "no supply");
    assertTrue(error.getMessage().contains("not connected"), error.getMessage());
  }

  @Test
  void startingStopsTheConverterAndChecksTheElements() throws IOException {
    start();
    port.write("014583").waits(SPS_8).write("01").read("c583");
    converts("fff9", "fff9", "fff9");
    assertThrows(FrameException.class, sensor::start);
  }

  @Test
  void theFirstTenMinutesAreWarmUp() throws IOException {
    start();
    time.pass(Duration.ofMillis(599_700));
    assertEquals(Set.of(GAS_WARMUP), read("11b0", "3520", "3200").flags());
    time.pass(Duration.ofMillis(300));
    assertEquals(Set.of(), read("11b0", "3520", "3200").flags());
  }

  @Test
  void threeResistancesThatNeverChangeAreStuck() throws IOException {
    warm();
    read("11b0", "3520", "3200");
    time.pass(Duration.ofMinutes(30));
    assertEquals(Set.of(GAS_STUCK), read("11b0", "3520", "3200").flags());
    assertEquals(Set.of(), read("11b0", "3530", "3200").flags());
  }

  @Test
  void theFirstElementMayBeAtTheConvertersSecondInput() throws IOException {
    Mics6814 second = new Mics6814(new Ads1115(port, time), time, 1);
    for (String config : List.of("d183", "e183", "f183")) {
      port.write("01" + config)
          .waits(SPS_128)
          .write("01")
          .read(config)
          .write("00")
          .read("2260")
          .write("00")
          .read("2260");
    }
    assertEquals(3, second.read().readings().size());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {-1, 2})
  void lessThanThreeInputsAreABug(int channel) {
    assertThrows(
        IllegalArgumentException.class, () -> new Mics6814(new Ads1115(port, time), time, channel));
  }

  @Test
  void aConverterThatWasResetIsAFrameFault() throws IOException {
    warm();
    converts("11b0");
    port.write("01d183").waits(SPS_128).write("01").read("8583");
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void aMissingConverterAndAShortReadAreBusFaults() {
    port.writeNack("014583");
    assertThrows(BusException.class, sensor::start);
    port.write("01c183").waits(SPS_128).write("01").read("c183").write("00");
    port.readFails(new BusException("answered 1 of 2 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void closingSendsNothing() {
    sensor.close();
  }

  @Test
  void thePartIsReadOnceASecond() {
    assertEquals(Duration.ofSeconds(1), sensor.rhythm().period());
    assertEquals(Duration.ofSeconds(3), sensor.rhythm().fresh());
  }

  @Test
  void afterARestartTheTimeWithoutAChangeBeginsAgain() throws IOException {
    warm();
    read("11b0", "3520", "3200");
    time.pass(Duration.ofMinutes(30));
    warm();
    assertEquals(Set.of(), read("11b0", "3520", "3200").flags());
  }

  @Test
  void theWarmUpEndsTenMinutesAfterTheStart() throws IOException {
    time.pass(Duration.ofHours(1));
    start();
    Duration conversions = SPS_128.multipliedBy(3);
    Duration others = SPS_8.plus(conversions.multipliedBy(3)).plusMillis(1);
    time.pass(Duration.ofMinutes(10).minus(others));
    assertEquals(Set.of(GAS_WARMUP), read("11b0", "3520", "3200").flags());
    time.pass(Duration.ofMillis(1));
    assertEquals(Set.of(), read("11b0", "3520", "3200").flags());
  }
}
