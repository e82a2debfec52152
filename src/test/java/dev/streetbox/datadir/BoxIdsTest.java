package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoxIdsTest {
  @TempDir private Path dir;

  private BoxIds begun(String id, int boot) throws IOException {
    BoxIds ids = BoxIds.of(dir, id);
    ids.begin(boot);
    ids.store();
    return ids;
  }

  @Test
  void aFolderWithoutTheFileBelongsToTheIdThatOpensItFirst() throws IOException {
    BoxIds ids = begun("sb-a", 57);
    assertEquals("sb-a", ids.of(3));
    assertEquals("1 sb-a\n", Files.readString(dir.resolve("ids")));
    assertEquals(Optional.empty(), ids.former());
  }

  @Test
  void eachBootKeepsTheIdThatItMeasuredUnder() throws IOException {
    begun("sb-a", 1);
    begun("sb-a", 2);
    begun("sb-b", 3);
    begun("sb-b", 4);
    BoxIds ids = begun("sb-a", 5);
    assertEquals("1 sb-a\n3 sb-b\n5 sb-a\n", Files.readString(dir.resolve("ids")));
    assertEquals("sb-a", ids.of(2));
    assertEquals("sb-b", ids.of(3));
    assertEquals("sb-b", ids.of(4));
    assertEquals("sb-a", ids.of(5));
    assertEquals(Optional.of("sb-b"), ids.former());
  }

  @Test
  void aDrawnBootNumberHasNoOrderAndCountsForItselfOnly() throws IOException {
    begun("sb-a", 1);
    int drawn = BootFile.FIRST_DRAWN + 7;
    begun("sb-b", drawn);
    BoxIds ids = begun("sb-a", 2);
    assertEquals("sb-b", ids.of(drawn));
    assertEquals("sb-a", ids.of(2));
    assertEquals("sb-a", ids.of(drawn + 1));
  }

  @Test
  void aDamagedFileGivesNoRowsAway() throws IOException {
    Files.writeString(dir.resolve("ids"), "1 sb-a\n3 SB B\n");
    assertThrows(DamagedException.class, () -> BoxIds.of(dir, "sb-b"));
    Files.writeString(dir.resolve("ids"), "9999999999 sb-a\n");
    assertThrows(DamagedException.class, () -> BoxIds.of(dir, "sb-b"));
  }

  @Test
  void aFileThatCannotBeWrittenIsTriedAgain() throws IOException {
    Path folder = dir.resolve("data");
    Files.writeString(folder, "a file where the folder should be");
    BoxIds ids = BoxIds.only("sb-a");
    ids.store();
    BoxIds kept = BoxIds.of(dir.resolve("other"), "sb-a");
    kept.begin(1);
    Files.writeString(dir.resolve("other"), "");
    assertThrows(IOException.class, kept::store);
    Files.delete(dir.resolve("other"));
    kept.store();
    assertEquals("1 sb-a\n", Files.readString(dir.resolve("other/ids")));
  }
}
