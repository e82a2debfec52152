package dev.streetbox.driver;

import static dev.streetbox.measure.Quality.GAS_FAULT;
import static dev.streetbox.measure.Quality.GAS_STUCK;
import static dev.streetbox.measure.Quality.GAS_WARMUP;
import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.MultiGas.Gas;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests with frames built by the layout in DFRobot_MultiGasSensor (5b08794, MIT); none was ever
 * recorded.
 */
class MultiGasTest {
  private static final Duration MS_25 = Duration.ofMillis(25);
  private static final String ASK = "00ff0186000000000079";
  private static final String ASK_BOARD = "00ff0187000000000078";
  private static final String PASSIVE = "00ff0178040000000083";
  private static final String DONE = "ff7801000000000087";
  private static final String CLEAN = "ff8600000300020075";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final MultiGas sensor = new MultiGas(port, time, Gas.H2S);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private ScriptedI2c asked(String request, String reply) {
    return port.write(request).waits(MS_25).write("00").read(reply);
  }

  private void start() throws IOException {
    asked(PASSIVE, DONE);
    asked(ASK, CLEAN);
    sensor.start();
  }

  /** Starts the module, shows it its checksum and passes the warm-up. */
  private void warm() throws IOException {
    start();
    for (int i = 0; i < 3; i++) {
      read(frame(3, 0, 0, 513));
    }
    time.pass(Duration.ofMinutes(5));
  }

  /** Plays a reply with its thermistor, bytes 6 and 7, as the reply to the question for that. */
  private Sample read(String reply) throws IOException {
    asked(ASK, reply);
    asked(ASK_BOARD, board(Integer.parseInt(reply.substring(12, 16), 16)));
    return sensor.read();
  }

  private static String board(int thermistor) {
    int sum = 0x87 + (thermistor >> 8) + (thermistor & 255);
    return String.format("ff87%04x00000000%02x", thermistor, -sum & 255);
  }

