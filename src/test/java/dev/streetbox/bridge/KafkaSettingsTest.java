package dev.streetbox.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost:9092", "k1.city.example:9092,k2:9093", "[::1]:9092"})
  void oneOrMoreServersAreAccepted(String servers) {
    assertEquals(servers, new KafkaSettings(servers, "streetbox", Map.of()).servers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "localhost:", "kafka://k:9092", "a:1,", "a:1, b:2"})
  void whatIsNoServerIsRefusedInWords(String servers) {
    assertTrue(mistake(servers, "streetbox", Map.of()).contains("HOST:PORT"));
  }

  @Test
  void aTopicHasTheCharactersThatKafkaAllows() {
    assertTrue(mistake("k:1", "street/box", Map.of()).contains("topic"));
    assertTrue(mistake("k:1", "", Map.of()).contains("topic"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "zstd", "snappy", "GZIP"})
  void aCompressionWithANativeLibraryIsRefused(String compression) {
    assertTrue(
        mistake("k:1", "t", Map.of("compression.type", compression)).contains("none or gzip"));
  }

  @Test
  void theFileCannotWeakenWhatNoLossDependsOn() {
    Map<String, Object> all =
        new KafkaSettings("k:1", "t", Map.of("acks", "0", "linger.ms", "50"))
            .with(Map.of("acks", "all"));
    assertEquals("all", all.get("acks"));
    assertEquals("50", all.get("linger.ms"));
    assertEquals("k:1", all.get("bootstrap.servers"));
  }

  @Test
  void aSettingThatKafkasClientDoesNotAcceptIsRefusedBeforeAnythingStarts() {
    KafkaSettings settings = new KafkaSettings("k:1", "t", Map.of("linger.ms", "soon"));
    String words =
        assertThrows(
                IllegalArgumentException.class, () -> new KafkaWriter(settings, new SystemTime()))
            .getMessage();
    assertTrue(words.contains("linger.ms"), words);
  }

  @Test
  void theFileHasTheFormOfJavasProperties(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("kafka"), "# TLS\nsecurity.protocol = SSL\n");
    assertEquals(Map.of("security.protocol", "SSL"), KafkaSettings.read(Optional.of(file)));
    assertEquals(Map.of(), KafkaSettings.read(Optional.empty()));
  }

  private static String mistake(String servers, String topic, Map<String, String> file) {
    return assertThrows(
            IllegalArgumentException.class, () -> new KafkaSettings(servers, topic, file))
        .getMessage();
  }
}
