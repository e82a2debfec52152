package dev.streetbox.driver;

import static dev.streetbox.driver.SensirionHex.words;
import static dev.streetbox.measure.Quality.NOISE_FLOOR;
import static dev.streetbox.measure.Quality.NOISE_OVERLOAD;
import static dev.streetbox.measure.Quality.NOISE_STUCK;
import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
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

/**
 * Tests with frames built from the node's own protocol (sensors-software@e43cf8f, airrohr
 * dnms_i2c).
 */
class DnmsTest {
  private static final Duration MS_5 = Duration.ofMillis(5);
  private static final String VERSION =
      "444ea9 4d5365 205685 657239 7369a4 6f6ee9 2032fa 2e30f5 000081";
  private static final String NOT_READY = "000081";
  private static final String READY = "0001b0";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final Dnms sensor = new Dnms(port, time);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private void start() throws IOException {
    port.write("0002").read(VERSION).write("0003");
    sensor.start();
    time.pass(Duration.ofSeconds(1));
  }

  /** Reads one second after the last read. */
  private Sample read(String answer) throws IOException {
    port.write("0003").waits(MS_5).write("0004").read(READY).write("0005").read(answer);
    try {
      return sensor.read();
    } finally {
      time.pass(Duration.ofMillis(995));
    }
  }

  private static String levels(double leq, double min, double max) {
    StringBuilder hex = new StringBuilder();
    for (double level : new double[] {leq, min, max}) {
      int bits = Float.floatToRawIntBits((float) level);
      hex.append(words(bits >>> 16, bits & 0xffff));
    }
    return hex.toString();
  }

  @Test
  void startingAsksForTheNameAndBeginsAnInterval() throws IOException {
    start();
  }

  @ParameterizedTest(name = "{1} dB")
  @CsvSource({
    "42191a999aed4213c1999aed423014cccd94, 38.4, ",
    "42c09600008142a37e00008142d0d5999aed, 96.0, ",
  })
  void theFramesOfTheProtocolGiveAnLaeqOnly(String answer, double leq, Quality flag)
      throws IOException {
    start();
    Sample sample = read(answer);
    assertEquals(Set.of(Quantity.LAEQ), sample.readings().keySet());
    assertEquals(leq, sample.get(Quantity.LAEQ).orElseThrow(), 1e-5);
    assertEquals(Set.of(), sample.flags());
  }

  @ParameterizedTest(name = "{0} dB, at most {1} dB")
  @CsvSource({
    "19, 25, NOISE_FLOOR",
    "33.9, 40, NOISE_FLOOR",
    "34, 40, ",
    "110, 115.9, ",
    "110, 116, NOISE_OVERLOAD",
    "125, 125, NOISE_OVERLOAD"
  })
  void aLevelNearAnEndOfTheMicrophonesRangeIsFlagged(double leq, double max, Quality flag)
      throws IOException {
    start();
    Sample sample = read(levels(leq, leq, max));
    assertEquals(leq, sample.get(Quantity.LAEQ).orElseThrow(), 1e-5);
    assertEquals(flag == null ? Set.of() : Set.of(flag), sample.flags());
    assertTrue(Set.of(NOISE_FLOOR, NOISE_OVERLOAD).containsAll(sample.flags()));
  }

  @Test
  void theFiveDecibelsOfABrokenMicrophoneAreNoReading() throws IOException {
    start();
    assertEquals(new Sample(Map.of(), Set.of(NOISE_STUCK)), read(levels(5, 5, 5)));
    assertEquals(new Sample(Map.of(), Set.of(NOISE_STUCK)), read(levels(18.9, 5, 50)));
  }

  @ParameterizedTest(name = "{0} dB, at most {1} dB")
  @CsvSource({"70, 812.5", "70, 125.1", "126, 130", "70, Infinity"})
  void anImplausibleMaximumOmitsTheLaeqToo(double leq, double max) throws IOException {
    start();
    assertEquals(new Sample(Map.of(), Set.of(OUT_OF_RANGE)), read(levels(leq, 40, max)));
  }

  @Test
  void inconsistentLevelsAreNoReading() throws IOException {
    start();
    Sample nothing = new Sample(Map.of(), Set.of(OUT_OF_RANGE));
    // From the protocol: min 70.3, Leq 66.2, max 60.
    assertEquals(nothing, read("42846f000081428cd6000081427029000081"));
    assertEquals(nothing, read(levels(60, 40, Double.NaN)));
    assertEquals(nothing, read(levels(Double.NaN, 40, 60)));
    assertEquals(nothing, read(levels(60, 61, 70)));
  }

