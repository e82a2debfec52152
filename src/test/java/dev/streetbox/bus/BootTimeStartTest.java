package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BootTimeStartTest {
  @Test
  void aBootMayHaveBegunBeforeItsTimeWasMade() {
    ScriptedTime process = new ScriptedTime();
    process.sleep(Duration.ofSeconds(9));
    BootTime boot = new BootTime(process, Duration.ofMillis(700));
    assertEquals(700, boot.tickMs());
    process.sleep(Duration.ofSeconds(1));
    assertEquals(1_700, boot.tickMs());
    assertEquals(0, new BootTime(process).tickMs());
  }

  @Test
  void theTimeSinceTheProcessBeganIsNeverLong() {
    Duration since = SystemTime.sinceProcessStart();
    assertTrue(!since.isNegative() && since.compareTo(Duration.ofSeconds(2)) <= 0, "" + since);
  }
}
