package dev.streetbox.driver;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Tests with the registers of the vendor's manual (EngJay/pa-spl@979d698, docs/vendor). */
class PcbArtistsTest {
  private static final Duration MS_5 = Duration.ofMillis(5);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c port = new ScriptedI2c(time);
  private final PcbArtists sensor = new PcbArtists(port, time);

  @AfterEach
  void everyScriptedStepTookPlace() {
    port.close();
  }

  private void start(String version) throws IOException {
    port.write("00").read(version).write("0908").waits(MS_5).write("05").read("aa");
    port.write("0602").write("0703").write("08e8").write("055b");
    sensor.start();
  }

  /** Reads after the first second and a half. */
  private Sample read(String level) throws IOException {
    port.write("05").read("5b").write("06").read("02");
    port.write("0a").read(level).write("0a").read(level);
    return sensor.read();
  }

  private void startAndSettle() throws IOException {
    start("31");
    time.pass(Duration.ofMillis(1_500));
  }

  @ParameterizedTest(name = "version {0}")
  @ValueSource(strings = {"31", "32", "81"})
  void startingIdentifiesAndResetsTheModuleAndSetsItsAverage(String version) throws IOException {
    start(version);
  }

  @ParameterizedTest(name = "{0} is {1} dB")
  @CsvSource({
    "23, 35, NOISE_FLOOR",
    "24, 36, ",
    "42, 66, ",
    "73, 115, ",
    "74, 116, NOISE_OVERLOAD",
    "78, 120, NOISE_OVERLOAD"
  })
  void theAverageOfDecibelsIsALevelAndNeverAnLaeq(String hex, double level, Quality flag)
      throws IOException {
    startAndSettle();
    Sample sample = read(hex);
    assertEquals(Map.of(Quantity.LEVEL, level), sample.readings());
    assertEquals(flag == null ? Set.of() : Set.of(flag), sample.flags());
  }

  // 18 dB is what a published test uses; 0 is what the register holds before the first average.
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"00", "12", "22", "79", "ff"})
  void aLevelOutsideTheRangeIsOmitted(String hex) throws IOException {
    startAndSettle();
    assertEquals(new Sample(Map.of(), Set.of(OUT_OF_RANGE)), read(hex));
  }

  // A bit flipped in either read, and a level that changes between two reads.
  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({"42, 4a, 42", "4a, 42, 42", "41, 42, 42"})
  void aLevelIsWhatTwoReadsGive(String first, String second, String third) throws IOException {
    startAndSettle();
    port.write("05").read("5b").write("06").read("02");
    port.write("0a").read(first).write("0a").read(second).write("0a").read(third);
    assertEquals(66, sensor.read().get(Quantity.LEVEL).orElseThrow());
  }

  @Test
  void aLevelThatReadsDifferentlyEachTimeIsAFrameFault() throws IOException {
    startAndSettle();
    port.write("05").read("5b").write("06").read("02");
    port.write("0a").read("42").write("0a").read("4a").write("0a").read("52");
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void theFirstSecondAndAHalfGiveNoReading() throws IOException {
    start("31");
    time.pass(Duration.ofMillis(1_499));
    assertSame(Sample.NOTHING, read("42"));
    time.pass(Duration.ofMillis(1));
    assertEquals(66, read("42").get(Quantity.LEVEL).orElseThrow());
  }

  // High bytes of an ADS1115 at the same address, a bus held low, and a floating one.
  @ParameterizedTest(name = "version {0}")
  @ValueSource(strings = {"12", "85", "00", "ff"})
  void anotherPartAtItsAddressIsAFrameFault(String version) {
    port.write("00").read(version);
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertTrue(error.getMessage().contains("ADS1115"), error.getMessage());
  }

  @Test
  void aConverterWhoseCodeLooksLikeAVersionIsDetectedByTheNextRegister() {
    port.write("00").read("31").write("0908").waits(MS_5).write("05").read("85");
    assertThrows(FrameException.class, sensor::start);
  }

  @Test
  void aModuleThatWasResetMeanwhileIsAFrameFault() throws IOException {
    startAndSettle();
    port.write("05").read("aa");
    FrameException error = assertThrows(FrameException.class, sensor::read);
    assertTrue(error.getMessage().contains("lost its supply"), error.getMessage());
  }

  @ParameterizedTest(name = "CONTROL {0}")
  @ValueSource(strings = {"00", "04", "03", "ff"})
  void aLevelOfAnotherWeightingIsAFrameFault(String control) throws IOException {
    startAndSettle();
    port.write("05").read("5b").write("06").read(control);
    assertThrows(FrameException.class, sensor::read);
  }

  @Test
  void aLevelUnchangedForTenMinutesIsStuck() throws IOException {
    startAndSettle();
    read("42");
    time.pass(Duration.ofMinutes(10).minusMillis(1));
    assertEquals(Set.of(), read("42").flags());
    time.pass(Duration.ofMillis(1));
    assertEquals(Set.of(NOISE_STUCK), read("42").flags());
    assertEquals(Set.of(), read("43").flags());
  }

  @Test
  void aMissingModuleOneThatIsBusyAndAShortReadAreBusFaults() throws IOException {
    port.writeNack("00");
    assertTrue(assertThrows(BusException.class, sensor::start).isNack());
    startAndSettle();
    port.write("05").readNack();
    assertTrue(assertThrows(BusException.class, sensor::read).isNack());
    port.write("05");
    port.readFails(new BusException("answered 0 of 1 bytes", BusException.UNKNOWN));
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
    startAndSettle();
    read("42");
    time.pass(Duration.ofMinutes(10));
    startAndSettle();
    assertEquals(Set.of(), read("42").flags());
  }
}
