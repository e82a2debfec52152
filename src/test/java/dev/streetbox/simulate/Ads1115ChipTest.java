package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the registers against the ADS111x datasheet SBAS444D, section 9.6; signal at AIN1. */
class Ads1115ChipTest {
  /** AIN1 against ground, ±4.096 V, single shot, 128 samples per second. */
  private static final String START = "01 d383";

  private double volts = 1.0;
  private final Bench bench =
      new Bench(
          b ->
              new Ads1115Chip(b.time, Ads1115Chip.Model.ADS1115).connect(1, b.part, tick -> volts));

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void afterPowerUpTheRegistersAreThoseOfTheDatasheet() throws IOException {
    assertEquals("0000", bench.read(2));
    assertEquals("8583", bench.ask("01", 0, 2));
    assertEquals("8000", bench.ask("02", 0, 2));
    assertEquals("7fff", bench.ask("03", 0, 2));
  }

  @Test
  void aConversionIsBusyForItsTimeAndThenReadable() throws IOException {
    bench.write(START);
    assertEquals("5383", bench.read(2));
    bench.pass(7);
    assertEquals("5383", bench.read(2));
    bench.pass(1); // 1.1 / 128 s + 0.1 ms are 8.69 ms
    assertEquals("d383", bench.read(2));
    assertEquals("1f40", bench.ask("00", 0, 2));
  }

  /** Checks each rate in samples per second; the wait is 1.1 / rate + 0.1 ms, rounded down. */
  @ParameterizedTest(name = "{0} per second")
  @CsvSource({
    "8, 01d303, 112, 137", "16, 01d323, 56, 68", "32, 01d343, 28, 34", "64, 01d363, 14, 17",
    "128, 01d383, 7, 8", "250, 01d3a3, 3, 4", "475, 01d3c3, 1, 2", "860, 01d3e3, 0, 1"
  })
  void everyRateIsWithinTenPercent(int rate, String config, long tooEarlyMs, long waitMs)
      throws IOException {
    bench.write(config);
    bench.pass(tooEarlyMs);
    assertEquals(0, HexFormat.fromHexDigits(bench.read(2)) & 0x8000, rate + " is too fast");
    bench.pass(waitMs - tooEarlyMs);
    assertEquals(0x8000, HexFormat.fromHexDigits(bench.read(2)) & 0x8000, rate + " is too slow");
  }

  @ParameterizedTest(name = "{0} V with {1} is {2}")
  @CsvSource({
    "1.0,    01d183, 14d5", // ±6.144 V: 187.5 µV per code
    "0.6,    01d383, 12c0", // ±4.096 V: 125 µV; SEN0232 at 30 dBA
    "2.6,    01d383, 5140", // SEN0232 at 130 dBA
    "1.0,    01d583, 3e80", // ±2.048 V
    "1.0,    01d783, 7d00", // ±1.024 V
    "1.0,    01d983, 7fff", // ±0.512 V clips
    "-1.0,   01d983, 8000",
    "0.1,    01db83, 3200", // ±0.256 V
    "-0.001375, 01d383, fff5",
  })
  void theCodeIsTheVoltageInStepsOfTheRange(double input, String config, String code)
      throws IOException {
    volts = input;
    bench.write(config);
    bench.pass(9);
    assertEquals(code, bench.ask("00", 0, 2));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "01c383, fff5", // AIN0 is open
    "01e383, fff5", // AIN2 too
    "018383, e0b5", // AIN0 − AIN1
    "01a383, 1f4b", // AIN1 − AIN3
  })
  void theMultiplexerChoosesTheInputs(String config, String code) throws IOException {
    bench.write(config);
    bench.pass(9);
    assertEquals(code, bench.ask("00", 0, 2));
  }

  @Test
  void settingsTakeEffectAtTheNextConversion() throws IOException {
    bench.write(START);
    bench.write("01 c383"); // AIN0, while AIN1 is being converted
    bench.pass(9);
    assertEquals("1f40", bench.ask("00", 0, 2));
    bench.write("01 4383"); // AIN0, not started
    bench.pass(9);
    assertEquals("1f40", bench.ask("00", 0, 2));
    bench.write("01 c383");
    bench.pass(9);
    assertEquals("fff5", bench.ask("00", 0, 2));
  }

  @Test
  void inContinuousModeTheValueAfterAChangeIsStillOfTheOldInput() throws IOException {
    bench.write("01 5283"); // AIN1, continuous
    bench.pass(9);
    assertEquals("1f40", bench.ask("00", 0, 2));
    bench.write("01 4283"); // AIN0
    volts = 2.0;
    bench.pass(8);
    assertEquals("3e80", bench.ask("00", 0, 2));
    bench.pass(9);
    assertEquals("fff5", bench.ask("00", 0, 2));
    bench.write("01 5283");
    bench.pass(100_000);
    assertEquals("3e80", bench.ask("00", 0, 2));
  }

  @Test
  void aBrownOutResetsTheSettings() throws IOException {
    bench.write(START);
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertEquals("8583", bench.ask("01", 0, 2));
  }

  @Test
  void aStuckConverterRepeatsItsCode() throws IOException {
    bench.write(START);
    bench.pass(9);
    assertEquals("1f40", bench.ask("00", 0, 2));
    bench.part.fail(InjectedFault.STUCK);
    volts = 2.0;
    bench.write(START);
    bench.pass(9);
    assertEquals("1f40", bench.ask("00", 0, 2));
  }

  @Test
  void aBrokenWireReadsAboutZero() throws IOException {
    bench.part.fail(InjectedFault.OPEN_INPUT);
    bench.write(START);
    bench.pass(9);
    assertEquals("fff5", bench.ask("00", 0, 2));
  }

  @Test
  void theMeterFollowsALoudSecondWithTimeWeightingF() {
    AnalogSoundMeter meter = new AnalogSoundMeter(tick -> tick < 1_000 || tick >= 2_000 ? 50 : 80);
    assertEquals(50 / 50.0, meter.volts(990), 0.001);
    assertEquals(78 / 50.0, meter.volts(1_125), 0.5 / 50); // 63 % of the energy is −2 dB
    assertEquals(80 / 50.0, meter.volts(1_990), 0.1 / 50);
    double fall = (meter.volts(2_050) - meter.volts(2_300)) * 50;
    assertEquals(34.7, fall / 0.25, 3); // dB per second
  }
}
