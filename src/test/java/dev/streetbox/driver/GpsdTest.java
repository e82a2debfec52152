package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.ScriptedSerial;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.ClockReading;
import dev.streetbox.measure.PrintableText;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays sessions with gpsd. Lines marked "3.22" were recorded from gpsd 3.22 playing hab-gpspi.log;
 * the other reports are from the .chk files of gpsd's test/daemon (ntpsec/gpsd at 46977fa, BSD-2),
 * shortened to the members needed.
 */
class GpsdTest {
  /** 3.22. */
  private static final String VERSION =
      "{\"class\":\"VERSION\",\"release\":\"3.22\",\"rev\":\"3.22\","
          + "\"proto_major\":3,\"proto_minor\":14}\r\n";

  private static final String WATCH = "?WATCH={\"enable\":true,\"json\":true};\n";

  /** 3.22. */
  private static final String WATCHING =
      "{\"class\":\"DEVICES\",\"devices\":[{\"class\":\"DEVICE\",\"path\":\"/dev/pts/3\","
          + "\"activated\":\"2026-11-23T20:17:20.594Z\",\"native\":0,\"bps\":4800,\"parity\":\"N\","
          + "\"stopbits\":1,\"cycle\":1.00}]}\r\n"
          + "{\"class\":\"WATCH\",\"enable\":true,\"json\":true,\"nmea\":false,\"raw\":0,"
          + "\"scaled\":false,\"timing\":false,\"split24\":false,\"pps\":false}\r\n";

  /** 3.22; the date is estimated by gpsd. */
  private static final String COMPLETE =
      "{\"class\":\"TPV\",\"device\":\"/dev/pts/3\",\"mode\":3,"
          + "\"time\":\"2035-02-04T09:28:37.000Z\",\"ept\":0.005,\"lat\":48.069071667,"
          + "\"lon\":16.358991500,\"altHAE\":246.8000,\"altMSL\":204.8000,\"alt\":204.8000,"
          + "\"epx\":7.156,\"epy\":12.495,\"epv\":33.810,\"magvar\":4.5,\"speed\":0.165,"
          + "\"geoidSep\":42.000,\"eph\":18.240,\"sep\":33.250}\r\n";

  /** ublox-neo-m8n.log.chk. */
  private static final String GOOD =
      "{\"class\":\"TPV\",\"status\":2,\"mode\":3,\"time\":\"2017-07-19T08:50:01.400Z\","
          + "\"leapseconds\":18,\"ept\":0.005,\"lat\":-34.906227100,\"lon\":138.608120200,"
          + "\"altHAE\":25.2580,\"altMSL\":28.7290,\"alt\":28.7290,\"epx\":1.866,\"epy\":1.908,"
          + "\"epv\":1.616,\"track\":31.4718,\"magtrack\":39.3947,\"magvar\":7.9,\"speed\":0.030,"
          + "\"climb\":-0.240,\"eps\":0.18,\"epc\":16.13,\"geoidSep\":-1.662,\"eph\":1.142}\r\n";

  /** bu303-nofix.log.chk. */
  private static final String NO_FIX =
      "{\"class\":\"TPV\",\"mode\":1,\"time\":\"2002-11-14T14:32:55.280Z\",\"ept\":0.005}\r\n";

  /** Returns a report of a fix with these members after the position. */
  private static String fix(String members) {
    return "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2026-11-23T12:00:00.000Z\",\"lat\":40.070112,"
        + "\"lon\":116.326519"
        + members
        + "}\r\n";
  }

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedSerial port = new ScriptedSerial(time);
  private final List<ClockReading> clock = new ArrayList<>();
  private final Gpsd gpsd = new Gpsd(port, Optional.empty(), time, clock::add);

  private void started() throws IOException {
    port.opens().receiveText(VERSION).writeText(WATCH);
    gpsd.start();
  }

  /** Returns the sample of a read after one chunk of text. */
  private Sample readOf(String text) throws IOException {
    port.receiveText(text);
    return gpsd.read();
  }

