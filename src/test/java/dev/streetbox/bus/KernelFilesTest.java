package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFilesTest {
  @TempDir private Path root;

  @Test
  void anAbsolutePathIsBelowTheRoot() {
    assertEquals(root.resolve("sys/a"), new KernelFiles(root).path("/sys/a"));
  }

  @Test
  void aTextLosesItsLineEnd() throws IOException {
    KernelFiles files = new BoardTree(root).write("sys/name", " BJTD4R ").kernelFiles();
    assertEquals(Optional.of("BJTD4R"), files.text("/sys/name"));
  }

  @Test
  void aFileThatIsMissingOrAFolderHasNoText() throws IOException {
    KernelFiles files = new BoardTree(root).write("sys/name", "x").kernelFiles();
    assertEquals(Optional.empty(), files.text("/sys/other"));
    assertEquals(Optional.empty(), files.text("/sys"));
  }

  @Test
  void onlyADecimalWholeNumberIsANumber() throws IOException {
    BoardTree board = new BoardTree(root);
    board.write("a", "-42").write("b", "0x10").write("c", "1.5").write("d", "");
    board.write("e", "9".repeat(18)).write("f", "9".repeat(19));
    assertEquals(Optional.of(-42L), KernelFiles.number(root.resolve("a")));
    assertEquals(Optional.of(999_999_999_999_999_999L), KernelFiles.number(root.resolve("e")));
    for (String name : List.of("b", "c", "d", "f", "missing")) {
      assertEquals(Optional.empty(), KernelFiles.number(root.resolve(name)), name);
    }
  }

  @Test
  void entriesAreListedByGlobInOrderOfName() throws IOException {
    BoardTree board = new BoardTree(root);
    board.write("sys/hwmon2/x", "").write("sys/hwmon1/x", "").write("sys/other/x", "");
    assertEquals(
        List.of(root.resolve("sys/hwmon1"), root.resolve("sys/hwmon2")),
        board.kernelFiles().list("/sys", "hwmon*"));
    assertEquals(List.of(), board.kernelFiles().list("/none", "*"));
  }
}
