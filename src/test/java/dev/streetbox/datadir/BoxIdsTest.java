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

  @Test
  void idsThatCannotBeReadKeepTheStoreClosedUntilTheyCan() throws IOException {
    Path file = Files.writeString(dir.resolve("ids"), "1 sb-a\n3 SB B\n");
    BoxIds ids = BoxIds.unread(dir, "sb-b", 4);
    IOException thrown = assertThrows(IOException.class, ids::store);
    assertEquals(IOException.class, thrown.getClass(), "the store itself is not damaged");
    assertEquals(
        file + " is damaged. Try: rm " + file + ", which gives all earlier rows to sb-b",
        thrown.getMessage());
    Files.writeString(file, "1 sb-a\n");
    ids.store();
    assertEquals("sb-a", ids.of(3));
    assertEquals("sb-b", ids.of(4));
    assertEquals("1 sb-a\n4 sb-b\n", Files.readString(file));
  }

  @Test
  void boardsAreKeptInAFileOfTheirOwn() throws IOException {
    begun("sb-a", 1);
    BoxIds boards = BoxIds.boards(dir, "10000000aaaabbbb");
    assertEquals(Optional.empty(), boards.last());
    boards.begin(1);
    boards.store();
    assertEquals(Optional.of("10000000aaaabbbb"), BoxIds.boards(dir, "20000000ccccdddd").last());
    assertEquals("1 10000000aaaabbbb\n", Files.readString(dir.resolve("boards")));
  }
}
