package dev.streetbox.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks what the command refuses before it connects to anything. */
@Timeout(120)
class IngestCommandTest {
  private static final String DATABASE = "--database=jdbc:postgresql://127.0.0.1:9/streetbox";

  @TempDir private Path folder;

  @Test
  void aDatabaseMustBeGivenAndBeOneOfPostgresql() {
    assertTrue(typed().err().contains("Missing required option: '--database=URL'"));
    assertRefused("jdbc:postgresql://HOST:PORT/NAME, not mysql://db/x", "--database=mysql://db/x");
  }

  @Test
  void whatIsDoneWithSimulatedRowsIsOneOfThreeWords() {
    assertRefused("[refuse, store, only]", DATABASE, "--simulated=all");
  }

  @Test
  void aSchemaThatPostgresqlWouldFoldOrQuoteIsRefused() {
    for (String schema : List.of("Streetbox", "street-box", "1st", "a;drop", "")) {
      assertRefused("a schema's name is", DATABASE, "--schema=" + schema);
    }
  }

  @Test
  void groupAndNameAreCheckedWithAndWithoutKafka() {
    String kafka = "--kafka=k:9092";
    assertRefused("a group's name is 1 to 64", DATABASE, "--group=a/b");
    assertRefused("a session's name is 1 to 64", DATABASE, "--name=a b");
    assertRefused("--group and --name are 1 to 64", DATABASE, kafka, "--group=a/b");
    assertRefused("--group and --name are 1 to 64", DATABASE, kafka, "--name=a b");
  }

  @Test
  void aTopicRootThatMatchesNoTopicIsRefused() {
    String root = "--topic-root=streetbox/v1/";
    assertRefused("a topic root is levels", DATABASE, root);
    assertRefused("a topic root is levels", DATABASE, root, "--kafka=k:9092");
  }

  @Test
  void eachMistakeAboutKafkaIsNamed() throws IOException {
    assertRefused("--kafka is HOST:PORT", DATABASE, "--kafka=k");
    assertRefused("a topic of Kafka is 1 to 249", DATABASE, "--kafka=k:9092", "--kafka-topic=a/b");
    String file = "--kafka-config=" + file("kafka", "fetch.min.bytes = many\n");
    assertRefused(
        "--kafka-config: Invalid value many for configuration fetch.min.bytes",
        DATABASE,
        "--kafka=k:9092",
        file);
  }

  @Test
  void aFileThatIsMissingIsNoMistakeOfUsage() {
    String missing = folder.resolve("missing").toString();
    for (List<String> options :
        List.of(
            List.of("--database-password-file=" + missing),
            List.of("--kafka=k:9092", "--kafka-config=" + missing))) {
      List<String> all = new ArrayList<>(options);
      all.add(DATABASE);
      TypedBackend typed = typed(all.toArray(String[]::new));
      assertEquals(1, typed.code(), typed.err());
      assertTrue(typed.err().contains(missing), typed.err());
    }
  }

  @Test
  void noSecretOfAFileIsShownWithAMistake() throws IOException {
    Path password = file("password", "s3cret-of-the-role\n");
    Path kafka =
        file(
            "kafka",
            """
            sasl.jaas.config = Login required password="s3cret-of-kafka";
            ssl.key.password = s3cret-of-the-key
            fetch.min.bytes = many
            """);
    TypedBackend typed =
        typed(
            DATABASE,
            "--database-password-file=" + password,
            "--kafka=k:9092",
            "--kafka-config=" + kafka);
    assertEquals(2, typed.code());
    assertTrue(typed.err().contains("fetch.min.bytes"), typed.err());
    assertFalse(typed.err().contains("s3cret"), typed.err());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static TypedBackend typed(String... arguments) {
    return TypedBackend.command(new IngestCommand(), arguments);
  }

  private static void assertRefused(String words, String... arguments) {
    TypedBackend typed = typed(arguments);
    assertEquals(2, typed.code(), typed.err());
    assertTrue(typed.err().contains(words), typed.err());
  }
}
