package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the registers against BST-BME280-DS001 rev 1.23, section 5. Temperature and humidity are
 * those of the data recorded by periph/devices; the pressure is that of a height of 43 m.
 */
class Bme280ChipTest {
  private static final GroundTruth.Air AIR = new GroundTruth.Air(20, 10, 0, 0, 23.722, 65.306);

  /** Sets oversampling 1 of all quantities and starts a forced measurement. */
  private static final String MEASURE = "f201f425";

  private final Bench bench = new Bench(b -> new Bme280Chip(b.time, b::at, b.part));

  @BeforeEach
  void powerUp() throws IOException {
    assertEquals("01", bench.ask("f3", 0, 1));
    bench.pass(2);
    bench.breathe(AIR);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String data() throws IOException {
    return bench.ask("f7", 0, 8);
  }

  @Test
  void afterPowerUpThereAreIdAndCalibrationButNoMeasurement() throws IOException {
    assertEquals("60", bench.ask("d0", 0, 1));
    assertEquals("106e6c663200", bench.ask("88", 0, 6));
    assertEquals("4b", bench.ask("a1", 0, 1));
    assertEquals("6e01001305001e", bench.ask("e1", 0, 7));
    assertEquals("00000000", bench.ask("f2", 0, 4));
    assertEquals("8000008000008000", data());
  }

  @Test
  void theCalibrationIsZeroUntilItIsCopied() throws IOException {
    bench.write("e0b6");
    assertEquals("000000000000", bench.ask("88", 0, 6));
    bench.pass(2);
    assertEquals("106e6c663200", bench.ask("88", 0, 6));
    bench.write("e000");
    assertEquals("60", bench.ask("d0", 0, 1));
  }

  @Test
  void aForcedMeasurementTakesItsTimeAndEndsInSleepMode() throws IOException {
    bench.write(MEASURE);
    bench.pass(7);
    assertEquals("010825", bench.ask("f2", 0, 3));
    assertEquals("8000008000008000", data());
    bench.pass(1);
    assertEquals("010024", bench.ask("f2", 0, 3));
    String data = data();
    assertTrue(data.startsWith("8096", 6), data); // as recorded
    assertTrue(data.startsWith("7a7", 12), data);
    assertEquals('0', data.charAt(5), "oversampled once: 16 bits");
  }

  @Test
  void aSkippedQuantityReadsAsNotMeasured() throws IOException {
    bench.write("f200f421");
    bench.pass(8);
    String data = data();
    assertTrue(data.startsWith("800000"), data);
    assertTrue(data.endsWith("8000"), data);
    assertTrue(data.startsWith("8096", 6), data);
  }

  @Test
  void theSettingOfHumidityTakesEffectWithTheNextMode() throws IOException {
    bench.write("f425");
    bench.write("f201");
    bench.pass(8);
    assertTrue(data().endsWith("8000"));
    bench.write("f425");
    bench.pass(8);
    assertTrue(data().startsWith("7a7", 12));
  }

  @Test
  void moreOversamplingTakesLongerAndHasMoreBits() throws IOException {
    bench.write("f205f4b5"); // 16, 16, 16
    bench.pass(97);
    assertEquals("8000008000008000", data());
    bench.pass(1);
    assertTrue(data().startsWith("8096", 6));
  }

  @Test
  void inNormalModeMeasurementsRepeat() throws IOException {
    bench.write("f201f427");
    bench.pass(8);
    String first = data();
    bench.breathe(new GroundTruth.Air(20, 10, 0, 0, 10, 50));
    bench.pass(8);
    assertTrue(!first.equals(data()));
    assertEquals("27", bench.ask("f4", 0, 1));
  }

  @Test
  void aBrownOutResetsTheSettings() throws IOException {
    bench.write(MEASURE);
    bench.write("f5a0");
    assertEquals("a0", bench.ask("f5", 0, 1));
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertEquals("00010000", bench.ask("f2", 0, 4));
    bench.pass(8);
    assertEquals("8000008000008000", data());
  }

  @Test
  void aStuckPartRepeatsItsValueAndABmp280HasAnotherId() throws IOException {
    bench.write(MEASURE);
    bench.pass(8);
    String before = data();
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(20, 10, 0, 0, 10, 50));
    bench.write(MEASURE);
    bench.pass(8);
    assertEquals(before, data());
    bench.part.heal();
    bench.part.fail(InjectedFault.WRONG_PART);
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertEquals("58", bench.ask("d0", 0, 1));
  }
}
