package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.config.KnownDrivers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts boxes with and without privacy zones, and asks whether they may measure. */
class DarknessTest {
  private static final String ZONE =
      "[[privacy.zone]]\nname = \"home\"\nlat = 52.5\nlon = 13.4\nradius_m = 300\n";

  @TempDir private Path folder;

  private Darkness start(String sections) throws Exception {
    return Darkness.of(KnownDrivers.text(sections, folder));
  }

  private Path hidden() {
    return folder.resolve("data/hidden");
  }

  @Test
  void aBoxWithZonesMeasuresNothingAtItsFirstStart() throws Exception {
    assertTrue(start(ZONE).isDark());
  }

  @Test
  void aBoxThatLeftItsZonesMeasuresAgainRightAfterARestart() throws Exception {
    start(ZONE).set(false);
    assertFalse(start(ZONE).isDark());
  }

  @Test
  void aBoxThatWasSwitchedOffWithinAZoneStartsDark() throws Exception {
    Darkness ride = start(ZONE);
    ride.set(false);
    ride.set(true);
    assertTrue(ride.isDark());
    assertTrue(start(ZONE).isDark());
  }

  @Test
  void aFileThatWasCutOffCountsAsDark() throws Exception {
    start(ZONE).set(false);
    Files.writeString(hidden(), "n");
    assertTrue(start(ZONE).isDark());
  }

  @Test
  void aBoxWithoutZonesIsNeverDarkAndForgetsWhereItWas() throws Exception {
    start(ZONE).set(true);
    assertFalse(start("").isDark());
    assertFalse(Files.exists(hidden()));
  }

  /** Else the box would measure from its first second on at the place of a new zone. */
  @Test
  void aZoneThatIsAddedAfterRidesWithoutZonesStartsDark() throws Exception {
    start(ZONE).set(false);
    assertFalse(start("").isDark());
    assertTrue(start(ZONE).isDark());
  }

  @Test
  void aDiskThatTakesNoFileLeavesTheBoxDarkWithinAZone() throws Exception {
    Darkness ride = start(ZONE);
    ride.set(false);
    Files.delete(hidden());
    Files.createDirectories(hidden().resolve("full"));
    ride.set(true);
    assertTrue(ride.isDark());
    assertTrue(start(ZONE).isDark());
  }

  @Test
  void aFileThatCannotBeRemovedDoesNotKeepABoxWithoutZonesFromMeasuring() throws Exception {
    Files.createDirectories(hidden().resolve("full"));
    assertFalse(start("").isDark());
  }
}