  /** Returns the sample of a read after a chunk without a position and a silence. */
  private Sample readOfThenSilence(String text) throws IOException {
    port.receiveText(text).silence();
    return gpsd.read();
  }

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.finish();
  }

  @Test
  void aCompleteReportIsAPositionWithAllItsReadings() throws IOException {
    started();
    assertEquals(
        Sample.of(
            Map.of(
                Quantity.LAT, -34.9062271,
                Quantity.LON, 138.6081202,
                Quantity.HACC, 1.142,
                Quantity.ALT, 28.729,
                Quantity.SPEED, 0.03,
                Quantity.COURSE, 31.4718)),
        readOf(GOOD));
  }

  @Test
  void aRecordedSessionOfARealDaemonGivesPositionTimeAndState() throws IOException {
    started();
    Sample sample = readOf(WATCHING + COMPLETE);
    assertEquals(OptionalDouble.of(48.069071667), sample.get(Quantity.LAT));
    assertEquals(OptionalDouble.of(18.24), sample.get(Quantity.HACC));
    assertEquals(Set.of(), sample.flags());
    assertEquals(new GnssState(3, 0, 0, "/dev/pts/3", ""), gpsd.state());
    assertEquals(
        List.of(ClockReading.gnss(0, Instant.parse("2035-02-04T09:28:37Z").toEpochMilli(), 3)),
        clock);
  }

  @Test
  void theTimeOfDayHasTheTickAtWhichItsLineArrived() throws IOException {
    started();
    port.silence();
    assertEquals(Sample.NOTHING, gpsd.read());
    time.pass(Duration.ofMillis(234));
    port.receiveText(GOOD + COMPLETE);
    gpsd.read();
    time.pass(Duration.ofMillis(500));
    gpsd.read();
    assertEquals(List.of(1_234L, 1_234L), clock.stream().map(ClockReading::tickMs).toList());
  }

  @Test
  void twoDimensionsThenThreeAreTwoSamplesOfWhichTheLaterIsComplete() throws IOException {
    started();
    // hab-gpspi.log.chk, lines 2 and 22
    Sample first =
        readOf(
            "{\"class\":\"TPV\",\"mode\":2,\"time\":\"2015-06-21T09:28:35.000Z\",\"ept\":0.005,"
                + "\"lat\":48.069089833,\"lon\":16.359000833,\"magvar\":4.5,\"speed\":0.129}\r\n"
                + "{\"class\":\"SKY\",\"hdop\":0.96,\"uSat\":10}\r\n"
                + "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2015-06-21T09:28:35.000Z\","
                + "\"lat\":48.069089833,\"lon\":16.359000833,\"altMSL\":205.3000,\"epx\":11.424,"
                + "\"epy\":22.236,\"speed\":0.129,\"eph\":18.240}\r\n");
    assertEquals(Set.of(Quantity.LAT, Quantity.LON, Quantity.SPEED), first.readings().keySet());
    Sample second = gpsd.read();
    assertEquals(OptionalDouble.of(205.3), second.get(Quantity.ALT));
    assertEquals(OptionalDouble.of(18.24), second.get(Quantity.HACC));
    assertEquals(
        List.of(2, 3), clock.stream().map(reading -> reading.fixMode().orElseThrow()).toList());
  }

  @Test
  void theTimesOfPositionsNeverGoBackEvenIfTheReceiversDo() throws IOException {
    started();
    time.pass(Duration.ofSeconds(10));
    readOf(fix("").replace("12:00:00.000Z", "12:00:00.400Z"));
    assertEquals(10_000, gpsd.measuredMs(0));
    assertEquals(Sample.NOTHING, readOfThenSilence(fix("")));
    assertEquals(10_000, gpsd.measuredMs(0));
    readOf(fix("").replace("12:00:00.000Z", "12:00:01.400Z"));
    assertEquals(11_000, gpsd.measuredMs(0));
  }

  @Test
  void altitudeIsGivenForA3dFixOnly() throws IOException {
    started();
    Sample flat = readOf(fix(",\"altMSL\":50.0").replace("\"mode\":3", "\"mode\":2"));
    assertEquals(OptionalDouble.empty(), flat.get(Quantity.ALT));
    assertEquals(OptionalDouble.of(50), readOf(fix(",\"altMSL\":50.0")).get(Quantity.ALT));
    assertEquals(OptionalDouble.of(60), readOf(fix(",\"alt\":60.0")).get(Quantity.ALT));
    assertEquals(
        OptionalDouble.of(50), readOf(fix(",\"alt\":60.0,\"altMSL\":50.0")).get(Quantity.ALT));
    assertEquals(OptionalDouble.empty(), readOf(fix(",\"altHAE\":60.0")).get(Quantity.ALT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // quectel-eg25-g.log.chk: a position without its time
        "{\"class\":\"TPV\",\"mode\":3,\"lat\":36.762769767,\"lon\":31.410763833,\"eph\":77.9}",
        // bu353-glonass.log.chk: three dimensions, and no position
        "{\"class\":\"TPV\",\"mode\":3,\"epv\":23.000,\"eph\":48.640,\"sep\":52.250}",
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2026-11-23T12:00:00Z\",\"lat\":40.0}",
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2026-11-23T12:00:00Z\",\"lat\":\"40\",\"lon\":9}",
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2026-11-23T12:00:00Z\",\"lat\":NaN,\"lon\":9}",
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2026-11-23T12:00:00Z\",\"lat\":1e999,\"lon\":9}",
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2026-11-23T12:00:00Z\",\"lat\":null,\"lon\":[9]}",
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"yesterday\",\"lat\":40.0,\"lon\":9}",
        "{\"class\":\"TPV\",\"mode\":3,\"time\":1795420800,\"lat\":40.0,\"lon\":9}",
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"+999999999-01-01T00:00:00Z\",\"lat\":4,\"lon\":9}"
      })
  void aFixWithoutItsWholePlaceIsNeitherAPositionNorTheEndOfOne(String line) throws IOException {
    started();
    assertEquals(Sample.NOTHING, readOfThenSilence(line + "\r\n"));
    assertEquals("", gpsd.state().fault());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NO_FIX, // bu303-nofix
        "{\"class\":\"TPV\",\"mode\":0}\n", // quectel-eg25-g
        "{\"class\":\"TPV\",\"mode\":1,\"lat\":41.5,\"lon\":-93.6}\n", // an old position
        "{\"class\":\"TPV\"}\n",
        "{\"class\":\"TPV\",\"mode\":-7}\n",
        "{\"class\":\"TPV\",\"mode\":\"3\"}\n",
        "{\"class\":\"TPV\",\"mode\":1e30}\n"
      })
  void aReportWithoutAFixWithdrawsThePosition(String line) throws IOException {
    started();
    readOf(GOOD);
    clock.clear();
    assertEquals(new Sample(Map.of(), Set.of(Quality.GNSS_NONE)), readOf(line));
    assertTrue(gpsd.state().mode() <= 1);
    assertEquals(List.of(), clock);
  }

  @Test
  void coordinatesOutOfRangeAreNoFix() throws IOException {
    started();
    Sample nowhere = new Sample(Map.of(), Set.of(Quality.GNSS_NONE, Quality.OUT_OF_RANGE));
    assertEquals(
        nowhere,
        readOf(
            "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2015-06-21T09:28:36.000Z\","
                + "\"lat\":148.06,\"lon\":16.3}\r\n"));
    assertEquals(nowhere, readOf(fix("").replace("116.", "1160.")));
    assertEquals(nowhere, readOf(fix("").replace("40.070112", "0.0").replace("116.326519", "-0")));
  }

  @Test
  void theLimitsOfLatitudeAndLongitudeAreValid() throws IOException {
    for (String line :
        List.of(
            fix("").replace("40.070112", "-90").replace("116.326519", "-180"),
            fix("").replace("40.070112", "90").replace("116.326519", "180"))) {
      started();
      assertEquals(2, readOf(line).readings().size());
    }
  }

  @Test
  void aTimeOfTheWrongEraIsPassedOnUnchecked() throws IOException {
    started();
    // april6_2019.log.chk: 1,024 weeks late
    Sample sample =
        readOf(
            "{\"class\":\"TPV\",\"mode\":2,\"time\":\"1999-08-22T00:02:31.420Z\",\"ept\":0.005,"
                + "\"lat\":48.483341667,\"lon\":0.366693333,\"track\":212.2800,\"speed\":0.082}\n");
    assertEquals(OptionalDouble.of(212.28), sample.get(Quantity.COURSE));
    assertEquals(
        List.of(ClockReading.gnss(0, Instant.parse("1999-08-22T00:02:31.420Z").toEpochMilli(), 2)),
        clock);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"eph\":3.1,\"epx\":40,\"epy\":40|3.1",
        ",\"epx\":3,\"epy\":4|5.0",
        ",\"epx\":3|",
        ",\"eph\":0,\"epy\":4|",
        ",\"eph\":-1|",
        ""
      })
  void theAccuracyIsEphOrTheDiagonalOfBothErrors(String membersAndMetres) throws IOException {
    started();
    String[] parts = (membersAndMetres + "|").split("\\|", -1);
    OptionalDouble accuracy =
        parts[1].isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.valueOf(parts[1]));
    Sample sample = readOf(fix(parts[0]));
    assertEquals(accuracy, sample.get(Quantity.HACC));
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void anAccuracyOutOfRangeIsOmittedAndThePositionIsPoor() throws IOException {
    started();
    assertEquals(Set.of(), readOf(fix(",\"eph\":20")).flags());
    // haicom-305N.log.chk; the limit of accuracy is configured and applied to the row
    Sample far = readOf(fix(",\"eph\":400.9"));
    assertEquals(Set.of(), far.flags());
    assertEquals(OptionalDouble.of(400.9), far.get(Quantity.HACC));
    Sample absurd = readOf(fix(",\"eph\":1e300"));
    assertEquals(Set.of(Quality.GNSS_POOR, Quality.OUT_OF_RANGE), absurd.flags());
    assertEquals(OptionalDouble.empty(), absurd.get(Quantity.HACC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"speed\":100.1",
        "\"speed\":-0.1",
        "\"altMSL\":-500.1",
        "\"altMSL\":9000.1",
        "\"track\":-0.1",
        "\"track\":360.1"
      })
  void implausibleMotionIsOmittedAndFlagged(String member) throws IOException {
    started();
    Sample sample = readOf(fix("," + member));
    assertEquals(Set.of(Quantity.LAT, Quantity.LON), sample.readings().keySet());
    assertEquals(Set.of(Quality.OUT_OF_RANGE), sample.flags());
  }

  @Test
  void theLimitsOfEachRangeAreValid() throws IOException {
    started();
    Sample low = readOf(fix(",\"speed\":0,\"altMSL\":-500,\"track\":0"));
    Sample high = readOf(fix(",\"speed\":100,\"altMSL\":9000,\"track\":359.9999"));
    assertEquals(5, low.readings().size());
    assertEquals(5, high.readings().size());
    assertEquals(Set.of(), low.flags());
    assertEquals(Set.of(), high.flags());
  }

  @Test
  void aFullTurnIsNorth() throws IOException {
    started();
    assertEquals(OptionalDouble.of(0), readOf(fix(",\"track\":360.0000")).get(Quantity.COURSE));
  }

  @Test
  void satellitesAreCountedInTheListOrTakenFromTheSums() throws IOException {
    started();
    // ublox-neo-m8n.log.chk, three of its 28 satellites
    readOfThenSilence(
        "{\"class\":\"SKY\",\"hdop\":0.71,\"nSat\":28,\"uSat\":14,\"satellites\":["
            + "{\"PRN\":1,\"ss\":0.0,\"used\":false,\"health\":1},"
            + "{\"PRN\":5,\"ss\":38.0,\"used\":true,\"health\":1},"
            + "{\"PRN\":7,\"ss\":39.0,\"used\":true,\"health\":1}]}\r\n");
    assertEquals(new GnssState(0, 2, 3, "", ""), gpsd.state());
    readOfThenSilence("{\"class\":\"SKY\",\"hdop\":1.10,\"uSat\":8}\r\n"); // bu353s4.log.chk
    assertEquals(new GnssState(0, 8, 8, "", ""), gpsd.state());
    readOfThenSilence("{\"class\":\"SKY\",\"hdop\":50.00}\r\n"); // holux-gm-210.log.chk
    assertEquals(new GnssState(0, 8, 8, "", ""), gpsd.state());
    readOfThenSilence("{\"class\":\"SKY\",\"nSat\":0,\"uSat\":0}\r\n"); // bu303-nofix.log.chk
    assertEquals(new GnssState(0, 0, 0, "", ""), gpsd.state());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"class\":\"DEVICE\",\"path\":\"/dev/pts/3\",\"activated\":0}\r\n", // 3.22
        "{\"class\":\"DEVICES\",\"devices\":[]}\r\n",
        "{\"class\":\"DEVICES\",\"devices\":[{\"path\":\"/dev/ttyACM0\",\"activated\":0}]}\r\n"
      })
  void aRemovedReceiverWithdrawsItsPosition(String line) throws IOException {
    started();
    readOf(WATCHING + GOOD);
    assertEquals(new Sample(Map.of(), Set.of(Quality.GNSS_NONE)), readOf(line));
    assertEquals(new GnssState(0, 0, 0, GnssState.NO_RECEIVER, ""), gpsd.state());
  }

  @Test
  void aReceiverThatGpsdHasNotOpenedYetIsPresent() throws IOException {
    started();
    readOfThenSilence("{\"class\":\"DEVICES\",\"devices\":[{\"path\":\"/dev/ttyACM0\"}]}\r\n");
    assertEquals("/dev/ttyACM0", gpsd.state().receiver());
  }

  @Test
  void anErrorReportIsShownInTheState() throws IOException {
    started();
    assertEquals(
        Sample.NOTHING,
        readOfThenSilence("{\"class\":\"ERROR\",\"message\":\"Unrecognized request 'FOO'\"}\r\n"));
    assertEquals("Unrecognized request 'FOO'", gpsd.state().fault());
  }

  @Test
  void whatGpsdReportsControlsNoTerminal() throws IOException {
    started();
    readOfThenSilence(
        "{\"class\":\"ERROR\",\"message\":\"\\u001b[31m\u009b2J\u202e"
            + "x".repeat(999)
            + "\"}\r\n");
    String fault = gpsd.state().fault();
    assertTrue(fault.startsWith(" [31m 2J x") && fault.length() <= 300, fault);
    readOfThenSilence("{\"class\":\"DEVICE\",\"path\":\"/dev/\\u001b]0;a\u009b\u202e\"}\r\n");
    assertEquals("/dev/ ]0;a  ", gpsd.state().receiver());
    readOfThenSilence("\u001b[2J\u009b\u202e\r\n");
    String wrong = gpsd.state().fault();
    assertTrue(wrong.codePoints().allMatch(PrintableText::isPrintable), wrong);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"2015-06-21T09:28:36.000Z\",\"lat\":48.0690",
        "$GPGGA,030719.000,3747.0873,S,17518.8938,E,1,08,1.1,59.9,M,23.7,M,,0000*7D",
        "{\"mode\":3}",
        "{\"class\":7}",
        "[]",
        "7",
        "{\"class\":\"TPV\",\"mode\":1}}",
        "{\"class\":\"TPV\",\"mode\":nan}",
        "\u0000\ufffd"
      })
  void aLineThatIsNoReportIsCountedAndTheStreamGoesOn(String line) throws IOException {
    started();
    assertEquals(28.729, readOf(line + "\r\n" + GOOD).get(Quantity.ALT).orElseThrow());
    assertTrue(gpsd.state().fault().startsWith("wrong lines: 1,"), gpsd.state().fault());
  }

  @Test
  void unknownClassesAndMembersAreIgnored() throws IOException {
    started();
    Sample sample =
        readOf(
            "{\"class\":\"TOFF\",\"real_sec\":1}\r\n{\"class\":\"GST\",\"rms\":1.2}\r\n"
                + fix(",\"new\":{\"lat\":1,\"deep\":[[{\"x\":[]}]]},\"list\":[1,[2],{\"a\":{}}]"));
    assertEquals(OptionalDouble.of(40.070112), sample.get(Quantity.LAT));
    assertEquals("", gpsd.state().fault());
  }

  @Test
  void aLineOfMoreThan16KbIsABusFaultAndAStartConnectsAnew() throws IOException {
    started();
    assertEquals(2, readOf(longLine(16_384)).readings().size());
    port.receiveText(longLine(16_385));
    assertThrows(BusException.class, gpsd::read);
    started();
    assertEquals(6, readOf(GOOD).readings().size());
  }

  private static String longLine(int bytes) {
    String line = fix(",\"text\":\"\"");
    return line.replace("\"\"}", "\"" + "x".repeat(bytes - line.length() + 1) + "\"}");
  }

  @Test
  void theTwentiethReportOfASecondIsTaken() throws IOException {
    started();
    assertEquals(
        6, readOf("{\"class\":\"SKY\",\"uSat\":3}\r\n".repeat(19) + GOOD).readings().size());
    assertEquals("", gpsd.state().fault());
  }

  @Test
  void moreThan20ReportsASecondAreSkipped() throws IOException {
    started();
    port.receiveText("{\"class\":\"SKY\",\"uSat\":3}\r\n".repeat(20) + GOOD).silence();
    assertEquals(Sample.NOTHING, gpsd.read());
    assertEquals("more than 20 reports a second: the others are skipped", gpsd.state().fault());
    assertEquals(6, readOf(GOOD).readings().size());
  }

  @Test
  void aFloodOfBytesIsReadNoFasterThanAMegabyteASecond() throws IOException {
    started();
    String line = "{\"class\":\"TOFF\",\"text\":\"" + "x".repeat(8_000) + "\"}\n";
    for (int i = 0; i < 250; i++) {
      port.receiveText(line);
    }
    port.receiveText(GOOD);
    while (gpsd.read().isEmpty()) {
      // The scripted port has only the flood and a report behind it.
    }
    assertEquals(2_000, time.tickMs());
  }

  @Test
  void aSilentReceiverIsReportedAsNoFixOnce() throws IOException {
    started();
    readOf(GOOD);
    for (int second = 1; second <= 5; second++) {
      assertEquals(Sample.NOTHING, readOfThenSilence("{\"class\":\"SKY\",\"hdop\":50.0}\r\n"));
    }
    assertEquals(
        new Sample(Map.of(), Set.of(Quality.GNSS_NONE)),
        readOfThenSilence("{\"class\":\"SKY\",\"hdop\":50.0}\r\n"));
    assertEquals(0, gpsd.state().mode());
    for (int second = 1; second <= 30; second++) {
      port.silence();
      assertEquals(Sample.NOTHING, gpsd.read());
    }
    assertEquals(6, readOf(goodAt(36)).readings().size());
  }

  /** Returns the good report of an epoch some seconds later. */
  private static String goodAt(int second) {
    return GOOD.replace("08:50:01", "08:50:%02d".formatted(1 + second));
  }

  @Test
  void fiveSecondsOfNoiseAreAWrongFrame() throws IOException {
    started();
    port.silence();
    gpsd.read();
    for (int second = 0; second <= 5; second++) {
      assertEquals(Set.of(), readOfThenSilence("HTTP/1.1 400").readings().keySet());
    }
    port.receiveText("Bad Request\r\n");
    assertThrows(TextFormatException.class, gpsd::read);
    assertEquals(6, readOf(GOOD).readings().size());
  }

  @Test
  void reportsForLongerThanTheNoiseLimitAreNoNoise() throws IOException {
    started();
    for (int second = 0; second < 10; second++) {
      assertEquals(6, readOf(goodAt(second)).readings().size());
      time.pass(Duration.ofSeconds(1));
    }
    assertEquals(6, readOf("wrong\r\n" + goodAt(10)).readings().size());
  }

  @Test
  void emptyLinesAreNoLines() throws IOException {
    started();
    readOf("\r\n\n \r\n" + GOOD);
    assertEquals("", gpsd.state().fault());
  }

  @Test
  void aReportAfterALongSilenceIsNoNoise() throws IOException {
    started();
    for (int second = 0; second < 20; second++) {
      port.silence();
      gpsd.read();
    }
    port.receiveText(GOOD.substring(0, 20)).receiveText(GOOD.substring(20));
    assertEquals(6, gpsd.read().readings().size());
  }

  @Test
  void anotherProtocolIsRefusedWithItsVersionQuoted() {
    String two = VERSION.replace("\"proto_major\":3", "\"proto_major\":2");
    port.opens().receiveText(two);
    TextFormatException error = assertThrows(TextFormatException.class, gpsd::start);
    assertTrue(error.getMessage().contains("\"proto_major\":2"), error.getMessage());
  }

  @Test
  void anotherServiceIsRefusedWithItsLineQuoted() {
    port.opens().receiveText("220 mail.example ESMTP" + " ready".repeat(100) + "\r\n");
    TextFormatException error = assertThrows(TextFormatException.class, gpsd::start);
    assertTrue(error.getMessage().contains("### mail.example"), error.getMessage());
    assertTrue(error.getMessage().length() < 200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A",
        "{\"class\":\"TPV\",\"mode\":3,\"lat\":48.117,\"lon\":11.517}"
      })
  void aPositionSentByAnotherServiceIsNotQuoted(String line) {
    port.opens().receiveText(line + "\r\n");
    TextFormatException error = assertThrows(TextFormatException.class, gpsd::start);
    assertTrue(error.getMessage().endsWith(line.replaceAll("[0-9]", "#")), error.getMessage());
  }

  @Test
  void thePositionInATornLineIsNotQuoted() throws IOException {
    started();
    readOfThenSilence("{\"class\":\"TPV\",\"mode\":3,\"lat\":x48117,\"lon\":y11517}\r\n");
    assertTrue(gpsd.state().fault().contains("x#"), gpsd.state().fault());
    assertTrue(!gpsd.state().fault().contains("48"), gpsd.state().fault());
  }

  @Test
  void aSilentServiceIsABusFaultAfterTwoSeconds() {
    port.opens().receiveText("{\"class\":\"VERS").silence();
    assertThrows(BusException.class, gpsd::start);
    assertEquals(2_000, time.tickMs());
  }

  @Test
  void aMissingServiceIsABusFault() {
    port.openFails(new BusException("refused", 111));
    assertThrows(BusException.class, gpsd::start);
  }

  @Test
  void aClosedConnectionIsABusFaultAndAStartConnectsAnew() throws IOException {
    started();
    readOf(GOOD.substring(0, GOOD.length() - 2) + "\r\n");
    port.receiveText("{\"class\":\"TPV\",\"mo").hangUp();
    assertThrows(BusException.class, gpsd::read);
    gpsd.close();
    started();
    assertEquals(6, readOf(GOOD).readings().size());
    assertEquals("", gpsd.state().fault());
  }

  @Test
  void aReadWaitsASecondAtMost() throws IOException {
    started();
    port.silence();
    gpsd.read();
    assertEquals(1_000, time.tickMs());
    assertEquals(Duration.ZERO, gpsd.rhythm().period());
    assertEquals(Duration.ofMillis(1_200), gpsd.rhythm().fresh());
  }

  @Test
  void bytesMayArriveInAnyPieces() {
    Seeds.each(50, seed -> new GpsdTest().readSessionInPieces(seed));
  }

  private void readSessionInPieces(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] stream =
        (VERSION + WATCHING + GOOD + NO_FIX + goodAt(1)).getBytes(StandardCharsets.UTF_8);
    int versionLength = VERSION.length();
    port.opens();
    receiveInPieces(Arrays.copyOf(stream, versionLength), random);
    port.writeText(WATCH);
    receiveInPieces(Arrays.copyOfRange(stream, versionLength, stream.length), random);
    gpsd.start();
    assertEquals(OptionalDouble.of(28.729), gpsd.read().get(Quantity.ALT));
    assertEquals(Set.of(Quality.GNSS_NONE), gpsd.read().flags());
    assertEquals(OptionalDouble.of(28.729), gpsd.read().get(Quantity.ALT));
    port.finish();
  }

  private void receiveInPieces(byte[] bytes, SplittableRandom random) {
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + random.nextInt(1, random.nextBoolean() ? 4 : 400));
      port.receive(HexFormat.of().formatHex(bytes, from, to));
      from = to;
    }
  }

  @Test
  void mutatedLinesGiveOnlySamplesWithinRanges() {
    Seeds.each(50, seed -> new GpsdTest().readMutatedLines(seed));
  }

  private void readMutatedLines(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    started();
    List<String> lines =
        List.of(WATCHING, GOOD, COMPLETE, NO_FIX, fix(",\"eph\":3,\"track\":1,\"speed\":2"));
    for (int round = 0; round < 200; round++) {
      byte[] bytes = mutated(lines.get(random.nextInt(lines.size())), random);
      // The valid line after the mutated one gives each round at least one sample.
      port.receive(HexFormat.of().formatHex(bytes)).receiveText("\r\n" + NO_FIX);
      requirePlausible(gpsd.read());
      time.pass(Duration.ofSeconds(1));
    }
    port.silence();
    Sample sample = gpsd.read();
    while (!sample.isEmpty()) {
      requirePlausible(sample);
      sample = gpsd.read();
    }
    started();
    assertEquals(6, readOf(GOOD).readings().size());
    port.finish();
  }

  /** Returns the report of an epoch, seconds after noon, of a receiver at a speed in m/s. */
  private static String epoch(String device, double second, double lat, double speed) {
    return String.format(
        Locale.ROOT,
        "{\"class\":\"TPV\",\"device\":\"%s\",\"mode\":3,\"time\":\"%s\",\"lat\":%.7f,"
            + "\"lon\":116.3,\"speed\":%.2f,\"eph\":5}\r\n",
        device,
        Instant.parse("2026-11-23T12:00:00Z").plusMillis(Math.round(second * 1000)),
        lat,
        speed);
  }

  private static String noFix(String device) {
    return "{\"class\":\"TPV\",\"device\":\"" + device + "\",\"mode\":1}\r\n";
  }

  private static final Sample NOWHERE = new Sample(Map.of(), Set.of(Quality.GNSS_NONE));
  private static final Sample IMPOSSIBLE =
      new Sample(Map.of(), Set.of(Quality.GNSS_NONE, Quality.OUT_OF_RANGE));

  @Test
  void aRepeatedEpochIsNoReadingThenNoFixAndTheStateSaysWhy() throws IOException {
    started();
    String same = epoch("/dev/a", 0, 40, 5);
    assertEquals(OptionalDouble.of(40), readOf(same).get(Quantity.LAT));
    time.pass(Duration.ofSeconds(1));
    for (int second = 1; second <= 5; second++) {
      assertEquals(Sample.NOTHING, readOfThenSilence(same), "second " + second);
    }
    for (int second = 6; second < 40; second++) {
      assertEquals(NOWHERE, readOf(same), "second " + second);
      assertEquals(second * 1_000L, gpsd.measuredMs(0));
      assertEquals("the receiver repeats one epoch: it no longer measures", gpsd.state().noPlace());
      time.pass(Duration.ofSeconds(1));
    }
    assertEquals(1, clock.size());
    assertEquals(
        OptionalDouble.of(40.001), readOf(epoch("/dev/a", 40, 40.001, 5)).get(Quantity.LAT));
    assertEquals("", gpsd.state().noPlace());
  }

  @Test
  void twoEpochsRepeatedInTurnsAreRepeatedToo() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 5));
    time.pass(Duration.ofSeconds(1));
    readOf(epoch("/dev/a", 1, 40.00005, 5));
    time.pass(Duration.ofSeconds(1));
    for (int second = 2; second <= 6; second++) {
      assertEquals(
          Sample.NOTHING, readOfThenSilence(epoch("/dev/a", second % 2, 40, 5)), "" + second);
    }
    assertEquals(NOWHERE, readOf(epoch("/dev/a", 1, 40, 5)));
  }

  @Test
  void onePositionAtASpeedIsRefusedAlthoughItsTimeAdvances() throws IOException {
    started();
    for (int second = 0; second <= 10; second++) {
      assertEquals(4, readOf(epoch("/dev/a", second, 40, 5)).readings().size(), "" + second);
      time.pass(Duration.ofSeconds(1));
    }
    assertEquals(IMPOSSIBLE, readOf(epoch("/dev/a", 11, 40, 5)));
    assertEquals("the receiver repeats one position at a speed", gpsd.state().noPlace());
    time.pass(Duration.ofSeconds(1));
    assertEquals(4, readOf(epoch("/dev/a", 12, 40.0001, 5)).readings().size());
  }

  @Test
  void aReceiverThatMeasuresAgainAfterOnePositionAtASpeedIsBelievedAtOnce() throws IOException {
    started();
    for (int second = 0; second <= 30; second++) {
      readOf(epoch("/dev/a", second, 40, 10));
      time.pass(Duration.ofSeconds(1));
    }
    assertEquals(4, readOf(epoch("/dev/a", 31, 40 + 310 / 111_320.0, 10)).readings().size());
    assertEquals("", gpsd.state().noPlace());
  }

  @Test
  void anEpochOutOfOrderIsNoPlace() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 5));
    time.pass(Duration.ofSeconds(2));
    String both = epoch("/dev/a", 2, 40.00009, 5) + epoch("/dev/a", 1, 40.000045, 5);
    assertEquals(OptionalDouble.of(40.00009), readOf(both).get(Quantity.LAT));
    port.silence();
    assertEquals(Sample.NOTHING, gpsd.read());
    assertEquals(
        OptionalDouble.of(40.000135), readOf(epoch("/dev/a", 3, 40.000135, 5)).get(Quantity.LAT));
  }

  @Test
  void twoReceiversWhosePathsSwapCostNoPlace() throws IOException {
    started();
    int withdrawn = 0;
    for (int second = 0; second < 20; second++) {
      String fixed = second < 10 ? "/dev/a" : "/dev/b";
      String other = second < 10 ? "/dev/b" : "/dev/a";
      Sample sample = readOf(noFix(other) + epoch(fixed, second, 40 + second * 0.000045, 5));
      if (sample.equals(NOWHERE)) {
        withdrawn++;
        sample = gpsd.read();
      }
      assertEquals(4, sample.readings().size(), "second " + second);
      time.pass(Duration.ofSeconds(1));
    }
    assertEquals(2, withdrawn, "at the start and at the swap");
    assertEquals("/dev/b", gpsd.state().receiver());
  }

  @Test
  void reportsWithoutADeviceAreOfTheReceiverInUse() throws IOException {
    started();
    String nameless = epoch("", 0, 40, 5).replace("\"device\":\"\",", "");
    assertEquals(OptionalDouble.of(40), readOf(nameless).get(Quantity.LAT));
    time.pass(Duration.ofSeconds(1));
    readOf(epoch("/dev/a", 1, 40.000045, 5) + noFix("/dev/b"));
    assertEquals("/dev/a", gpsd.state().receiver());
    time.pass(Duration.ofSeconds(1));
    String next = epoch("", 2, 40.00009, 5).replace("\"device\":\"\",", "");
    assertEquals(OptionalDouble.of(40.00009), readOf(next).get(Quantity.LAT));
    assertEquals(List.of("/dev/b"), gpsd.state().others());
  }

  @ParameterizedTest(name = "eph {0} m")
  @CsvSource({"5, true", "100, true", "1000, true", "4000, false"})
  void aStepOfTheFarIsAPlaceOnlyIfItsAccuracySaysSo(int ephM, boolean refused) throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 5));
    time.pass(Duration.ofSeconds(1));
    Sample far = readOf(epoch("/dev/a", 1, 40.05, 5).replace("\"eph\":5", "\"eph\":" + ephM));
    assertEquals(refused, far.equals(IMPOSSIBLE));
    assertEquals(!refused, far.get(Quantity.HACC).orElse(0) == ephM);
    time.pass(Duration.ofSeconds(1));
    assertEquals(4, readOf(epoch("/dev/a", 2, 40.00009, 5)).readings().size());
  }

  @Test
  void aStandingReceiverMayGiveOnePositionForEver() throws IOException {
    started();
    for (int second = 0; second < 1_000; second++) {
      assertEquals(4, readOf(epoch("/dev/a", second, 40, 0.4)).readings().size());
      time.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void aReceiverWithoutAFixWithdrawsNothingOfAnothers() throws IOException {
    started();
    for (int second = 0; second < 36; second++) {
      port.receiveText(noFix("/dev/b")).receiveText(epoch("/dev/a", second, 40, 0));
      if (second == 0) {
        assertEquals(NOWHERE, gpsd.read());
      }
      assertEquals(OptionalDouble.of(40), gpsd.read().get(Quantity.LAT), "second " + second);
      time.pass(Duration.ofSeconds(1));
    }
    assertEquals("/dev/a", gpsd.state().receiver());
    assertEquals(List.of("/dev/b"), gpsd.state().others());
    assertEquals(3, gpsd.state().mode());
  }

  @Test
  void theBoxStaysWithOneReceiverWhileItHasAFix() throws IOException {
    started();
    for (int second = 0; second < 36; second++) {
      port.receiveText(epoch("/dev/a", second, 40, 0) + epoch("/dev/b", second, 40.00005, 0));
      assertEquals(OptionalDouble.of(40), gpsd.read().get(Quantity.LAT), "second " + second);
      port.silence();
      assertEquals(Sample.NOTHING, gpsd.read());
    }
    assertEquals(NOWHERE, readOf(noFix("/dev/a")));
    assertEquals(
        OptionalDouble.of(40.00005), readOf(epoch("/dev/b", 36, 40.00005, 0)).get(Quantity.LAT));
    assertEquals("/dev/b", gpsd.state().receiver());
  }

  @Test
  void aReceiverThatFallsSilentIsReplacedAfterFiveSeconds() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 0));
    for (int second = 0; second < 5; second++) {
      assertEquals(Sample.NOTHING, readOfThenSilence(epoch("/dev/b", second, 40.00005, 0)));
    }
    assertEquals(NOWHERE, readOfThenSilence(epoch("/dev/b", 5, 40.00005, 0)));
    assertEquals(4, readOf(epoch("/dev/b", 6, 40.00005, 0)).readings().size());
  }

  @Test
  void onlyTheNamedReceiverIsUsed() throws IOException {
    Gpsd named = new Gpsd(port, Optional.of("/dev/b"), time, clock::add);
    port.opens().receiveText(VERSION).writeText(WATCH);
    named.start();
    port.receiveText(epoch("/dev/a", 0, 40, 0) + epoch("/dev/b", 0, 40.00005, 0));
    assertEquals(OptionalDouble.of(40.00005), named.read().get(Quantity.LAT));
    port.receiveText("{\"class\":\"DEVICES\",\"devices\":[{\"path\":\"/dev/a\"}]}\r\n");
    assertEquals(NOWHERE, named.read());
    assertEquals(GnssState.NO_RECEIVER, named.state().receiver());
    assertEquals(List.of("/dev/a"), named.state().others());
  }

  @Test
  void satellitesAreThoseOfTheReceiverInUse() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 0));
    readOfThenSilence("{\"class\":\"SKY\",\"device\":\"/dev/a\",\"nSat\":9,\"uSat\":7}\r\n");
    readOfThenSilence("{\"class\":\"SKY\",\"device\":\"/dev/b\",\"nSat\":2,\"uSat\":0}\r\n");
    assertEquals(7, gpsd.state().used());
    assertEquals(9, gpsd.state().seen());
  }

  @Test
  void aReceiverRemovedFromGpsdIsReplacedByTheOther() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 0) + epoch("/dev/b", 0, 40.00005, 0));
    port.receiveText("{\"class\":\"DEVICE\",\"path\":\"/dev/a\",\"activated\":0}\r\n");
    assertEquals(NOWHERE, gpsd.read());
    assertEquals("/dev/b", gpsd.state().receiver());
    time.pass(Duration.ofSeconds(1));
    assertEquals(4, readOf(epoch("/dev/b", 1, 40.00005, 0)).readings().size());
  }

  @Test
  void aStepThatNeitherSpeedNorAccuracyExplainsIsNoPlace() throws IOException {
    started();
    for (int second = 0; second < 20; second++) {
      boolean wrong = second == 10;
      double lat = 40 + second * 0.000045 + (wrong ? 0.05 : 0);
      Sample sample = readOf(epoch("/dev/a", second, lat, 5));
      assertEquals(wrong ? IMPOSSIBLE : Set.of(), wrong ? sample : sample.flags());
      assertEquals(
          wrong ? "a step of 5.6 km in 1.0 s, which neither speed nor accuracy explains" : "",
          gpsd.state().noPlace());
      time.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void aStepIsBelievedAfterTenSecondsOfPositionsThatFollowIt() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 5));
    for (int second = 1; second < 30; second++) {
      time.pass(Duration.ofSeconds(1));
      Sample sample = readOf(epoch("/dev/a", second, 41 + second * 0.000045, 5));
      assertEquals(second >= 11, sample.readings().containsKey(Quantity.LAT), "second " + second);
    }
  }

  @Test
  void positionsThatJumpAboutAreNeverBelieved() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 5));
    SplittableRandom random = new SplittableRandom(1);
    for (int second = 1; second < 100; second++) {
      time.pass(Duration.ofSeconds(1));
      double lat = 41 + random.nextInt(1, 40) * 0.5 + second % 2 * 0.2;
      assertEquals(IMPOSSIBLE, readOf(epoch("/dev/a", second, lat, 5)), "second " + second);
    }
  }

  @Test
  void brakingAndAcceleratingHardExplainTheirSteps() throws IOException {
    started();
    double lat = 40;
    double speed = 0;
    for (int second = 0; second < 60; second++) {
      double after = Math.max(0, speed + (second % 20 < 10 ? 4 : -8));
      lat += (speed + after) / 2 / 111_320;
      speed = after;
      assertEquals(4, readOf(epoch("/dev/a", second, lat, speed)).readings().size(), "" + second);
      time.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void afterATunnelTheScooterMayBeElsewhere() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 10));
    time.pass(Duration.ofSeconds(100));
    assertEquals(4, readOf(epoch("/dev/a", 100, 40.02, 10)).readings().size());
  }

  @Test
  void fixesWithoutATimeAreNoFixAfterFiveSecondsAndTheStateSaysWhy() throws IOException {
    started();
    String timeless = "{\"class\":\"TPV\",\"mode\":3,\"lat\":40.0,\"lon\":116.3}\r\n";
    for (int second = 0; second <= 5; second++) {
      assertEquals(Sample.NOTHING, readOfThenSilence(timeless));
    }
    assertEquals(NOWHERE, readOf(timeless));
    assertEquals("the receiver's reports have no time", gpsd.state().noPlace());
    assertEquals(3, gpsd.state().mode());
    assertEquals(6, readOf(GOOD).readings().size());
    assertEquals("", gpsd.state().noPlace());
  }

  @ParameterizedTest
  @ValueSource(strings = {"23:59:60", "00:00:00"})
  void placesAroundALeapSecondAreDatedRightly(String leap) throws IOException {
    started();
    String day = leap.startsWith("00") ? "2017-01-01T" : "2016-12-31T";
    List<String> times = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      times.add("2016-12-31T23:59:%02d".formatted(second));
    }
    times.add(day + leap);
    for (int second = 0; second < 120; second++) {
      times.add("2017-01-01T00:%02d:%02d".formatted(second / 60, second % 60));
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int second = 0; second < times.size(); second++) {
      long delayMs = 50 + (second == 0 ? 0 : random.nextLong(400));
      time.pass(Duration.ofMillis(second * 1_000L + delayMs - time.tickMs()));
      Sample sample = readOf(fix("").replace("2026-11-23T12:00:00", times.get(second)));
      assertEquals(2, sample.readings().size(), times.get(second));
      assertTrue(Math.abs(second * 1_000L + 50 - gpsd.measuredMs(0)) <= 400, times.get(second));
      if (second > 70) {
        assertTrue(Math.abs(second * 1_000L + 50 - gpsd.measuredMs(0)) <= 100, times.get(second));
      }
    }
  }

  @Test
  void aSecondPartOfAnEpochHasTheTickOfTheFirst() throws IOException {
    started();
    readOf(epoch("/dev/a", 0, 40, 5));
    time.pass(Duration.ofMillis(400));
    assertEquals(OptionalDouble.of(40), readOf(epoch("/dev/a", 0, 40, 5)).get(Quantity.LAT));
    assertEquals(0, gpsd.measuredMs(400));
  }

  private static byte[] mutated(String line, SplittableRandom random) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "0123456789eE+-.,:\"{}[]\n".charAt(random.nextInt(23));
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  private static void requirePlausible(Sample sample) {
    sample
        .readings()
        .forEach(
            (quantity, value) -> {
              double greatest =
                  switch (quantity) {
                    case LAT -> 90;
                    case LON -> 180;
                    case HACC -> 100_000;
                    case ALT -> 9_000;
                    case SPEED -> 100;
                    case COURSE -> 359.99999;
                    default -> throw new AssertionError(quantity + " from gpsd");
                  };
              assertTrue(Math.abs(value) <= greatest, quantity + " " + value);
            });
    assertEquals(
        sample.readings().containsKey(Quantity.LAT), sample.readings().containsKey(Quantity.LON));
    assertTrue(sample.readings().isEmpty() || sample.readings().containsKey(Quantity.LAT));
  }

  @Test
  void aRestartDropsTheLinesThatWereNotRead() throws IOException {
    started();
    assertEquals(1, clockAfter(GOOD + GOOD));
    port.opens().receiveText(VERSION).writeText(WATCH);
    gpsd.start();
    port.silence();
    gpsd.read();
    assertEquals(1, clock.size());
  }

  private int clockAfter(String text) throws IOException {
    readOf(text);
    return clock.size();
  }

  @Test
  void aCourseOf359AndAHalfDegreesIsNorth() throws IOException {
    started();
    assertEquals(0, readOf(fix(",\"track\":359.5")).get(Quantity.COURSE).orElseThrow());
  }

  @Test
  void aStartConnectsAnewAndClosingEndsTheConnection() throws IOException {
    started();
    started();
    gpsd.close();
    port.opens();
    port.open();
  }

  @Test
  void withoutTheNamedReceiverReportsOfOthersAreNoFixAndTheStateNamesIt() throws IOException {
    Gpsd named = new Gpsd(port, Optional.of("/dev/b"), time, clock::add);
    port.opens().receiveText(VERSION).writeText(WATCH);
    named.start();
    for (int second = 0; second < 5; second++) {
      port.receiveText(epoch("/dev/a", second, 40, 0)).silence();
      assertEquals(Sample.NOTHING, named.read());
    }
    time.pass(Duration.ofSeconds(1));
    port.receiveText(epoch("/dev/a", 6, 40, 0));
    assertEquals(NOWHERE, named.read());
    assertEquals("gpsd has no /dev/b", named.state().noPlace());
  }

  @Test
  void reportsOfAnotherReceiverWithdrawNothingWhileOneIsInUse() throws IOException {
    Gpsd named = new Gpsd(port, Optional.of("/dev/b"), time, clock::add);
    port.opens().receiveText(VERSION).writeText(WATCH);
    named.start();
    port.receiveText(epoch("/dev/b", 0, 40, 0));
    named.read();
    time.pass(Duration.ofSeconds(6));
    port.receiveText(epoch("/dev/a", 6, 40, 0)).silence();
    named.read();
    assertEquals("", named.state().noPlace());
  }

  @Test
  void aReportWithoutAFixIsModeOneAndAnUnknownModeZero() throws IOException {
    started();
    readOf(NO_FIX);
    assertEquals(1, gpsd.state().mode());
    readOf(NO_FIX.replace("\"mode\":1", "\"mode\":4"));
    assertEquals(0, gpsd.state().mode());
  }

  @Test
  void anAccuracyOfAHundredKilometresIsTheLastThatIsGiven() throws IOException {
    started();
    Sample sample = readOf(fix(",\"eph\":100000"));
    assertEquals(OptionalDouble.of(100_000), sample.get(Quantity.HACC));
    assertEquals(Set.of(), sample.flags());
  }

  @Test
  void aReportWithoutAFixHasNoReadingByItselfEither() throws TextFormatException {
    assertEquals(Tpv.NO_FIX, new Tpv(GpsdReport.parse(NO_FIX)).sample());
  }
}
