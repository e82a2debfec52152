package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");
  private static final Sensitivity MICROPHONE = new Sensitivity("noise", "ics43434", -26.42, 94);
  private static final LinearCorrection PM = new LinearCorrection(Quantity.PM2_5, 1.25, 3, 312);

  private static final Calibrations TWICE =
      Calibrations.NONE.with(MICROPHONE, 40, NOON, "Li").with(PM, 52, NOON, "Wang");

  @TempDir private Path folder;

  @Test
  void aFolderWithoutAFileWasNeverCalibrated() throws IOException {
    assertEquals(Calibrations.NONE, Calibrations.read(folder));
    assertEquals(Optional.empty(), Calibrations.NONE.newest());
  }

  @Test
  void theWrittenFileIsPrivateAndIsReadBackEqual() throws IOException {
    TWICE.write(folder);
    assertEquals(TWICE, Calibrations.read(folder));
    assertEquals(TWICE.newest().orElseThrow().id(), Calibrations.read(folder).newest().get().id());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("calibration.json"))));
  }

  @Test
  void eachBootHasItsRevision() {
    assertEquals(Optional.empty(), TWICE.of(40));
    assertEquals(1, TWICE.of(41).orElseThrow().number());
    assertEquals(1, TWICE.of(52).orElseThrow().number());
    assertEquals(2, TWICE.of(53).orElseThrow().number());
    assertNotEquals(TWICE.of(52).orElseThrow().id(), TWICE.of(53).orElseThrow().id());
    assertTrue(TWICE.of(53).orElseThrow().id().matches("2-[0-9a-f]{8}"));
  }

  @Test
  void aNewRevisionCopiesTheEntriesThatItDoesNotReplace() {
    Revision newest = TWICE.newest().orElseThrow();
    assertEquals(List.of(MICROPHONE), newest.microphones());
    assertEquals(List.of(PM), newest.corrections());
    Sensitivity again = new Sensitivity("noise", "ics43434", -26.1, 114);
    Revision third = TWICE.with(again, 60, NOON, "Li").newest().orElseThrow();
    assertEquals(List.of(again), third.microphones());
    assertEquals(List.of(PM), third.corrections());
    assertEquals("Li", third.by());
    assertEquals(Instant.parse("2026-11-23T12:00:00Z"), third.made());
  }

  @Test
  void theSensitivityIsNotUsedForAnotherTypeOfMicrophone() {
    Revision newest = TWICE.newest().orElseThrow();
    assertEquals(OptionalDouble.of(-26.42), newest.sensitivity("noise", "ics43434"));
    assertEquals(OptionalDouble.empty(), newest.sensitivity("noise", "inmp441"));
    assertEquals(OptionalDouble.empty(), newest.sensitivity("other", "ics43434"));
  }

  @Test
  void aCorrectedValueIsAddedToTheRawOne() {
    Revision newest = TWICE.newest().orElseThrow();
    Sample raw =
        new Sample(Map.of(Quantity.PM2_5, 28.0, Quantity.PM10, 40.0), Set.of(Quality.PM_HUMID));
    assertEquals(
        new Sample(
            Map.of(Quantity.PM2_5, 28.0, Quantity.PM2_5_CAL, 20.0, Quantity.PM10, 40.0),
            Set.of(Quality.PM_HUMID)),
        newest.corrected(raw));
    assertEquals(Sample.NOTHING, newest.corrected(Sample.NOTHING));
  }

  @Test
  void aCorrectionBelowZeroIsLeftOutAndTheRawValueStays() {
    Sample clean = Sample.of(Map.of(Quantity.PM2_5, 2.9));
    assertEquals(clean, TWICE.newest().orElseThrow().corrected(clean));
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"v\":2,\"revisions\":[]}",
        "{\"v\":1,\"revisions\":[{\"number\":1}]}",
        "{\"v\":1,\"revisions\":[1]}",
        "{\"v\":1,\"revisions\":[{\"number\":1,\"from_boot\":1,\"made\":\"noon\",\"by\":\"\"}]}",
        "{\"v\":1,\"revisions\":[{\"number\":1,\"from_boot\":1,\"made\":\"2026-11-23T12:00:00Z\","
            + "\"by\":\"\",\"lines\":[{\"quantity\":\"pm25_ugm3\",\"slope\":0,\"intercept\":0,"
            + "\"hours\":1}]}]}"
      })
  void theErrorOfADamagedFileNamesTheFile(String text) throws IOException {
    Files.writeString(folder.resolve("calibration.json"), text);
    IOException error = assertThrows(IOException.class, () -> Calibrations.read(folder));
    assertTrue(error.getMessage().contains("calibration.json cannot be used"));
  }

  @Test
  void onlyAQuantityWithAFieldForItCanBeCorrected() {
    assertEquals(Optional.of(Quantity.PM2_5_CAL), Quantity.PM2_5.corrected());
    assertEquals(Optional.of(Quantity.H2S_CAL), Quantity.H2S.corrected());
    assertEquals(Optional.empty(), Quantity.LAEQ.corrected());
    assertThrows(
        IllegalArgumentException.class,
        () -> new LinearCorrection(Quantity.TEMPERATURE, 1, 0, 300));
    assertThrows(
        IllegalArgumentException.class, () -> new LinearCorrection(Quantity.PM10, -1, 0, 300));
  }
}
