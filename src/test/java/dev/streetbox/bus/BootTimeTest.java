package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BootTimeTest {
  @Test
  void theTicksOfABootBeginAtZeroWhileTheOtherClockGoesOn() throws IOException {
    ScriptedTime process = new ScriptedTime();
    process.pass(Duration.ofSeconds(90));
    BootTime boot = new BootTime(process);
    assertEquals(0, boot.tickMs());
    boot.sleep(Duration.ofSeconds(2));
    assertEquals(2_000, boot.tickMs());
    assertEquals(92_000, process.tickMs());
    assertEquals(process.systemClock(), boot.systemClock());
  }
}
