package dev.streetbox.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks what the command refuses before it connects to anything. */
@Timeout(120)
class BridgeCommandTest {
  private static final String KAFKA = "--kafka=k:9092";

  @TempDir private Path folder;

  @Test
  void withoutKafkaThereIsNothingToDo() {
    assertRefused("--kafka HOST:PORT is missing");
    assertRefused("--kafka HOST:PORT is missing", "--kafka-topic=boxes");
  }

  @Test
  void groupNameAndTopicRootAreChecked() {
    assertRefused("a group's name is 1 to 64", KAFKA, "--group=a/b");
    assertRefused("a session's name is 1 to 64", KAFKA, "--name=a b");
    assertRefused("a topic root is levels", KAFKA, "--topic-root=streetbox/#");
  }

  @Test
  void eachMistakeInTheFileIsNamed() throws IOException {
    assertRefused(
        "--kafka-config: Invalid value soon for configuration linger.ms",
        KAFKA,
        file("linger.ms = soon\n"));
    assertRefused(
        "compression.type is none or gzip, not lz4", KAFKA, file("compression.type = lz4\n"));
  }

  @Test
  void aFileThatIsMissingIsNoMistakeOfUsage() {
    Path missing = folder.resolve("missing");
    TypedBackend typed =
        TypedBackend.command(new BridgeCommand(), KAFKA, "--kafka-config=" + missing);
    assertEquals(1, typed.code(), typed.err());
    assertTrue(typed.err().contains(missing.toString()), typed.err());
  }

  private String file(String text) throws IOException {
    return "--kafka-config=" + Files.writeString(folder.resolve("kafka"), text);
  }

  private static void assertRefused(String words, String... arguments) {
    TypedBackend typed = TypedBackend.command(new BridgeCommand(), arguments);
    assertEquals(2, typed.code(), typed.err());
    assertTrue(typed.err().contains(words), typed.err());
  }
}
