package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.PartIdentity;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.SensorSettings;
import dev.streetbox.sample.SensorStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunHoursTest {
  private final ScriptedTime time = new ScriptedTime();
  private SensorStatus.State state = SensorStatus.State.RUNNING;
  private final RunHours hours =
      new RunHours(
          List.of(sensor("pm", "sps30"), sensor("cell", "multigas"), sensor("air", "sht4x")),
          () -> List.of(status("pm"), status("cell"), status("air")),
          time);

  private static SensorSettings sensor(String name, String part) {
    return SensorSettings.simulated(name, Catalogue.of(part).orElseThrow());
  }

  private SensorStatus status(String name) {
    return new SensorStatus(name, state, 0, 0, 0, "", PartIdentity.NONE, false);
  }

  @Test
  void aRunningPartIsCountedAndAWaitingOneIsNot() {
    time.sleep(Duration.ofHours(2));
    assertEquals(OptionalDouble.of(2), hours.hours("pm"));
    state = SensorStatus.State.WAITING;
    time.sleep(Duration.ofHours(3));
    assertEquals(OptionalDouble.of(2), hours.hours("pm"));
    assertEquals(OptionalDouble.of(2), hours.hours("cell"));
  }

  @Test
  void onlyWhatWearsHasHours() {
    time.sleep(Duration.ofHours(2));
    assertEquals(Optional.of("fan_laser_h"), hours.field("pm"));
    assertEquals(Optional.of("cell_h"), hours.field("cell"));
    assertEquals(Optional.empty(), hours.field("air"));
    assertEquals(OptionalDouble.empty(), hours.hours("air"));
  }

  @Test
  void theHoursOutliveARestartAlsoThoseOfAPartThatIsNotConfigured() throws Exception {
    time.sleep(Duration.ofHours(1));
    hours.restore("old 60\npm 7200     \n");
    assertEquals(OptionalDouble.of(3), hours.hours("pm"));
    assertEquals(Optional.of("cell 3600\nold 60\npm 10800\n"), hours.text());
  }

  @Test
  void anotherTextIsRefusedAsAWhole() {
    time.sleep(Duration.ofHours(1));
    for (String text : List.of("pm\n", "pm x\n", "pm 7200\ncell -1\n", "pm 1 2\n")) {
      assertThrows(TextFormatException.class, () -> hours.restore(text), text);
    }
    assertEquals(OptionalDouble.of(1), hours.hours("pm"));
  }
}
