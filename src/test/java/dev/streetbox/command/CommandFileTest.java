package dev.streetbox.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.datadir.StoredSection;
import dev.streetbox.measure.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores commands in files that are missing, damaged, unreadable or of an earlier program. */
class CommandFileTest {
  @TempDir private Path folder;
  private final StoredPeriod period = new StoredPeriod();
  private Path path;
  private CommandFile file;

  /** Holds a period that a command has set. */
  private static final class StoredPeriod implements StoredSection {
    private String value = "60s";

    @Override
    public String key() {
      return "period";
    }

    @Override
    public Map<String, Object> content() {
      return value.isEmpty() ? Map.of() : Map.of("value", value);
    }

    @Override
    public void restore(JsonTree content) {
      value = content.string("value").orElse("");
    }
  }

  @BeforeEach
  void create() {
    path = folder.resolve("commands");
    file = new CommandFile(folder, List.of(period));
  }

  private static Answer answer(String id) {
    return new Answer("sb-1", id, "{}", "");
  }

  @Test
  void nothingIsSavedOverAFileThatCannotBeRead() throws IOException {
    file.memory().add(answer("earlier"));
    file.save();
    Path aside = Files.move(path, folder.resolve("aside"));
    Files.createSymbolicLink(path, path);
    CommandFile restarted = new CommandFile(folder, List.of(period));
    restarted.memory().add(answer("later"));
    assertThrows(IOException.class, restarted::save);
    assertTrue(Files.isSymbolicLink(path), "replaced");
    Files.delete(path);
    Files.move(aside, path);
    restarted.save();
    assertEquals(List.of(answer("earlier"), answer("later")), restarted.memory().undelivered());
  }

  @Test
  void aFileThatIsNoUtf8IsStatedAsLostAndReplaced() throws IOException {
    Files.write(path, new byte[] {'{', (byte) 0xff, '}'});
    Optional<String> lost = file.load();
    assertTrue(lost.orElseThrow().startsWith("it is unknown which commands were done"));
    file.save();
    assertEquals(Optional.empty(), new CommandFile(folder, List.of(period)).load());
  }

  @Test
  void aSectionThatAnEarlierProgramDidNotStoreKeepsItsContent() throws IOException {
    Files.writeString(path, "{\"v\":1,\"done\":[]}");
    assertEquals(Optional.empty(), file.load());
    assertEquals("60s", period.value);
  }

  @Test
  void thereIsNoFileBeforeSomethingWasDone() throws IOException {
    period.value = "";
    file.save();
    assertFalse(Files.exists(path));
    period.value = "10s";
    file.save();
    assertTrue(Files.readString(path).contains("10s"));
  }

  @Test
  void anUnchangedContentIsNotWrittenAgainNorAfterARestart() throws IOException {
    file.save();
    Object before = key();
    file.save();
    assertEquals(before, key());
    new CommandFile(folder, List.of(period)).save();
    assertEquals(before, key());
  }

  /** Returns what a replaced file has another of. */
  private Object key() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
