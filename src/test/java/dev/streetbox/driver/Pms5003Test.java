package dev.streetbox.driver;

import static dev.streetbox.driver.PlantowerFrameTest.CAPTURED;
import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static dev.streetbox.measure.Quality.PM_FAULT;
import static dev.streetbox.measure.Quality.PM_STUCK;
import static dev.streetbox.measure.Quality.PM_WARMUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedSerial;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pms5003Test {
  /** PyPMS tests/sensors/test_message.py (MIT): all zero with the right sum, not yet measuring. */
  private static final String ALL_ZERO =
      "424d001c000000000000000000000000000000000000000000000000000000ab";

  private static final String WAKE = "424de400010174";
  private static final String ACTIVE = "424de100010171";
  private static final String PASSIVE = "424de100000170";
  private static final String READ = "424de200000171";
  private static final String SLEEP = "424de400000173";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedSerial port = new ScriptedSerial(time);
  private final Pms5003 sensor = new Pms5003(port, time, Pms5003.Mode.ACTIVE, Optional.empty());

  @AfterEach
  void thePortWasUsedAsWritten() {
    port.finish();
  }

  private ScriptedSerial started() throws IOException {
    port.opens().write(WAKE).write(ACTIVE);
    sensor.start();
    return port;
  }

  /** Starts the part and passes the warm-up. */
  private ScriptedSerial warm() throws IOException {
    started();
    for (int second = 0; second < 30; second += 2) {
      readOne(CAPTURED);
      pass(2);
    }
    return port;
  }

  private void pass(long seconds) {
    time.pass(Duration.ofSeconds(seconds));
  }

  /** Returns a frame of these words (masses CF=1 and atmospheric, counts), version and error. */
  private static String frame(String words, int version, int error) {
    String head = "424d001c" + words.replace(" ", "") + hex(version) + hex(error);
    int sum = 0;
    for (byte value : HexFormat.of().parseHex(head)) {
      sum += Byte.toUnsignedInt(value);
    }
    return head + hex(sum >> 8) + hex(sum & 0xff);
  }

  private static String hex(int value) {
    return HexFormat.of().toHexDigits((byte) value);
  }

  private Sample readOne(String frame) throws IOException {
    port.receive(frame);
    return sensor.read();
  }

  @Test
  void aCapturedFrameBecomesAtmosphericMassesAndCountsPerCm3() throws IOException {
    warm();
    Sample sample = readOne(CAPTURED);
    assertEquals(
        Map.of(
            Quantity.PM1, 0.0,
            Quantity.PM2_5, 8.0,
            Quantity.PM10, 8.0,
            Quantity.NC0_3, 2.1,
            Quantity.NC0_5, 0.7,
            Quantity.NC1, 0.45,
            Quantity.NC2_5, 0.3,
            Quantity.NC5, 0.0,
            Quantity.NC10, 0.0),
        sample.readings());
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void theAtmosphericMassesAreGivenAndNotThoseOfCf1() throws IOException {
    warm();
    Sample sample =
        readOne(frame("0065 0066 0067 0042 0043 0044 0600 0500 0400 0300 0200 0100", 151, 0));
    assertEquals(66, sample.get(Quantity.PM1).orElseThrow());
    assertEquals(67, sample.get(Quantity.PM2_5).orElseThrow());
    assertEquals(68, sample.get(Quantity.PM10).orElseThrow());
    assertEquals(15.36, sample.get(Quantity.NC0_3).orElseThrow());
    assertEquals(2.56, sample.get(Quantity.NC10).orElseThrow());
  }

  @Test
  void aThousandMicrogramsIsTheLastValueGiven() throws IOException {
    warm();
    Sample sample =
        readOne(frame("0001 0001 0001 03e6 03e7 03e8 0600 0500 0400 0300 0200 0100", 151, 0));
    assertEquals(999, sample.get(Quantity.PM2_5).orElseThrow());
    assertEquals(1000, sample.get(Quantity.PM10).orElseThrow());
    Sample beyond =
        readOne(frame("0001 0001 0001 03e7 03e8 03e9 0600 0500 0400 0300 0200 0100", 151, 0));
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT, OUT_OF_RANGE)), beyond);
  }

  @Test
  void aFullCounterIsNotANumberOfParticles() throws IOException {
    warm();
    Sample sample =
        readOne(frame("0001 0001 0001 0001 0001 0001 ffff fffe 0000 0000 0000 0000", 151, 0));
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT, OUT_OF_RANGE)), sample);
    Sample most =
        readOne(frame("0001 0001 0001 0001 0001 0001 fffe fffe 0000 0000 0000 0000", 151, 0));
    assertEquals(655.34, most.get(Quantity.NC0_5).orElseThrow());
  }

  @Test
  void theCleanestAirIsZeroMicrogramsAndOneParticleAndNotAWarmUp() throws IOException {
    warm();
    Sample sample =
        readOne(frame("0000 0000 0000 0000 0000 0000 0001 0000 0000 0000 0000 0000", 151, 0));
    assertEquals(0, sample.get(Quantity.PM2_5).orElseThrow());
    assertEquals(Set.of(), sample.flags());
  }

  @ParameterizedTest(name = "words {0}, error {1}")
  @CsvSource({
    "0001 0001 0001 0001 0001 0001 0600 0500 0400 0300 0200 0100, 1",
    "0001 0001 0001 0001 0001 0001 0000 0000 0000 0000 0000 0000, 0",
    "0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000, 0",
    // PyPMS PMS5003T.hexdump: temperature and humidity where a PMS5003 counts large particles.
    "0017 0027 0029 0016 0023 0029 1008 04a9 0116 000c 00d4 00e0, 0",
    // A frame with a right sum and masses of 500, 34 and 3, atmospheric and CF=1.
    "01f4 0022 0003 01f4 0022 0003 0600 0500 0400 0300 0200 0100, 0",
    "0001 0001 0001 01f4 0022 0003 0600 0500 0400 0300 0200 0100, 0",
    "0001 0003 0001 0001 0001 0001 0600 0500 0400 0300 0200 0100, 0",
  })
  void anErrorCodeAndInconsistentValuesAreAFaultWithoutReadings(String words, int error)
      throws IOException {
    warm();
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT)), readOne(frame(words, 151, error)));
    assertTrue(sensor.remark().isPresent());
    assertEquals(Set.of(), readOne(CAPTURED).flags());
    assertTrue(sensor.remark().isEmpty());
  }

  @Test
  void massesThatDifferByTheirRoundingAreReadings() throws IOException {
    warm();
    Sample sample =
        readOne(frame("0003 0002 0002 0003 0002 0002 0600 0500 0400 0300 0200 0100", 151, 0));
    assertEquals(9, sample.readings().size());
  }

  /** Reported with its bytes: 21.2 °C and 22.4 %. */
  private static final String PMS5003T =
      "424d001c0015002400240014002100240dc8041f00e4000e00d400e09a000599";

  /** The same part in a dust storm at 30.0 °C and 25.0 %, which are possible counts. */
  private static final String PMS5003T_IN_DUST =
      "424d001c0015002400240014002100240dc8041f0190015e012c00fa9a00050a";

  /** A part with 0.037 mg/m³ of formaldehyde in the place of version and error code. */
  private static final String PMS5003S =
      "424d001c0005000d00160005000d001602fd00fc001d000f0006000600250353";

  /** Built by the layout in PyPMS: 40 bytes, formaldehyde, -5.0 °C and 48.0 %. */
  private static final String PMS5003ST =
      "424d00240005000d00160005000d001602fd00fc001d000f000600060025ffce01e000009100069a";

  private static final Set<Quantity> AIR = Set.of(Quantity.TEMPERATURE, Quantity.HUMIDITY);
  private static final Set<Quantity> LARGE = Set.of(Quantity.NC5, Quantity.NC10);

  private static boolean hasAny(Sample sample, Set<Quantity> quantities) {
    return sample.readings().keySet().stream().anyMatch(quantities::contains);
  }

  @Test
  void aPms5003tIsRecognisedByThreeFramesAndItsAirIsNamedAsSuch() throws IOException {
    started();
    for (int i = 0; i < 2; i++) {
      Sample unknown = readOne(PMS5003T);
      assertEquals(Set.of(PM_WARMUP), unknown.flags());
      assertEquals(33, unknown.get(Quantity.PM2_5).orElseThrow());
      assertTrue(!hasAny(unknown, LARGE) && !hasAny(unknown, AIR));
    }
    Sample sample = readOne(PMS5003T);
    assertEquals(21.2, sample.get(Quantity.TEMPERATURE).orElseThrow());
    assertEquals(22.4, sample.get(Quantity.HUMIDITY).orElseThrow());
    assertEquals(2.28, sample.get(Quantity.NC1).orElseThrow());
    assertTrue(!hasAny(sample, LARGE));
    Sample storm = readOne(PMS5003T_IN_DUST);
    assertEquals(30, storm.get(Quantity.TEMPERATURE).orElseThrow());
    assertTrue(!hasAny(storm, LARGE));
  }

  @Test
  void aPms5003IsRecognisedByItsFirstFrameAndAWrongModelIsCorrectedByThree() throws IOException {
    started();
    assertEquals(9, readOne(CAPTURED).readings().size());
    for (int i = 0; i < 2; i++) {
      assertEquals(new Sample(Map.of(), Set.of(PM_WARMUP, PM_FAULT)), readOne(PMS5003T));
    }
    assertEquals(21.2, readOne(PMS5003T).get(Quantity.TEMPERATURE).orElseThrow());
  }

  @Test
  void wordsThatFitTwoModelsAreOmittedUntilTheModelIsKnown() throws IOException {
    started();
    for (int i = 0; i < 20; i++) {
      Sample storm = readOne(PMS5003T_IN_DUST);
      assertEquals(3.5, storm.get(Quantity.NC2_5).orElseThrow());
      assertTrue(!hasAny(storm, LARGE) && !hasAny(storm, AIR));
    }
    for (int i = 0; i < 3; i++) {
      readOne(CAPTURED);
    }
    Sample counts = readOne(PMS5003T_IN_DUST);
    assertEquals(3, counts.get(Quantity.NC5).orElseThrow(), "a PMS5003 in dust");
    assertEquals(Set.of(PM_FAULT, PM_WARMUP), readOne(PMS5003T).flags(), "and it remains one");
  }

  @Test
  void formaldehydeIsNoErrorCodeAndIsOmitted() throws IOException {
    started();
    for (int second = 0; second < 40; second += 2) {
      Sample sample = readOne(PMS5003S);
      assertEquals(second < 30 ? Set.of(PM_WARMUP) : Set.of(), sample.flags());
      assertEquals(13, sample.get(Quantity.PM2_5).orElseThrow());
      assertEquals(second >= 4, hasAny(sample, LARGE), "recognised by three frames");
      pass(2);
    }
  }

  @Test
  void aPms5003stIsRecognisedByItsLength() throws IOException {
    Sample sample = started() == port ? readOne(PMS5003ST) : Sample.NOTHING;
    assertEquals(11, sample.readings().size());
    assertEquals(-5, sample.get(Quantity.TEMPERATURE).orElseThrow());
    assertEquals(48, sample.get(Quantity.HUMIDITY).orElseThrow());
    assertEquals(0.06, sample.get(Quantity.NC10).orElseThrow());
    assertEquals(Set.of(PM_WARMUP), sample.flags());
    assertEquals(13, readOne("424d0024" + PMS5003ST).get(Quantity.PM2_5).orElseThrow());
  }

  @Test
  void aConfiguredModelNeedsNoRecognition() throws IOException {
    Pms5003 part =
        new Pms5003(port, time, Pms5003.Mode.ACTIVE, Optional.of(PlantowerModel.PMS5003T));
    port.opens().write(WAKE).write(ACTIVE).receive(PMS5003T_IN_DUST);
    part.start();
    assertEquals(30, part.read().get(Quantity.TEMPERATURE).orElseThrow());
  }

  @Test
  void anImpossibleTemperatureOfAPms5003tTakesItsHumidityWithIt() throws IOException {
    Pms5003 part =
        new Pms5003(port, time, Pms5003.Mode.ACTIVE, Optional.of(PlantowerModel.PMS5003T));
    port.opens().write(WAKE).write(ACTIVE);
    port.receive(frame("0015 0024 0024 0014 0021 0024 0dc8 041f 00e4 000e 8000 00e0", 154, 0));
    part.start();
    Sample sample = part.read();
    assertTrue(!hasAny(sample, AIR));
    assertEquals(33, sample.get(Quantity.PM2_5).orElseThrow());
    assertEquals(Set.of(PM_WARMUP, OUT_OF_RANGE), sample.flags());
  }

  /** Every 22nd answer of a PMS7003 took 1.3 s. */
  @Test
  void inPassiveModeALateAnswerIsAnAnswerAndNoRestart() throws IOException {
    warmPassive();
    for (int second = 0; second < 100; second++) {
      if (second % 22 > 0) {
        assertEquals(Set.of(), ask(CAPTURED).flags(), "second " + second);
        continue;
      }
      port.silence().write(READ).silence();
      assertEquals(Sample.NOTHING, passive.read());
      port.silence().write(READ).receive(CAPTURED);
      assertEquals(Set.of(), passive.read().flags());
      port.receive(CAPTURED).silence().write(READ).receive(CAPTURED);
      assertEquals(Set.of(), passive.read().flags(), "the answer to the request before");
    }
  }

  @Test
  void aLateAnswerIsGivenIfTheNextIsLateToo() throws IOException {
    warmPassive();
    port.silence().write(READ).silence();
    assertEquals(Sample.NOTHING, passive.read());
    port.receive(CAPTURED).silence().write(READ).silence();
    assertEquals(8, passive.read().get(Quantity.PM2_5).orElseThrow());
  }

  /** In still air a part in active mode sends a frame in 2.3 s, fewer than there are requests. */
  @Test
  void inPassiveModeAPartThatAnswersLessThanHalfOfTheRequestsIsInActiveMode() throws IOException {
    warmPassive();
    boolean restarted = false;
    for (int request = 0; request < 12 && !restarted; request++) {
      port.silence().write(READ);
      if (request % 3 < 2) {
        port.silence();
        assertEquals(Sample.NOTHING, passive.read());
      } else if (request < 5) {
        port.receive(CAPTURED);
        assertEquals(Set.of(), passive.read().flags());
      } else {
        port.receive(CAPTURED).write(PASSIVE);
        assertEquals(Set.of(PM_WARMUP), passive.read().flags());
        restarted = true;
      }
    }
    assertTrue(restarted);
  }

  @Test
  void aPartThatStaysInActiveModeIsReadAsSuchAndItsWireIsNamed() throws IOException {
    warmPassive();
    for (int attempt = 0; attempt < 4; attempt++) {
      port.receive(CAPTURED).silence().write(PASSIVE).write(READ).receive(CAPTURED);
      assertEquals(Set.of(PM_WARMUP), passive.read().flags());
      pass(1);
    }
    for (int second = 0; second <= 30; second++) {
      port.receive(CAPTURED);
      assertEquals(second < 29 ? Set.of(PM_WARMUP) : Set.of(), passive.read().flags());
      pass(1);
    }
    String remark = passive.remark().orElseThrow();
    assertTrue(remark.contains("check the wire to its RX"), remark);
  }

  @Test
  void anAllZeroFrameIsAPartStillStartingAndNoReading() throws IOException {
    warm();
    assertEquals(new Sample(Map.of(), Set.of(PM_WARMUP)), readOne(ALL_ZERO));
    pass(2);
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
  }

  @Test
  void theFirstThirtySecondsAreWarmUp() throws IOException {
    started();
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
    for (int second = 4; second < 30; second += 4) {
      pass(4);
      assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
    }
    time.pass(Duration.ofMillis(1_999));
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
    time.pass(Duration.ofMillis(1));
    assertEquals(Set.of(), readOne(CAPTURED).flags());
  }

  @Test
  void aSilenceOfTwoPeriodsBeginsAWarmUp() throws IOException {
    warm();
    pass(5);
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
  }

  @Test
  void aFrameThatNeverChangesIsStuck() throws IOException {
    warm();
    for (int second = 30; second < 300; second += 2) {
      assertEquals(Set.of(), readOne(CAPTURED).flags(), "after " + second + " s");
      pass(2);
    }
    assertEquals(Set.of(PM_STUCK), readOne(CAPTURED).flags());
    String changed = CAPTURED.replace("00d2", "00d3").replace("02c5", "02c6");
    assertEquals(Set.of(), readOne(changed).flags());
  }

  @Test
  void aWrongChecksumIsNoReadingAndTheNextFrameIsOne() throws IOException {
    warm().receive(CAPTURED.replace("970002c5", "970002c4")).silence();
    assertEquals(Sample.NOTHING, sensor.read());
    pass(1);
    assertEquals(Set.of(), readOne(CAPTURED).flags());
  }

  @Test
  void aFrameInTwoPiecesIsOneFrame() throws IOException {
    warm().receive(CAPTURED.substring(0, 20)).receive(CAPTURED.substring(20));
    assertEquals(8, sensor.read().get(Quantity.PM2_5).orElseThrow());
    port.receive(CAPTURED.substring(0, 20)).silence();
    assertEquals(Sample.NOTHING, sensor.read());
    port.receive(CAPTURED.substring(20));
    assertEquals(8, sensor.read().get(Quantity.PM2_5).orElseThrow());
  }

  @Test
  void ofBufferedFramesTheNewestIsGiven() throws IOException {
    warm();
    String newer = frame("0001 0001 0001 0042 0043 0044 0600 0500 0400 0300 0200 0100", 151, 0);
    assertEquals(67, readOne(CAPTURED + newer).get(Quantity.PM2_5).orElseThrow());
  }

  @Test
  void sevenSecondsOfGarbageAreAFrameFault() throws IOException {
    warm();
    port.receive("ff".repeat(40)).silence();
    assertEquals(Sample.NOTHING, sensor.read());
    for (int second = 2; second < 7; second++) {
      port.receive("ff").silence();
      assertEquals(Sample.NOTHING, sensor.read());
    }
    port.receive("ff").silence();
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("no frame with the right sum"), error.getMessage());
  }

  @Test
  void tenSecondsOfSilenceAreABusFaultThatNamesCableSetAndConsole() throws IOException {
    started();
    for (int second = 1; second < 10; second++) {
      port.silence();
      assertEquals(Sample.NOTHING, sensor.read());
    }
    port.silence();
    BusException error = assertThrows(BusException.class, sensor::read);
    assertTrue(error.getMessage().contains("SET"), error.getMessage());
    assertTrue(error.getMessage().contains("serial console"), error.getMessage());
  }

  @Test
  void aPortThatCannotBeOpenedIsReported() {
    port.openFails(new BusException("/dev/serial0: missing", 2));
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void aLostPortIsOpenedAnew() throws IOException {
    warm().hangUp();
    assertThrows(BusException.class, sensor::read);
    port.opens().write(WAKE).write(ACTIVE).receive("00d20046002d" + CAPTURED);
    sensor.start();
    assertEquals(Set.of(Quality.PM_WARMUP), sensor.read().flags());
  }

  @Test
  void acknowledgementsOfAPartFoundAsleepOrPassiveAreNoFrames() throws IOException {
    started().receive("424d0004e4010178" + "424d0004e1010175" + CAPTURED);
    assertEquals(8, sensor.read().get(Quantity.PM2_5).orElseThrow());
  }

  @Test
  void closingPutsThePartToSleep() throws IOException {
    started().write(SLEEP);
    sensor.close();
    sensor.close();
  }

  private final Pms5003 passive = new Pms5003(port, time, Pms5003.Mode.PASSIVE, Optional.empty());

  private Sample ask(String answer) throws IOException {
    port.silence().write(READ).receive(answer);
    return passive.read();
  }

  private void warmPassive() throws IOException {
    port.opens().write(WAKE).write(PASSIVE);
    passive.start();
    for (int second = 0; second < 30; second += 10) {
      assertEquals(Set.of(PM_WARMUP), ask(CAPTURED).flags());
      pass(10);
    }
  }

  @Test
  void inPassiveModeEachFrameIsRequested() throws IOException {
    warmPassive();
    Sample sample = ask(CAPTURED);
    assertEquals(8, sample.get(Quantity.PM2_5).orElseThrow());
    assertEquals(Set.of(), sample.flags());
    assertEquals(Duration.ofSeconds(1), passive.rhythm().period());
  }

  @Test
  void inPassiveModeAnUnrequestedFrameIsARestartAndTheModeIsSetAgain() throws IOException {
    warmPassive();
    port.receive(CAPTURED).silence().write(PASSIVE).write(READ).receive(CAPTURED);
    assertEquals(Set.of(PM_WARMUP), passive.read().flags());
    time.pass(Duration.ofSeconds(30));
    assertEquals(Set.of(), ask(CAPTURED).flags());
  }

  @Test
  void inPassiveModeTenUnansweredRequestsAreABusFault() throws IOException {
    warmPassive();
    for (int question = 1; question < 10; question++) {
      port.silence().write(READ).silence();
      assertEquals(Sample.NOTHING, passive.read());
    }
    port.silence().write(READ).silence();
    assertThrows(BusException.class, passive::read);
  }

  @Test
  void inPassiveModeAnAcknowledgementIsNoFrame() throws IOException {
    port.opens().write(WAKE).write(PASSIVE);
    passive.start();
    port.receive("424d0004e1000174").silence().write(READ).receive(CAPTURED);
    assertEquals(8, passive.read().get(Quantity.PM2_5).orElseThrow());
  }

  @Test
  void theReadWaitsForThePartAndASampleStaysFreshForOneAndAHalfPeriods() {
    assertEquals(Duration.ZERO, sensor.rhythm().period());
    assertEquals(Duration.ofMillis(3_500), sensor.rhythm().fresh());
  }

  @Test
  void afterARestartTheTimeWithoutAChangeBeginsAgain() throws IOException {
    warm();
    for (int second = 30; second < 300; second += 2) {
      readOne(CAPTURED);
      pass(2);
    }
    started();
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
  }

  @Test
  void aRestartDropsAnIncompleteFrame() throws IOException {
    started();
    port.receive(CAPTURED.substring(0, 20)).silence();
    assertEquals(Sample.NOTHING, sensor.read());
    started();
    port.receive(CAPTURED.substring(20)).silence();
    assertEquals(Sample.NOTHING, sensor.read());
  }

  @Test
  void aRestartForgetsTheModelThatTheFramesHaveShown() throws IOException {
    started();
    for (int i = 0; i < 3; i++) {
      readOne(PMS5003T);
    }
    assertTrue(hasAny(readOne(PMS5003T), AIR));
    started();
    assertFalse(hasAny(readOne(PMS5003T), AIR));
  }

  @Test
  void fiveSecondsOfSilenceAreTheLastThatBeginNoWarmUp() throws IOException {
    warm(); // its last frame came 2 s ago
    pass(3);
    assertEquals(Set.of(), readOne(CAPTURED).flags());
    time.pass(Duration.ofMillis(5_001));
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
  }

  @Test
  void aLateAnswerIsGivenForThreeAndAHalfSeconds() throws IOException {
    warmPassive();
    for (int moreMs = 0; moreMs < 2; moreMs++) {
      port.silence().write(READ).silence(); // for 1 s
      assertEquals(Sample.NOTHING, passive.read());
      time.pass(Duration.ofMillis(2_500 + moreMs));
      port.receive(CAPTURED).silence().write(READ).silence();
      assertEquals(moreMs > 0, passive.read().isEmpty(), moreMs + " ms more");
      ask(CAPTURED);
    }
  }

  @Test
  void fourRestartsAMinuteApartAreOneThatNeverEnded() throws IOException {
    warmPassive();
    for (int attempt = 0; attempt < 4; attempt++) {
      assertEquals(Optional.empty(), passive.remark());
      port.receive(CAPTURED).silence().write(PASSIVE).write(READ).receive(CAPTURED);
      passive.read();
      pass(60);
    }
    assertTrue(passive.remark().isPresent());
  }

  @Test
  void aRestartExplainsNoFrameByARequestBeforeIt() throws IOException {
    warmPassive();
    for (int request = 0; request < 2; request++) {
      port.silence().write(READ).silence();
      passive.read();
    }
    port.opens().write(WAKE).write(PASSIVE);
    passive.start();
    port.receive(CAPTURED).silence().write(PASSIVE).write(READ).receive(CAPTURED);
    assertEquals(Set.of(PM_WARMUP), passive.read().flags());
  }

  @Test
  void aModeSetAgainExplainsNoFrameByARequestBeforeIt() throws IOException {
    warmPassive();
    for (int request = 0; request < 4; request++) {
      port.silence().write(READ).silence();
      passive.read();
    }
    for (int restart = 0; restart < 2; restart++) {
      port.receive(CAPTURED).silence().write(PASSIVE).write(READ).receive(CAPTURED);
      assertEquals(Set.of(PM_WARMUP), passive.read().flags());
    }
  }

  @Test
  void aFrameOfOneLengthAndNoMoreBytesIsEnoughForAFrameFault() throws IOException {
    warm();
    port.receive("ff".repeat(40)); // a PMS5003ST's
    for (int second = 1; second < 7; second++) {
      port.silence();
      assertEquals(Sample.NOTHING, sensor.read());
    }
    port.silence();
    assertThrows(FrameException.class, sensor::read);
  }
}
