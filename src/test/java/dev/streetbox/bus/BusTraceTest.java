package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BusTraceTest {
  private final ScriptedTime time = new ScriptedTime();
  private final List<String> lines = new ArrayList<>();
  private final BusTrace trace = new BusTrace(lines::add, time);

  @Test
  void everyTransactionIsALineAndPassesUnchanged() throws IOException {
    try (ScriptedI2c script = new ScriptedI2c(time)) {
      script.write("fd").waits(Duration.ofMillis(9)).read("6666 93 6666 93");
      I2cPort port = trace.wrap("air", script);
      port.write(0xFD);
      time.sleep(Duration.ofMillis(9));
      assertArrayEquals(
          new byte[] {0x66, 0x66, (byte) 0x93, 0x66, 0x66, (byte) 0x93}, port.read(6));
    }
    assertEquals(List.of("    0.000 air write fd", "    0.009 air read 66 66 93 66 66 93"), lines);
  }

  @Test
  void anErrorIsALineAndIsThrownOn() {
    ScriptedI2c script = new ScriptedI2c(time).writeNack("fd").readNack();
    I2cPort port = trace.wrap("air", script);
    assertThrows(BusException.class, () -> port.write(0xFD));
    assertThrows(BusException.class, () -> port.read(6));
    assertEquals(
        List.of(
            "    0.000 air write fd failed: nobody acknowledged",
            "    0.000 air read of 6 failed: nobody acknowledged"),
        lines);
  }
}
