package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.FanHours;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistedFanHoursTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final Faults faults = new Faults();

  private Path file() {
    return folder.resolve("fan-pm.txt");
  }

  /** Holds a fan's running time and the duty that persists it. */
  private record FanRig(PersistedFanHours hours, PersistedState duty) {
    private void runs(Duration more) {
      hours.addRunTime(more);
    }

    private boolean isDue() {
      return hours.isCleaningDue();
    }

    private void cleaned() {
      hours.markCleaned();
    }

    private Duration cycle() {
      return duty.cycle();
    }

    private void close() {
      duty.close();
    }
  }

  private FanRig started() {
    PersistedFanHours hours = new PersistedFanHours();
    Duration every = PersistedFanHours.WRITE_EVERY;
    return new FanRig(hours, new PersistedState(file(), every, hours, new ScriptedTime(), faults));
  }

  private FanRig boot() {
    FanRig fan = started();
    fan.cycle();
    return fan;
  }

  @Test
  void sevenDaysOfRunningOverManyBootsAreDueForACleaning() {
    for (int day = 0; day < 7; day++) {
      FanRig fan = boot();
      assertFalse(fan.isDue(), "day " + day);
      fan.runs(DAY);
      fan.close();
    }
    FanRig fan = boot();
    assertTrue(fan.isDue());
    fan.cleaned();
    assertFalse(fan.isDue());
    fan.close();
    assertFalse(boot().isDue());
    assertTrue(faults.list().isEmpty());
  }

  @Test
  void aPowerCutLosesTenMinutesOfRunningTimeAtMost() throws IOException {
    FanRig fan = boot();
    fan.runs(DAY);
    assertEquals(Duration.ofMinutes(10), fan.cycle());
    fan.runs(Duration.ofMinutes(9));
    assertEquals("86400\n", Files.readString(file()));
  }

  @Test
  void runningTimeBeforeTheFileIsReadCounts() {
    FanRig first = boot();
    first.runs(FanHours.CLEAN_AFTER.minusSeconds(1));
    first.close();
    FanRig fan = started();
    fan.runs(Duration.ofSeconds(1));
    assertFalse(fan.isDue());
    fan.cycle();
    assertTrue(fan.isDue());
  }

  @Test
  void aDamagedFileIsAFaultAndTheCountRestarts() throws IOException {
    Files.writeString(file(), "a week");
    assertFalse(boot().isDue());
    assertTrue(faults.list().get(0).active());
  }

  @Test
  void aFileThatWasNeverReadIsNotWritten() throws IOException {
    Files.writeString(file(), "5\n");
    started().close();
    assertEquals("5\n", Files.readString(file()));
  }

  @Test
  void theCardIsNotWrittenWhileTheFanIsOff() throws IOException {
    FanRig fan = boot();
    fan.runs(DAY);
    fan.cycle();
    FileTime old = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file(), old);
    fan.cycle();
    fan.close();
    assertEquals(old, Files.getLastModifiedTime(file()));
  }

  @Test
  void aReadOnlyFolderIsAFaultThatIsClearedByTheNextWrite() throws IOException {
    FanRig fan = boot();
    fan.runs(DAY);
    Path moved = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-moved"));
    fan.cycle();
    assertTrue(faults.list().get(0).active());
    Files.move(moved, folder);
    fan.cycle();
    assertFalse(faults.list().get(0).active());
    assertEquals("86400\n", Files.readString(file()));
  }
}