  @ParameterizedTest(name = "word {1}")
  @CsvSource({
    "ffffffffffffffffffffffffffffffffffff, 0",
    "000000000000000000000000000000000000, 0",
    "42191a999aed4213c1999aed423014cccd95, 5"
  })
  void aWrongChecksumIsAFrameFaultAndNoReading(String answer, int word) throws IOException {
    start();
    FrameException error = assertThrows(FrameException.class, () -> read(answer));
    assertTrue(error.getMessage().contains("word " + word), error.getMessage());
  }

  @Test
  void readinessIsPolledEveryFiveMillisecondsUntilTheBlockHasEnded() throws IOException {
    start();
    port.write("0003");
    for (int poll = 0; poll < 24; poll++) {
      port.waits(MS_5).write("0004").read(NOT_READY);
    }
    port.waits(MS_5).write("0004").read(READY).write("0005").read(levels(60, 50, 70));
    assertEquals(60, sensor.read().get(Quantity.LAEQ).orElseThrow(), 1e-5);
  }

  private void neverReady() {
    port.write("0003");
    for (int poll = 0; poll < 50; poll++) {
      port.waits(MS_5).write("0004").read(NOT_READY);
    }
  }

  @Test
  void aNodeThatStartsUpGivesNoReading() throws IOException {
    start();
    neverReady();
    assertSame(Sample.NOTHING, sensor.read());
    time.pass(Duration.ofMillis(750));
    read(levels(60, 50, 70));
  }

  @Test
  void aNodeThatIsNeverReadyIsABusFaultAfterAQuarterOfASecond() throws IOException {
    start();
    time.pass(Duration.ofMillis(1_500));
    neverReady();
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void anIntervalLongerThanTheRowsSecondIsLeftOut() throws IOException {
    start();
    time.pass(Duration.ofMillis(501));
    assertSame(Sample.NOTHING, read(levels(60, 50, 70)));
    assertEquals(61, read(levels(61, 50, 70)).get(Quantity.LAEQ).orElseThrow(), 1e-5);
  }

  @Test
  void threeLevelsThatNeverChangeAreStuck() throws IOException {
    start();
    for (int second = 0; second < 30; second++) {
      assertEquals(Set.of(), read(levels(60.1, 50, 70)).flags());
    }
    assertEquals(Set.of(NOISE_STUCK), read(levels(60.1, 50, 70)).flags());
    assertEquals(Set.of(), read(levels(60.1, 50, 70.1)).flags());
  }

  @Test
  void anotherPartAtItsAddressIsAFrameFault() {
    String name = words(0x4142).repeat(9);
    port.write("0002").read(name);
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("'ABAB"), error.getMessage());
  }

  @Test
  void aMissingNodeOneThatIsBusyAndAShortReadAreBusFaults() throws IOException {
    port.writeNack("0002");
    assertTrue(assertThrows(BusException.class, sensor::start).isNack());
    start();
    port.write("0003").waits(MS_5).write("0004").readNack();
    assertTrue(assertThrows(BusException.class, sensor::read).isNack());
    port.write("0003").waits(MS_5).write("0004");
    port.readFails(new BusException("answered 2 of 3 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void closingSendsNothing() {
    sensor.close();
  }

  @Test
  void thePartIsReadOnceASecond() {
    assertEquals(Duration.ofSeconds(1), sensor.rhythm().period());
    assertEquals(Duration.ofMillis(1_500), sensor.rhythm().fresh());
  }

  @Test
  void afterARestartTheTimeWithoutAChangeBeginsAgain() throws IOException {
    start();
    for (int second = 0; second < 30; second++) {
      read(levels(60.1, 50, 70));
    }
    start();
    assertEquals(Set.of(), read(levels(60.1, 50, 70)).flags());
  }

  @Test
  void anIntervalOfOneSecondAndAHalfIsGiven() throws IOException {
    start();
    time.pass(Duration.ofMillis(500));
    assertEquals(60, read(levels(60, 50, 70)).get(Quantity.LAEQ).orElseThrow(), 1e-5);
  }

  @Test
  void theStartUpIsCountedFromTheStartOfTheDriverAndNotOfTheBox() throws IOException {
    time.pass(Duration.ofHours(1));
    start();
    neverReady();
    assertSame(Sample.NOTHING, sensor.read());
  }

  @Test
  void theFirmwareIsThatOfTheLastStart() throws IOException {
    assertEquals(PartIdentity.NONE, sensor.identity());
    start();
    assertEquals(new PartIdentity("", "Version 2.0"), sensor.identity());
  }
}
