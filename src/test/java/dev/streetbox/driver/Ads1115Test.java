package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.Ads1115.Conversion;
import dev.streetbox.driver.Ads1115.Gain;
import dev.streetbox.driver.Ads1115.Rate;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests with words of Texas Instruments' datasheet SBAS444D, tables 3 and 6 to 8. */
class Ads1115Test {
  private static final Duration POLL = Duration.ofMillis(1);

  /** 1.1 / 860 s and 0.1 ms. */
  private static final Duration SPS_860 = Duration.ofNanos(1_379_070);

  /** 1.1 / 8 s and 0.1 ms. */
  private static final Duration SPS_8 = Duration.ofNanos(137_600_000);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Ads1115 adc = new Ads1115(port, time);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private Conversion convert() throws IOException {
    return adc.convert(0, Gain.V6_144, Rate.SPS_860);
  }

  @ParameterizedTest(name = "input {0} at {1}, {2}: {3}")
  @CsvSource({
    "0, V6_144, SPS_860, c1e3, 1379070",
    "1, V4_096, SPS_128, d383, 8693750",
    "1, V2_048, SPS_8, d503, 137600000",
    "2, V6_144, SPS_860, e1e3, 1379070",
    "3, V4_096, SPS_128, f383, 8693750",
    "3, V2_048, SPS_8, f503, 137600000",
    "0, V1_024, SPS_16, c723, 68850000",
    "0, V0_512, SPS_32, c943, 34475000",
    "0, V0_256, SPS_64, cb63, 17287500",
    "0, V4_096, SPS_250, c3a3, 4500000",
    "0, V4_096, SPS_475, c3c3, 2415790",
  })
  void aConversionIsConfiguredAwaitedAndRead(
      int input, Gain gain, Rate rate, String config, long waitNs) throws IOException {
    port.write("01" + config).waits(Duration.ofNanos(waitNs));
    port.write("01").read(config).write("00").read("1f40").write("00").read("1f40");
    assertEquals(8000, adc.convert(input, gain, rate).code());
  }

  // ads-conv-…: derived from SBAS444D; ads1015-periph-…: periph/devices (1752d1b) ads1x15.
  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "8000, V4_096, -4.096, true",
    "7fff, V4_096, 4.095875, true",
    "0000, V4_096, 0, false",
    "0001, V4_096, 0.000125, false",
    "ffff, V4_096, -0.000125, false",
    "7ffe, V2_048, 2.047875, false",
    "4000, V6_144, 3.072, false",
    "1f40, V4_096, 1.0, false",
    "ff50, V6_144, -0.033, false",
    "52d0, V6_144, 3.975, false",
    "4000, V1_024, 0.512, false",
    "4000, V0_512, 0.256, false",
    "4000, V0_256, 0.128, false",
  })
  void aCodeIsItsShareOfFullScale(String code, Gain gain, double volts, boolean clipped) {
    Conversion conversion = new Conversion((short) Integer.parseInt(code, 16), gain, 0);
    assertEquals(volts, conversion.volts(), 1e-12);
    assertEquals(clipped, conversion.clipped());
  }

  @Test
  void aLongerConversionIsPolledAgain() throws IOException {
    port.write("01c1e3").waits(SPS_860).write("01").read("41e3");
    port.waits(POLL).write("01").read("c1e3").write("00").read("fff5").write("00").read("fff5");
    assertEquals(-11, convert().code());
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({"1f40, 1f60, 1f40", "1f60, 1f40, 1f40", "1f40, 41e3, 1f40"})
  void aFlippedBitInOneReadOfAResultIsOutvoted(String first, String second, String third)
      throws IOException {
    port.write("01c1e3").waits(SPS_860).write("01").read("c1e3");
    port.write("00").read(first).write("00").read(second).write("00").read(third);
    assertEquals(8000, convert().code());
  }

  @Test
  void aResultThatReadsDifferentlyEachTimeIsAFrameFault() {
    port.write("01c1e3").waits(SPS_860).write("01").read("c1e3");
    port.write("00").read("1f40").write("00").read("1f41").write("00").read("1f42");
    FrameException error = assertThrows(FrameException.class, this::convert);
    assertTrue(error.getMessage().contains("bad wires"), error.getMessage());
  }

  @Test
  void aConversionThatNeverEndsIsABusFault() {
    port.write("01c1e3").waits(SPS_860);
    for (int poll = 0; poll < 5; poll++) {
      port.write("01").read("41e3").waits(POLL);
    }
    assertThrows(BusException.class, this::convert);
  }

  @Test
  void aConverterThatWasResetIsAFrameFault() {
    port.write("01c1e3").waits(SPS_860).write("01").read("8583");
    FrameException error = assertThrows(FrameException.class, this::convert);
    assertTrue(error.getMessage().contains("0583 instead of 41e3"), error.getMessage());
  }

  @Test
  void aMissingConverterIsABusFault() {
    port.writeNack("01c1e3");
    assertThrows(BusException.class, this::convert);
  }

  @Test
  void aShortReadIsABusFault() {
    port.write("01c1e3").waits(SPS_860).write("01");
    port.readFails(new BusException("answered 1 of 2 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, this::convert);
  }

  @Test
  void aConverterFoundConvertingIsStoppedAndAwaitedForTheSlowestConversion() throws IOException {
    port.write("014583").waits(SPS_8).write("01").read("c583");
    adc.powerDown();
  }

  @Test
  void anotherPartAtTheAddressIsRefused() {
    port.write("014583").waits(SPS_8).write("01").read("0000");
    assertThrows(FrameException.class, adc::powerDown);
  }
}
