package dev.streetbox.driver;

import static dev.streetbox.measure.Quality.OUT_OF_RANGE;
import static dev.streetbox.measure.Quality.PM_FAULT;
import static dev.streetbox.measure.Quality.PM_STUCK;
import static dev.streetbox.measure.Quality.PM_WARMUP;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests with frames captured by avaldebe/PyPMS (45c3bf0, MIT: SDS01x.hexdump), and those of Nova's
 * control protocol V1.3.
 */
class Sds011Test {
  /** 0.6 and 0.6 µg/m³, id 58d9. */
  private static final String CAPTURED = "aac00600060058d93dab";

  /** 0.9 and 0.9 µg/m³. */
  private static final String LATER = "aac00900090058d943ab";

  /** The protocol's own example: 123.6 and 261.8 µg/m³. */
  private static final String EXAMPLE = "aac0d4043a0aa1601dab";

  /** PyPMS tests/sensors: all zero, its id too. */
  private static final String NOT_READY = "aac000000000000000ab";

  private static final String WAKE = "aab406010100000000000000000000ffff06ab";
  private static final String SLEEP = "aab406010000000000000000000000ffff05ab";
  private static final String CONTINUOUS = "aab408010000000000000000000000ffff07ab";
  private static final String ACTIVE = "aab402010000000000000000000000ffff01ab";
  private static final String QUERYING = "aab402010100000000000000000000ffff02ab";
  private static final String QUERY = "aab404000000000000000000000000ffff02ab";

  private static final String AWAKE = "aac506010100a16009ab";
  private static final String IS_CONTINUOUS = "aac508010000a1600aab";
  private static final String IS_ACTIVE = "aac502010000a16004ab";
  private static final String IS_QUERYING = "aac502010100a16005ab";

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedSerial port = new ScriptedSerial(time);
  private final Sds011 sensor = new Sds011(port, time, Sds011.Mode.ACTIVE);
  private final Sds011 asked = new Sds011(port, time, Sds011.Mode.QUERY);

  @AfterEach
  void thePortWasUsedAsWritten() {
    port.finish();
  }

  private ScriptedSerial started() throws IOException {
    port.opens().write(WAKE).receive(AWAKE).write(CONTINUOUS).receive(IS_CONTINUOUS);
    port.write(ACTIVE).receive(IS_ACTIVE);
    sensor.start();
    return port;
  }

  private ScriptedSerial warm() throws IOException {
    started();
    for (int second = 0; second < 30; second++) {
      assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
      pass(1);
    }
    return port;
  }

  private Sample readOne(String frame) throws IOException {
    port.receive(frame);
    return sensor.read();
  }

