package dev.streetbox.driver;

import static dev.streetbox.measure.Quality.GAS_FAULT;
import static dev.streetbox.measure.Quality.GAS_WARMUP;
import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedSerial;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frames of other projects' tests and documents (FartCHECKER, DFRobot's wiki), and computed ones;
 * no capture of a real ZE03 with its gas named was found.
 */
class Ze03Test {
  private static final String ACTIVE = "ff0178030000000084";
  private static final String QUERYING = "ff0178040000000083";
  private static final String ASK = "ff0186000000000079";
  private static final String DONE = "ff7801000000000087";
  private static final String REFUSED = "ff7800000000000088";

  /** FartCHECKER's tests: zero, and 3. */
  private static final String CLEAN = "ff860000000000007a";

  private static final String THREE = "ff8600030000000077";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedSerial port = new ScriptedSerial(time);
  private final Ze03 sensor = new Ze03(port, time, Ze03Gas.H2S, Ze03.Mode.ACTIVE);
  private final Ze03 asked = new Ze03(port, time, Ze03Gas.H2S, Ze03.Mode.QUERY);

  @AfterEach
  void thePortWasUsedAsWritten() {
    port.finish();
  }

  private ScriptedSerial started() throws IOException {
    port.opens().write(ACTIVE).receive(DONE);
    sensor.start();
    return port;
  }

  private ScriptedSerial warm() throws IOException {
    started();
    for (int second = 0; second < 300; second++) {
      assertEquals(Set.of(GAS_WARMUP), readOne(CLEAN).flags(), "after " + second + " s");
      pass(1_000);
    }
    return port;
  }

  private void startedAsking() throws IOException {
    port.opens().write(QUERYING).receive(DONE);
    asked.start();
  }

  private Sample readOne(String frame) throws IOException {
    port.receive(frame);
    return sensor.read();
  }

  private Sample ask(String frame) throws IOException {
    port.silence().write(ASK).receive(frame);
    return asked.read();
  }

  private void pass(long ms) {
    time.pass(Duration.ofMillis(ms));
  }

  private static Sample decode(Ze03Gas gas, String frame) throws FrameException {
    return Ze03Frame.decode(gas, HexFormat.of().parseHex(frame)).build();
  }

  private static String frame(int ticks, int gas, int decimals) {
    byte[] frame = {
      (byte) 0xff,
      (byte) 0x86,
      (byte) (ticks >> 8),
      (byte) ticks,
      (byte) gas,
      (byte) decimals,
      0,
      0,
      0
    };
    for (int i = 1; i < 8; i++) {
      frame[8] -= frame[i];
    }
    return HexFormat.of().formatHex(frame);
  }

  @Test
  void aFrameIsItsConcentration() throws IOException {
    warm();
    assertEquals(Sample.of(Map.of(Quantity.H2S, 3.0)), readOne(THREE));
    assertEquals(Sample.of(Map.of(Quantity.H2S, 0.0)), readOne(CLEAN));
    // The document's example, whose checksum is the sum of bytes 1 to 7.
    assertEquals(42, readOne("ff86002a0000002030").get(Quantity.H2S).orElseThrow());
  }

  @Test
  void aFrameThatTellsItsGasIsReadAsOneThatDoesNot() throws IOException {
    warm();
    assertEquals(7, readOne("ff86000703000000" + "70").get(Quantity.H2S).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "NH3, ff86006400000000" + "16, 100",
    "CO, ff8603e800000000" + "8f, 1000",
    "SO2, ff86000d00000000" + "6d, 1.3",
    "SO2, ff86000d2b010000" + "41, 1.3",
  })
  void resolutionAndRangeAreThoseOfTheGas(Ze03Gas gas, String frame, double ppm)
      throws FrameException {
    assertEquals(Sample.of(Map.of(gas.quantity(), ppm)), decode(gas, frame));
  }

