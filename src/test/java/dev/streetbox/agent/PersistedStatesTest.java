package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.FanHours;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistedStatesTest {
  @TempDir private Path folder;

  private final Faults faults = new Faults();

  private PersistedStates states() {
    return new PersistedStates(folder, tickMs -> OptionalLong.empty(), new ScriptedTime(), faults);
  }

  @Test
  void eachStateIsADutyNamedAsItsFile() {
    PersistedStates states = states();
    states.gasIndex("voc");
    states.fanHours("pm");
    assertEquals(
        List.of("gas-voc.json", "fan-pm.txt"),
        states.all().stream().map(PersistedState::name).toList());
  }

  @Test
  void makingAStateTouchesNoFile() throws IOException {
    states().fanHours("pm");
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void twoFansHaveTwoFiles() throws IOException {
    PersistedStates states = states();
    FanHours first = states.fanHours("pm");
    FanHours second = states.fanHours("pm2");
    states.all().forEach(PersistedState::cycle);
    first.addRunTime(Duration.ofSeconds(5));
    second.addRunTime(Duration.ofSeconds(7));
    states.all().forEach(PersistedState::close);
    assertEquals("5\n", Files.readString(folder.resolve("fan-pm.txt")));
    assertEquals("7\n", Files.readString(folder.resolve("fan-pm2.txt")));
    assertEquals(List.of(), faults.list());
  }
}