  private void pass(long seconds) {
    time.pass(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    CAPTURED + ", 0.6, 0.6",
    LATER + ", 0.9, 0.9",
    EXAMPLE + ", 123.6, 261.8",
    "aac00100000058d932ab, 0.1, 0.0",
    "aac00e270e2758d99bab, 999.8, 999.8",
  })
  void valuesAreTenthsOfAMicrogram(String frame, double pm25, double pm10) throws IOException {
    warm();
    Sample sample = readOne(frame);
    assertEquals(Map.of(Quantity.PM2_5, pm25, Quantity.PM10, pm10), sample.readings());
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void startAndEndBytesMayBeValuesBeyondTheRange() throws IOException {
    warm();
    Sample sample = readOne("aac0abaaaaab58d9dbab"); // 4369.1 and 4394.6
    assertEquals(Map.of(), sample.readings());
    assertEquals(Set.of(PM_FAULT, OUT_OF_RANGE), sample.flags());
  }

  /** The first is the code for a blocked inlet, reported with its bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"aac00f271f4e3b9472ab", "aac00f270f2758d99dab", "aac010000f2758d977ab"})
  void aValueAtTheEndOfTheScaleWithdrawsBoth(String frame) throws IOException {
    warm();
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT, OUT_OF_RANGE)), readOne(frame));
    assertTrue(sensor.remark().orElseThrow().contains("beyond"));
  }

  @Test
  void moreOfPm25ThanOfPm10IsAFault() throws IOException {
    warm();
    assertEquals(new Sample(Map.of(), Set.of(PM_FAULT)), readOne("aac00900070058d941ab"));
    assertTrue(sensor.remark().orElseThrow().contains("contradict"));
    assertEquals(2, readOne("aac00900080058d942ab").readings().size(), "within the rounding");
  }

  @Test
  void aPartThatSendsButDoesNotReplyIsReadAndItsWireIsNamed() throws IOException {
    for (Sds011 part : List.of(sensor, asked)) {
      boolean queries = part == asked;
      port.opens().write(WAKE).receive(CAPTURED).silence();
      port.write(CONTINUOUS).receive(CAPTURED).silence();
      port.write(queries ? QUERYING : ACTIVE).receive(CAPTURED).silence();
      part.start();
      for (int second = 0; second <= 30; second++) {
        if (queries) {
          port.silence().write(QUERY);
        }
        port.receive(CAPTURED);
        boolean warm = second == 30;
        assertEquals(warm ? Set.of() : Set.of(PM_WARMUP), part.read().flags());
        pass(1);
      }
      String remark = part.remark().orElseThrow();
      assertTrue(remark.endsWith("check the wire to its R"), remark);
    }
  }

  @Test
  void aPartThatSendsNothingAndDoesNotReplyIsABusFault() {
    port.opens().write(WAKE).silence();
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void commandsAreThoseOfTheProtocol() {
    // Nova's document, for the part A160: set the reporting mode to query.
    String documented = "aab402010100000000000000000000a16005ab";
    String actual = HexFormat.of().formatHex(Sds011.command(0x02, 1, 1));
    assertEquals(documented.replace("a16005", "ffff02"), actual);
    assertEquals(QUERY, HexFormat.of().formatHex(Sds011.command(0x04, 0, 0)));
  }

  @Test
  void valuesBetweenACommandAndItsReplyAreNotTheReply() throws IOException {
    port.opens().write(WAKE).receive(CAPTURED + CAPTURED + AWAKE);
    port.write(CONTINUOUS).receive(CAPTURED).receive(AWAKE).receive(IS_CONTINUOUS);
    port.write(ACTIVE).receive(IS_ACTIVE);
    sensor.start();
  }

  @Test
  void aPartThatDoesNotReplyIsABusFaultThatNamesTheCommand() {
    port.opens().write(WAKE).receive(AWAKE).write(CONTINUOUS).receive(CAPTURED).silence();
    BusException error = assertThrows(BusException.class, sensor::start);
    assertTrue(error.getMessage().contains("command 08"), error.getMessage());
    assertEquals(1_500, time.tickMs());
  }

  @Test
  void inQueryModeEachReadSendsARequest() throws IOException {
    port.opens().write(WAKE).receive(AWAKE).write(CONTINUOUS).receive(IS_CONTINUOUS);
    port.write(QUERYING).receive(IS_QUERYING);
    asked.start();
    for (int second = 0; second < 30; second += 10) {
      port.silence().write(QUERY).receive(CAPTURED);
      assertEquals(Set.of(PM_WARMUP), asked.read().flags());
      pass(10);
    }
    // A buffered reply from before the request is older than the answer to it.
    port.receive(CAPTURED).silence().write(QUERY).receive(EXAMPLE);
    Sample sample = asked.read();
    assertEquals(123.6, sample.get(Quantity.PM2_5).orElseThrow());
    assertEquals(Set.of(), sample.flags());
    assertEquals(Duration.ofSeconds(1), asked.rhythm().period());
    port.silence().write(QUERY).silence();
    assertEquals(Sample.NOTHING, asked.read());
    port.receive(LATER).silence().write(QUERY).silence();
    Sample late = asked.read();
    assertEquals(0.9, late.get(Quantity.PM2_5).orElseThrow(), "a late answer is one");
    assertEquals(Set.of(), late.flags(), "one answer may be late");
    for (int request = 0; request < 2; request++) {
      port.silence().write(QUERY).silence();
      assertEquals(Sample.NOTHING, asked.read());
    }
    port.silence().write(QUERY).receive(LATER);
    assertEquals(Set.of(PM_WARMUP), asked.read().flags(), "it may have lost its power");
  }

  @Test
  void aReplyIsNoReading() throws IOException {
    warm();
    assertEquals(Sample.NOTHING, readOne(AWAKE));
    assertEquals(0.6, readOne(CAPTURED + AWAKE).get(Quantity.PM2_5).orElseThrow());
  }

  @Test
  void anAllZeroFrameIsAPartStillStartingAndNoReading() throws IOException {
    warm();
    assertEquals(new Sample(Map.of(), Set.of(PM_WARMUP)), readOne(NOT_READY));
    pass(1);
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
  }

  @Test
  void noDustAtAllFromAPartThatRunsIsAFault() throws IOException {
    warm();
    assertEquals(Set.of(PM_FAULT), readOne("aac00000000058d931ab").flags());
  }

  @Test
  void aSilenceBeginsAWarmUp() throws IOException {
    warm();
    readOne(CAPTURED);
    time.pass(Duration.ofMillis(3_501));
    assertEquals(Set.of(PM_WARMUP), readOne(LATER).flags());
  }

  @Test
  void valuesThatNeverChangeAreStuck() throws IOException {
    warm();
    for (int second = 30; second < 300; second++) {
      assertEquals(Set.of(), readOne(CAPTURED).flags(), "after " + second + " s");
      pass(1);
    }
    assertEquals(Set.of(PM_STUCK), readOne(CAPTURED).flags());
    assertEquals(Set.of(), readOne(LATER).flags());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aac0d4043a0aa1601cab", // the sum
        "aac0d4043a0aa1601daa", // the end
        "aac0d4041dab", // short
        "aacf0e001000e9050cab", // an SDS198, captured by PyPMS
        "00000000000000000000",
        "ffffffffffffffffffff",
        "aa",
        "aac0",
        "aaaac006",
        "060058d93dabaaaa",
      })
  void whateverStandsBeforeAFrameIsNoReadingAndDoesNotSwallowIt(String garbage) throws IOException {
    warm().receive(garbage).silence();
    assertEquals(Sample.NOTHING, sensor.read());
    Sample sample = readOne(EXAMPLE);
    assertEquals(123.6, sample.get(Quantity.PM2_5).orElseThrow());
  }

  @Test
  void anotherPartsFramesAreAFrameFaultAfterSevenSeconds() throws IOException {
    warm();
    for (int read = 1; read < 5; read++) {
      port.receive("aacf0e001000e9050cab").silence();
      assertEquals(Sample.NOTHING, sensor.read());
    }
    port.receive("aacf0e001000e9050cab").silence();
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("SDS198"), error.getMessage());
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
  void aLostPortIsOpenedAnew() throws IOException {
    warm().hangUp();
    assertThrows(BusException.class, sensor::read);
    started();
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
  }

  @Test
  void aPortThatCannotBeOpenedIsReported() {
    port.openFails(new BusException("/dev/ttyUSB0: missing", 2));
    assertThrows(BusException.class, sensor::start);
  }

  @Test
  void closingPutsThePartToSleepAndNeverThrows() throws IOException {
    started().write(SLEEP);
    sensor.close();
    sensor.close();
  }

  @Test
  void theReadWaitsForThePart() {
    assertEquals(Duration.ZERO, sensor.rhythm().period());
    assertEquals(Duration.ofMillis(2_500), sensor.rhythm().fresh());
  }

  @Test
  void afterARestartTheTimeWithoutAChangeBeginsAgain() throws IOException {
    warm();
    for (int second = 30; second <= 300; second++) {
      readOne(CAPTURED);
      pass(1);
    }
    started();
    assertEquals(Set.of(PM_WARMUP), readOne(CAPTURED).flags());
  }

  @Test
  void anAnswerIsLateForTwoAndAHalfSecondsAndOnlyIfItsRequestWasUnanswered() throws IOException {
    port.opens().write(WAKE).receive(AWAKE).write(CONTINUOUS).receive(IS_CONTINUOUS);
    port.write(QUERYING).receive(IS_QUERYING);
    asked.start();
    port.silence().write(QUERY).receive(CAPTURED);
    asked.read();
    port.receive(LATER).silence().write(QUERY).silence(); // for 1.5 s
    assertEquals(Sample.NOTHING, asked.read(), "the request was answered");
    for (int moreMs = 0; moreMs < 2; moreMs++) {
      pass(1);
      time.pass(Duration.ofMillis(moreMs));
      port.receive(LATER).silence().write(QUERY).silence();
      assertEquals(moreMs > 0, asked.read().isEmpty(), moreMs + " ms more");
      port.silence().write(QUERY).silence();
      asked.read();
    }
  }

  @Test
  void aPartThatRepliesToTheSecondCommandOnlyIsABusFaultOfTheFirst() {
    port.opens().write(WAKE).receive(CAPTURED).silence();
    port.write(CONTINUOUS).receive(IS_CONTINUOUS).write(ACTIVE).receive(IS_ACTIVE);
    BusException error = assertThrows(BusException.class, sensor::start);
    assertTrue(error.getMessage().contains("06"), error.getMessage());
  }

  @Test
  void ofTwoValuesTheNewerIsGivenAndAPartThatObeysHasNoRemark() throws IOException {
    warm();
    Sample sample = readOne(CAPTURED + LATER);
    assertEquals(0.9, sample.get(Quantity.PM2_5).orElseThrow());
    assertEquals(Optional.empty(), sensor.remark());
  }

  @Test
  void aSilenceOfThreeAndAHalfSecondsBeginsNoWarmUp() throws IOException {
    warm();
    readOne(CAPTURED);
    time.pass(Duration.ofMillis(3_500));
    assertEquals(Set.of(), readOne(LATER).flags());
  }
}
