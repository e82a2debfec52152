package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BoardTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardHealthTest {
  @TempDir Path root;

  @Test
  void theKernelsFilesGiveSupplyTemperatureAndMemory() throws IOException {
    BoardTree board =
        new BoardTree(root)
            .write("sys/devices/platform/soc/soc:firmware/get_throttled", "0x50005")
            .write("sys/class/thermal/thermal_zone0/temp", "48312")
            .write("proc/self/status", "Name:\tjava\nVmRSS:\t   65432 kB\nThreads:\t21");
    BoardHealth health = new BoardHealth(board.kernelFiles(), root);
    assertEquals(Optional.of(0x50005), health.throttledBits());
    assertEquals(Optional.of(48L), health.celsius());
    assertEquals(Optional.of(65L), health.residentMb());
  }

  @Test
  void aBoardWithoutTheseFilesOrWithOtherTextsHasNoValues() throws IOException {
    BoardTree board =
        new BoardTree(root)
            .write("sys/devices/platform/soc/soc:firmware/get_throttled", "no")
            .write("proc/self/status", "VmRSS: many kB");
    BoardHealth health = new BoardHealth(board.kernelFiles(), root.resolve("missing"));
    assertEquals(Optional.empty(), health.throttledBits());
    assertEquals(Optional.empty(), health.celsius());
    assertEquals(Optional.empty(), health.residentMb());
    assertEquals(Optional.empty(), health.diskUsedPct());
  }

  @Test
  void theDiskIsUsedByNoneToAllOfItsBlocks() throws IOException {
    long used =
        new BoardHealth(new BoardTree(root).kernelFiles(), root).diskUsedPct().orElseThrow();
    assertTrue(used >= 0 && used <= 100, Long.toString(used));
  }
}