  @ParameterizedTest
  @CsvSource({"H2S, 100", "NH3, 100", "CO, 1000", "NO2, 200", "SO2, 200", "O3, 200", "CL2, 100"})
  void aConcentrationBeyondTheRangeIsNoneAndNeverTheEndOfTheRange(Ze03Gas gas, int ticks)
      throws FrameException {
    double end = ticks / Math.pow(10, gas.decimals());
    assertEquals(end, decode(gas, frame(ticks, 0, 0)).get(gas.quantity()).orElseThrow());
    for (int beyond : new int[] {ticks + 1, 0x8000, 0xFFFF}) {
      Sample sample = decode(gas, frame(beyond, 0, 0));
      assertEquals(new Sample(Map.of(), Set.of(GAS_FAULT, OUT_OF_RANGE)), sample, "at " + beyond);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ff86000702000000" + "71, NH3",
    "ff86000704000000" + "6f, CO",
    "ff860007050000006e, O2",
    "ff86000745000000" + "2e, PH3",
    "ff860007f0000000" + "83, an unknown gas",
  })
  void aCellForAnotherGasIsNamed(String frame, String name) throws IOException {
    warm();
    FrameException fault = assertThrows(FrameException.class, () -> readOne(frame));
    assertTrue(fault.getMessage().contains("is for " + name), fault.getMessage());
    assertTrue(fault.getMessage().contains("not for H2S"), fault.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Ze03Gas.class)
  void stepsOtherThanTheGasesAreAFaultAndNeverATenfoldReading(Ze03Gas gas) throws FrameException {
    for (int decimals = 0; decimals <= 255; decimals++) {
      String frame = frame(5, gas.code(), decimals);
      if (decimals == 0 || decimals == gas.decimals()) {
        assertEquals(1, decode(gas, frame).readings().size());
      } else {
        assertThrows(FrameException.class, () -> decode(gas, frame));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Ze03Gas.class)
  void gasesHaveTheConfigurationsNames(Ze03Gas gas) {
    assertEquals(Optional.of(gas), Ze03Gas.of(gas.key()));
    assertEquals(gas.key() + "_ppm", gas.quantity().key());
    assertFalse(Ze03Gas.of("o2").isPresent());
  }

  @Test
  void valuesBeforeTheReplyAreNotTheReply() throws IOException {
    port.opens().write(ACTIVE).receive(CLEAN + CLEAN).receive(THREE + DONE);
    sensor.start();
  }

  @Test
  void aModuleThatDoesNotReplyIsABusFaultAndOneThatRefusesAFrameFault() {
    port.opens().write(ACTIVE).silence();
    BusException silent = assertThrows(BusException.class, sensor::start);
    assertTrue(silent.getMessage().contains("no reply"), silent.getMessage());
    assertEquals(1_500, time.tickMs());
    port.opens().write(ACTIVE).receive(REFUSED);
    FrameException refused = assertThrows(FrameException.class, sensor::start);
    assertTrue(refused.getMessage().contains("refuses"), refused.getMessage());
  }

  @Test
  void inQueryModeEachReadAsksAndAnUnansweredQuestionIsANewWarmUp() throws IOException {
    startedAsking();
    assertEquals(Set.of(GAS_WARMUP), ask(CLEAN).flags());
    pass(299_999);
    assertEquals(Set.of(GAS_WARMUP), ask(CLEAN).flags());
    pass(1);
    assertEquals(Sample.of(Map.of(Quantity.H2S, 3.0)), ask(THREE));
    port.silence().write(ASK).silence();
    assertEquals(Sample.NOTHING, asked.read());
    assertEquals(Set.of(), ask(THREE).flags(), "one answer may be late or lost");
    pass(10_001);
    for (int question = 0; question < 2; question++) {
      port.silence().write(ASK).silence();
      assertEquals(Sample.NOTHING, asked.read());
    }
    assertEquals(Set.of(GAS_WARMUP), ask(THREE).flags(), "it may have lost its supply");
  }

  @Test
  void inQueryModeALateAnswerIsAnAnswer() throws IOException {
    startedAsking();
    ask(CLEAN);
    pass(300_000);
    assertEquals(Set.of(), ask(CLEAN).flags());
    for (int question = 0; question < 20; question++) {
      port.silence().write(ASK).silence();
      assertEquals(Sample.NOTHING, asked.read());
      port.receive(THREE).silence().write(ASK).silence();
      assertEquals(Sample.of(Map.of(Quantity.H2S, 3.0)), asked.read());
      port.receive(CLEAN).silence().write(ASK).receive(CLEAN);
      assertEquals(Set.of(), asked.read().flags());
    }
  }

  @Test
  void aModuleThatSendsButDoesNotReplyIsReadAndItsWireIsNamed() throws IOException {
    for (Ze03 module : List.of(sensor, asked)) {
      port.opens().write(module == sensor ? ACTIVE : QUERYING).receive(CLEAN).silence();
      module.start();
      port.receive(THREE);
      assertEquals(3, module.read().get(Quantity.H2S).orElseThrow());
      pass(300_000);
      port.receive(THREE);
      module.read();
      String remark = module.remark().orElseThrow();
      assertTrue(remark.contains("check the wire to its RXD"), remark);
    }
  }

  @Test
  void inQueryModeAFrameThatNobodyAskedForIsAModuleThatLostItsSupply() throws IOException {
    startedAsking();
    ask(CLEAN);
    pass(300_000);
    assertEquals(Set.of(), ask(CLEAN).flags());
    port.receive(CLEAN).silence().write(QUERYING).receive(CLEAN + DONE).write(ASK).receive(THREE);
    Sample sample = asked.read();
    assertEquals(3, sample.get(Quantity.H2S).orElseThrow());
    assertEquals(Set.of(GAS_WARMUP), sample.flags());
  }

  @Test
  void aPauseOfTheActiveModeIsANewWarmUp() throws IOException {
    warm();
    assertEquals(Set.of(), readOne(CLEAN).flags());
    pass(3_500);
    assertEquals(Set.of(), readOne(CLEAN).flags());
    pass(3_501);
    assertEquals(Set.of(GAS_WARMUP), readOne(CLEAN).flags());
  }

  @Test
  void aReplyIsNoReading() throws IOException {
    warm();
    assertEquals(Sample.NOTHING, readOne(DONE));
    assertEquals(3, readOne(THREE + DONE).get(Quantity.H2S).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff86000700000000" + "74", // the sum
        "ff8600070000000072", // a sum with the start byte
        "ff87000700000000" + "72", // another command
        "ff86000700", // short
        "ff040301002513" + "8838", // a ZE07's own frame
        "000000000000000000",
        "ffffffffffffffffff",
        "ff",
        "ffff8600",
        "00ff0000ffff86",
      })
  void whateverStandsBeforeAFrameIsNoReadingAndDoesNotSwallowIt(String garbage) throws IOException {
    warm().receive(garbage).silence();
    assertEquals(Sample.NOTHING, sensor.read());
    assertEquals(3, readOne(THREE).get(Quantity.H2S).orElseThrow());
  }

  @Test
  void noFlippedBitOfAFrameIsAReading() {
    byte[] frame = HexFormat.of().parseHex(THREE);
    for (int bit = 0; bit < 8 * frame.length; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(Ze03Frame.isWhole(flipped), "bit " + bit);
    }
    assertTrue(Ze03Frame.isWhole(frame));
  }

  @Test
  void theStartByteMayStandWithinAFrame() throws IOException {
    Ze03 monoxide = new Ze03(port, time, Ze03Gas.CO, Ze03.Mode.ACTIVE);
    port.opens().write(ACTIVE).receive(DONE);
    monoxide.start();
    port.receive("ff8600ff00000000" + "7b");
    assertEquals(255, monoxide.read().get(Quantity.CO).orElseThrow());
  }

  @Test
  void anotherModulesFramesAreAFrameFaultAfterSevenSeconds() throws IOException {
    warm();
    for (int read = 1; read < 5; read++) {
      port.receive("ff0403010025138838").silence();
      assertEquals(Sample.NOTHING, sensor.read());
    }
    port.receive("ff0403010025138838").silence();
    FrameException fault = assertThrows(FrameException.class, sensor::read);
    assertTrue(fault.getMessage().contains("another model"), fault.getMessage());
  }

  @Test
  void tenSecondsOfSilenceAreABusFault() throws IOException {
    started();
    for (int read = 1; read < 7; read++) {
      port.silence();
      assertEquals(Sample.NOTHING, sensor.read());
    }
    port.silence();
    assertThrows(BusException.class, sensor::read);
  }

  @Test
  void aPortThatHangsUpIsOpenedAnewAndOneThatCannotBeOpenedIsReported() throws IOException {
    warm().hangUp();
    assertThrows(BusException.class, sensor::read);
    started();
    assertEquals(Set.of(GAS_WARMUP), readOne(CLEAN).flags());
    port.openFails(new BusException("/dev/ttyUSB0: missing", 2));
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void closingSendsNothing() throws IOException {
    started();
    sensor.close();
    sensor.close();
  }

  @Test
  void inActiveModeItWaitsForTheModuleAndInQueryModeItIsReadOnceASecond() {
    assertEquals(Duration.ZERO, sensor.rhythm().period());
    assertEquals(Duration.ofSeconds(1), asked.rhythm().period());
    assertEquals(Duration.ofMillis(2_500), asked.rhythm().fresh());
  }

  @Test
  void closingReleasesThePort() throws IOException {
    started();
    sensor.close();
    port.opens();
    port.open();
  }

  @Test
  void twoFramesForOneQuestionAreAModuleThatLostItsSupply() throws IOException {
    startedAsking();
    ask(CLEAN);
    pass(300_000);
    port.silence().write(ASK).receive(CLEAN + THREE).write(QUERYING).receive(DONE);
    Sample sample = asked.read();
    assertEquals(3, sample.get(Quantity.H2S).orElseThrow());
    assertEquals(Set.of(GAS_WARMUP), sample.flags());
  }

  @Test
  void aModeSetAgainExplainsNoFrameByAQuestionBeforeIt() throws IOException {
    startedAsking();
    for (int question = 0; question < 4; question++) {
      port.silence().write(ASK).silence();
      asked.read();
    }
    for (int restart = 0; restart < 2; restart++) {
      port.receive(CLEAN).silence().write(QUERYING).receive(DONE).write(ASK).receive(THREE);
      assertEquals(Set.of(GAS_WARMUP), asked.read().flags());
    }
  }
}
