package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.FanLog;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanFileTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final Faults faults = new Faults();

  private Path file() {
    return folder.resolve("fan-pm.txt");
  }

  private FanFile boot() {
    FanFile fan = new FanFile(file(), new ScriptedTime(), faults);
    fan.cycle();
    return fan;
  }

  @Test
  void sevenDaysOfRunningOverManyBootsAreDueForACleaning() {
    for (int day = 0; day < 7; day++) {
      FanFile fan = boot();
      assertFalse(fan.isDue(), "day " + day);
      fan.runs(DAY);
      fan.close();
    }
    FanFile fan = boot();
    assertTrue(fan.isDue());
    fan.cleaned();
    assertFalse(fan.isDue());
    fan.close();
    assertFalse(boot().isDue());
    assertTrue(faults.list().isEmpty());
  }

  @Test
  void aPowerCutCostsTenMinutesAtMost() throws IOException {
    FanFile fan = boot();
    fan.runs(DAY);
    assertEquals(Duration.ofMinutes(10), fan.cycle());
    fan.runs(Duration.ofMinutes(9));
    assertEquals("86400\n", Files.readString(file()));
  }

  @Test
  void whatRanBeforeTheFileWasReadCountsToo() {
    FanFile first = boot();
    first.runs(FanLog.CLEAN_AFTER.minusSeconds(1));
    first.close();
    FanFile fan = new FanFile(file(), new ScriptedTime(), faults);
    fan.runs(Duration.ofSeconds(1));
    assertFalse(fan.isDue());
    fan.cycle();
    assertTrue(fan.isDue());
  }

  @Test
  void aDamagedFileIsAFaultAndCountingBeginsAnew() throws IOException {
    Files.writeString(file(), "a week");
    assertFalse(boot().isDue());
    assertTrue(faults.list().get(0).active());
  }

  @Test
  void afterAProcessThatNeverReadItTheFileIsAsItWas() throws IOException {
    Files.writeString(file(), "5\n");
    new FanFile(file(), new ScriptedTime(), faults).close();
    assertEquals("5\n", Files.readString(file()));
  }
}