  /** Returns a reply with that concentration, decimals and thermistor. */
  private static String frame(int gas, int ticks, int decimals, int thermistor) {
    int[] bytes = {0x86, ticks >> 8, ticks & 255, gas, decimals, thermistor >> 8, thermistor & 255};
    StringBuilder hex = new StringBuilder("ff");
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      hex.append(String.format("%02x", bytes[i]));
      sum += i < 6 ? bytes[i] : 0;
    }
    return hex.append(String.format("%02x", -sum & 255)).toString();
  }

  @Test
  void startingFromEitherModeSetsPassiveModeAndChecksTheGas() throws IOException {
    start();
  }

  @Test
  void aReplyGivesTheConcentrationAndTheBoardsTemperature() throws IOException {
    warm();
    Sample sample = read(CLEAN);
    assertEquals(
        Set.of(Quantity.H2S, Quantity.TEMPERATURE), sample.readings().keySet(), "clean air");
    assertEquals(0, sample.get(Quantity.H2S).orElseThrow());
    assertEquals(25, sample.get(Quantity.TEMPERATURE).orElseThrow(), 1e-9);
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void theCellForAmmoniaGivesAmmonia() throws IOException {
    MultiGas ammonia = new MultiGas(port, time, Gas.NH3);
    asked(PASSIVE, DONE);
    asked(ASK, "ff860007020001e070");
    ammonia.start();
    Sample sample = Sample.NOTHING;
    for (int i = 0; i < 3; i++) {
      asked(ASK, "ff860007020001e070");
      asked(ASK_BOARD, board(480));
      sample = ammonia.read();
    }
    assertEquals(7, sample.get(Quantity.NH3).orElseThrow());
    assertEquals(28.33, sample.get(Quantity.TEMPERATURE).orElseThrow(), 5e-3);
  }

  @ParameterizedTest(name = "{0} with {1} decimals is {2} ppm")
  @CsvSource({"5, 0, 5", "5, 1, 0.5", "5, 2, 0.05", "100, 0, 100", "1000, 1, 100", "10000, 2, 100"})
  void decimalsShiftTheConcentration(int ticks, int decimals, double ppm) throws IOException {
    warm();
    assertEquals(ppm, read(frame(3, ticks, decimals, 512)).get(Quantity.H2S).orElseThrow(), 1e-12);
  }

  @ParameterizedTest(name = "{0} with {1} decimals")
  @CsvSource({"101, 0", "1001, 1", "65535, 0", "65535, 2"})
  void aConcentrationOutsideThePartsRangeIsOmitted(int ticks, int decimals) throws IOException {
    warm();
    Sample sample = read(frame(3, ticks, decimals, 512));
    assertEquals(Set.of(Quantity.TEMPERATURE), sample.readings().keySet());
    assertEquals(Set.of(GAS_FAULT, OUT_OF_RANGE), sample.flags());
  }

  // The library divides by 0.0015 at 20.1 °C, and gives 0 below −20 °C.
  @ParameterizedTest(name = "thermistor {0} is {1} degC")
  @CsvSource({"561, 20", "560, 20.1", "800, -5.1", "905, -20.3", "370, 40.8", "1, "})
  void theConcentrationIsTheModulesOwnAtEveryTemperature(int thermistor, Double celsius)
      throws IOException {
    warm();
    Sample sample = read(frame(3, 8, 0, thermistor));
    assertEquals(8, sample.get(Quantity.H2S).orElseThrow());
    assertEquals(celsius != null, sample.get(Quantity.TEMPERATURE).isPresent());
    if (celsius != null) {
      assertEquals(celsius, sample.get(Quantity.TEMPERATURE).orElseThrow(), 0.06);
    }
  }

  @Test
  void aBrokenThermistorIsOutOfRangeAndAMissingOneGivesNoTemperature() throws IOException {
    warm();
    for (int thermistor : new int[] {1, 1023, 1024, 1025, 65535}) {
      Sample sample = read(frame(3, 8, 0, thermistor));
      assertEquals(Map.of(Quantity.H2S, 8.0), sample.readings(), "at " + thermistor);
      assertEquals(Set.of(OUT_OF_RANGE), sample.flags());
    }
    assertEquals(Sample.of(Map.of(Quantity.H2S, 8.0)), read(frame(3, 8, 0, 0)));
  }

  @Test
  void theFirstFiveMinutesAreWarmUp() throws IOException {
    start();
    time.pass(Duration.ofMillis(299_899));
    assertEquals(Set.of(GAS_WARMUP), read(CLEAN).flags());
    time.pass(Duration.ofMillis(50));
    assertEquals(Set.of(), read(CLEAN).flags());
  }

  @Test
  void aReplyThatNeverChangesIsStuckAndCleanAirAloneIsNot() throws IOException {
    warm();
    read(CLEAN);
    time.pass(Duration.ofMinutes(30));
    assertEquals(Set.of(GAS_STUCK), read(CLEAN).flags());
    assertEquals(Set.of(), read(frame(3, 0, 0, 513)).flags());
    read(frame(3, 0, 0, 0));
    time.pass(Duration.ofMinutes(30));
    assertEquals(Set.of(), read(frame(3, 0, 0, 0)).flags());
  }

  @Test
  void aCellForAnotherGasIsNamed() throws IOException {
    asked(PASSIVE, DONE);
    asked(ASK, "ff860104040002006f"); // CO
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("gas code 04"), error.getMessage());
    warm();
    asked(ASK, "ff86000777000200fa");
    assertThrows(FrameException.class, sensor::read);
  }

  /** The byte 88 lies outside the checksum of bytes 1 to 6: one flipped bit of 08. */
  @Test
  void aFlippedBitOutsideTheChecksumChangesNoTemperature() throws IOException {
    warm();
    asked(ASK, "ff86000c0300028869");
    asked(ASK_BOARD, board(0x208));
    Sample sample = sensor.read();
    assertEquals(12, sample.get(Quantity.H2S).orElseThrow());
    assertEquals(24.18, sample.get(Quantity.TEMPERATURE).orElseThrow(), 5e-3);
  }

  @Test
  void aWrongReplyAboutTheBoardCostsTheTemperatureOnly() throws IOException {
    warm();
    for (String wrong : new String[] {"ff87028800000000f0", "ff860003030002007d", "00".repeat(9)}) {
      asked(ASK, frame(3, 5, 0, 0));
      asked(ASK_BOARD, wrong);
      assertEquals(Sample.of(Map.of(Quantity.H2S, 5.0)), sensor.read());
    }
  }

  /**
   * The first reply's bit 3 of the concentration is flipped, so that it fits the library's sum of
   * bytes 1 to 6, whereas the module sums bytes 1 to 7.
   */
  @Test
  void aFlippedFirstReplyNeitherCountsNorLocksTheWrongChecksumIn() throws IOException {
    start();
    asked(ASK, "ff86000c0300020869");
    asked(ASK_BOARD, board(0x208));
    assertEquals(new Sample(Map.of(), Set.of(GAS_WARMUP)), sensor.read());
    time.pass(Duration.ofMinutes(5));
    Sample sample = Sample.NOTHING;
    for (int i = 0; i < 4; i++) {
      asked(ASK, "ff8600040300020869");
      asked(ASK_BOARD, board(0x208));
      sample = sensor.read();
    }
    assertEquals(4, sample.get(Quantity.H2S).orElseThrow());
    assertEquals(Set.of(), sample.flags());
    asked(ASK, "ff86000c0300020869");
    asked(PASSIVE, DONE);
    assertEquals(4, readAfterRepeat("ff8600040300020869"), "the wrong rule is refused now");
  }

  private double readAfterRepeat(String reply) throws IOException {
    return read(reply).get(Quantity.H2S).orElseThrow();
  }

  @Test
  void moreThanTwoDecimalsAreAFrameFault() throws IOException {
    warm();
    for (int decimals : new int[] {3, 255}) {
      asked(ASK, frame(3, 5, decimals, 512));
      assertThrows(FrameException.class, sensor::read);
    }
  }

  @Test
  void aModuleThatRefusesPassiveModeIsNotRead() {
    asked(PASSIVE, "ff7800000000000088");
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("power"), error.getMessage());
  }

  // A wrong sum; two bytes late; its own frame of the active mode; not ready; the bus at 0 and 1.
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ff86000c0300020868",
        "0000030002007bff86",
        "ff880005030002006e",
        "ff7801000000000087",
        "000000000000000000",
        "ffffffffffffffffff",
      })
  void aWrongFrameTwiceIsAFrameFaultAndNoReading(String reply) throws IOException {
    warm();
    asked(ASK, reply);
    asked(PASSIVE, DONE);
    asked(ASK, reply);
    assertThrows(FrameException.class, sensor::read);
    asked(ASK, reply);
    asked(PASSIVE, reply.startsWith("ff78") ? "00" + reply.substring(2) : reply);
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void aModuleResetToActiveModeIsSetToPassiveModeWithinTheSameRead() throws IOException {
    warm();
    asked(ASK, "ff880005030002006e");
    asked(PASSIVE, DONE);
    assertEquals(0, read(CLEAN).get(Quantity.H2S).orElseThrow());
  }

  @Test
  void aMissingPartAndAShortReadAreBusFaults() throws IOException {
    port.writeNack(PASSIVE);
    assertThrows(BusException.class, sensor::start);
    start();
    port.writeNack(ASK);
    assertThrows(BusException.class, sensor::read);
    port.write(ASK).waits(MS_25).write("00");
    port.readFails(new BusException("answered 4 of 9 bytes", BusException.UNKNOWN));
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aModuleThatIsBusyIsABusFault() throws IOException {
    start();
    port.write(ASK).waits(MS_25).writeNack("00");
    BusException error = assertThrows(BusException.class, sensor::read);
    assertTrue(error.isNack());
  }

  @Test
  void gasesHaveTheConfigurationsNames() {
    assertEquals(Optional.of(Gas.H2S), Gas.of("h2s"));
    assertEquals(Optional.of(Gas.NH3), Gas.of("nh3"));
    assertFalse(Gas.of("co").isPresent());
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
    read(CLEAN);
    time.pass(Duration.ofMinutes(30));
    start();
    assertEquals(Set.of(GAS_WARMUP), read(CLEAN).flags());
  }

  @Test
  void afterARestartTheChecksumOfTheModuleIsUnknownAgain() throws IOException {
    warm();
    start();
    assertEquals(new Sample(Map.of(), Set.of(GAS_WARMUP)), read(frame(3, 0, 0, 513)));
  }

  @Test
  void theWarmUpEndsFiveMinutesAfterTheStart() throws IOException {
    time.pass(Duration.ofHours(1));
    start();
    for (int i = 0; i < 3; i++) {
      read(frame(3, 0, 0, 513));
    }
    time.pass(Duration.ofMinutes(5).minus(MS_25.multipliedBy(12)).minusMillis(1));
    Sample warming = read(CLEAN);
    assertEquals(Set.of(GAS_WARMUP), warming.flags());
    assertEquals(0, warming.get(Quantity.H2S).orElseThrow());
    time.pass(Duration.ofMillis(1));
    assertEquals(Set.of(), read(CLEAN).flags());
  }
}
