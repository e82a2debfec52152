package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads the store with the program's commands and with Debian's sqlite3 while the agent commits
 * every 50 ms and publishes, as a technician over SSH does.
 */
class ParallelReadersIT {
  private static final int ROUNDS = 8;
  private static final int QUERIES_A_ROUND = 10;

  @TempDir Path dir;

  private Path config(Mosquitto broker) throws IOException {
    return Files.writeString(
        dir.resolve("streetbox.toml"),
        """
        [box]
        id = "sb-read"
        data_dir = "%1$s/data"
        run_dir = "%1$s/run"
        [[sensor]]
        driver = "sps30"
        bus = "sim"
        [gnss]
        source = "sim"
        [store]
        commit_period = "1s"
        [mqtt]
        broker = "%2$s"
        encoding = "json"
        live_period = "5s"
        [simulate]
        speed = 20.0
        """
            .formatted(dir, broker.uri()));
  }

  private String answer(Program program, String... arguments) throws IOException {
    try (ChildProcess reader = ChildProcess.start(dir, program, arguments)) {
      int code = reader.await(60);
      String text = String.join("\n", reader.lines());
      assertEquals(
          0, code, program + " " + String.join(" ", arguments) + ": " + text + reader.errors());
      return text;
    }
  }

  private String streetbox(Path config, String... words) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(List.of("--config", config.toString()));
    return answer(Program.STREETBOX, arguments.toArray(String[]::new));
  }

  private long stored() throws IOException {
    String text =
        answer(
            Program.SQLITE3,
            dir.resolve("data/outbox.db").toString(),
            "SELECT sum(count) FROM chunk");
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  @Test
  void everyReaderSucceedsAndTheAgentHasNoStoreFault() throws IOException {
    try (Mosquitto broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")))) {
      Path config = config(broker);
      try (ChildProcess box =
          ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString())) {
        Path store = dir.resolve("data/outbox.db");
        Path status = dir.resolve("run/status.json");
        Eventually.holds(
            "a store with rows",
            () -> Files.exists(status) && Files.exists(store) && committed(status));
        long before = stored();
        for (int round = 0; round < ROUNDS; round++) {
          read(config);
        }
        assertTrue(stored() > before, "the agent wrote nothing during the reads");
        assertFalse(box.errors().contains("store: "), box.errors());
        assertEquals(0, box.terminate(10), box.errors());
      }
      assertTrue(streetbox(config, "outbox", "verify").contains("over"));
    }
  }

  private static boolean committed(Path status) throws IOException {
    return Files.readString(status).matches("(?s).*\"newest\":[1-9]\\d\\d.*");
  }

  private void read(Path config) throws IOException {
    assertTrue(streetbox(config, "outbox", "verify", "--json").contains("\"sound\":true"));
    assertTrue(streetbox(config, "outbox", "stat").contains("open"));
    String status = streetbox(config, "status", "--json");
    assertFalse(status.contains("\"place\":\"store\""), status);
    long seen = 0;
    for (int query = 0; query < QUERIES_A_ROUND; query++) {
      long now = stored();
      assertTrue(now >= seen, now + " rows after " + seen);
      seen = now;
    }
  }
}
