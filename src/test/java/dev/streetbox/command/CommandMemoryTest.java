package dev.streetbox.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandMemoryTest {
  private final CommandMemory memory = new CommandMemory();

  private static Answer answer(String id) {
    return new Answer("sb-1", id, "{\"id\":\"" + id + "\"}", "0a");
  }

  private static List<String> ids(List<Answer> answers) {
    return answers.stream().map(Answer::id).toList();
  }

  /** Returns what the file would hold. */
  private static List<JsonTree> stored(CommandMemory memory) throws TextFormatException {
    String text =
        JsonText.object(
            json -> {
              json.writeFieldName("commands");
              JsonValue.write(json, memory.content());
            });
    return JsonTree.parse(text).children("commands");
  }

  @Test
  void anAnswerIsFoundByItsIdUnderItsPublishedNameOnly() {
    memory.add(answer("a"));
    assertEquals(Optional.of(answer("a")), memory.find("sb-1", "a"));
    assertEquals(Optional.empty(), memory.find("sb-2", "a"));
    assertEquals(Optional.empty(), memory.find("sb-1", "b"));
  }

  @Test
  void theOldestOf257IsRemoved() {
    for (int i = 0; i <= CommandMemory.CAPACITY; i++) {
      memory.add(answer("id" + i));
    }
    assertEquals(Optional.empty(), memory.find("sb-1", "id0"));
    assertTrue(memory.find("sb-1", "id1").isPresent());
    assertEquals(CommandMemory.CAPACITY, memory.undelivered().size());
  }

  @Test
  void anAnswerThatIsAddedAgainIsTheNewest() {
    memory.add(answer("first"));
    for (int i = 1; i < CommandMemory.CAPACITY; i++) {
      memory.add(answer("id" + i));
    }
    memory.add(answer("first"));
    memory.add(answer("last"));
    assertTrue(memory.find("sb-1", "first").isPresent());
    assertEquals(Optional.empty(), memory.find("sb-1", "id1"));
  }

  @Test
  void theBrokerMayNotHaveWhatWasNotMarkedDelivered() {
    memory.add(answer("a"));
    memory.add(answer("b"));
    memory.markDelivered(answer("a"));
    memory.markDelivered(answer("unknown"));
    assertEquals(List.of("b"), ids(memory.undelivered()));
  }

  @Test
  void aRestoredMemoryKnowsAnswersAndWhichAreDelivered() throws TextFormatException {
    memory.add(answer("a"));
    memory.add(answer("b"));
    memory.markDelivered(answer("a"));
    CommandMemory restored = new CommandMemory();
    restored.restore(stored(memory));
    assertEquals(memory.content(), restored.content());
    assertEquals(List.of("b"), ids(restored.undelivered()));
  }

  @Test
  void whatWasAddedBeforeARestoreIsNewerThanWhatIsRestored() throws TextFormatException {
    memory.add(answer("a"));
    memory.markDelivered(answer("a"));
    CommandMemory restored = new CommandMemory();
    restored.add(answer("a"));
    restored.add(answer("now"));
    restored.restore(stored(memory));
    assertEquals(List.of("a", "now"), ids(restored.undelivered()));
  }

  @Test
  void whatCannotHaveBeenStoredIsPassedOver() throws TextFormatException {
    JsonTree file =
        JsonTree.parse(
            "{\"commands\":[{\"box\":\"sb-1\",\"id\":\"a\"},"
                + "{\"box\":\"sb-1\",\"id\":\"b\",\"answer\":\"{}\",\"correlation\":\"0g\"}]}");
    memory.restore(file.children("commands"));
    assertEquals(
        Optional.of(new Answer("sb-1", "b", "{}", "")), memory.find("sb-1", "b"), "no hex");
    assertEquals(Optional.empty(), memory.find("sb-1", "a"));
  }
}
