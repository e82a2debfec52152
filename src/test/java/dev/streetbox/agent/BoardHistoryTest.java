package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardHistoryTest {
  @TempDir private Path root;

  private List<String> begin(String serial, int boot, int oldestUnsent) throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/machine-id"), serial + "\n");
    Path dataDir = root.resolve("data");
    new BootFile(boot, oldestUnsent).write(dataDir);
    Faults faults = new Faults();
    new BoardHistory(dataDir, root, faults).begin(boot, "sb-0042");
    return faults.list().stream().map(Faults.Fault::text).toList();
  }

  @Test
  void theFirstBoardOfAFolderIsNoFault() throws IOException {
    assertEquals(List.of(), begin("10000000aaaabbbb", 7, 1));
    assertEquals(List.of(), begin("10000000aaaabbbb", 8, 1));
  }

  @Test
  void anotherBoardIsAFaultAlsoWithTheSameIdWhileItsRowsMayBeUnsent() throws IOException {
    begin("10000000aaaabbbb", 1, 1);
    String fault =
        root.resolve("data")
            + " was used on another board (serial number …bbbb, now …dddd): new rows are sent as"
            + " sb-0042. Try: streetbox doctor";
    assertEquals(List.of(fault), begin("20000000ccccdddd", 2, 2));
    assertEquals(List.of(fault), begin("20000000ccccdddd", 3, 1));
    assertEquals(List.of(), begin("20000000ccccdddd", 4, 4));
  }

  @Test
  void aDamagedFileIsAFaultAndTheBoxRunsOn() throws IOException {
    begin("10000000aaaabbbb", 1, 1);
    Files.writeString(root.resolve("data/boards"), "x\n");
    String fault = begin("10000000aaaabbbb", 2, 2).get(0);
    assertTrue(fault.contains("a change of the board is not noticed"), fault);
  }
}
