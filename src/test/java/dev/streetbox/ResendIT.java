package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Seqs;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs a box and a subscriber that is away for ten minutes of the box's time, behind a broker that
 * keeps a hundred messages for it.
 */
class ResendIT {
  private static final int SPEED = 40;
  private static final int AWAY_ROWS = 600;
  private static final Pattern ROW = Pattern.compile("\"boot\":1,.*?\"seq\":(\\d+),");

  private static final Pattern NEWEST = Pattern.compile("\"newest\":(\\d+)");

  @TempDir Path dir;

  private Mosquitto broker;
  private ChildProcess box;

  private void start(String[] limits) throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")), limits);
    box = startBox();
  }

  @AfterEach
  void stop() {
    box.close();
    broker.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"max_queued_messages 100", "max_queued_messages 0\nmax_queued_bytes 60000"})
  void aSubscriberThatWasAwayGetsTheRowsThatTheBrokerDropped(String limits) throws IOException {
    start(limits.split("\n"));
    long left;
    try (ChildProcess before = listen()) {
      Eventually.holds("first rows; " + box.errors(), () -> rows(before).size() >= 20);
      assertEquals(0, before.terminate(15), before.errors());
      left = rows(before).highest();
    }
    Eventually.holds("ten minutes; " + box.errors(), () -> newest() >= left + AWAY_ROWS);
    try (ChildProcess after = listen("--resend", "--audit")) {
      Eventually.holds(
          "rows on both sides of what was dropped; " + after.errors(),
          () -> rows(after).highest() >= left + AWAY_ROWS && rows(after).ranges().size() > 1);
      Eventually.holds("all rows; " + after.errors(), () -> rows(after).ranges().size() == 1);
      assertEquals(0, after.terminate(15), after.errors());
      assertTrue(broker.log().contains("Outgoing messages are being dropped"), broker.log());
      assertTrue(rows(after).size() >= AWAY_ROWS, after.errors());
    }
    assertEquals(0, box.terminate(15), box.errors());
  }

  private ChildProcess listen(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("listen", "--broker", "" + broker.uri(), "--session", "desk"));
    arguments.addAll(List.of(more));
    return ChildProcess.start(dir, Program.STREETBOX, arguments.toArray(String[]::new));
  }

  private long newest() throws IOException {
    Path status = dir.resolve("run/status.json");
    Matcher newest = NEWEST.matcher(Files.exists(status) ? Files.readString(status) : "");
    return newest.find() ? Long.parseLong(newest.group(1)) : 0;
  }

  private ChildProcess startBox() throws IOException {
    Path config = dir.resolve("streetbox.toml");
    Files.writeString(
        config,
        """
        [box]
        id = "sb-away"
        data_dir = "%1$s/data"
        run_dir = "%1$s/run"
        [[sensor]]
        driver = "sht4x"
        bus = "sim"
        [gnss]
        source = "sim"
        [mqtt]
        broker = "%2$s"
        live_period = "1s"
        [simulate]
        speed = %3$d.0
        """
            .formatted(dir, broker.uri(), SPEED));
    return ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
  }

  private static Seqs rows(ChildProcess listener) throws IOException {
    Seqs rows = new Seqs(1);
    for (String line : listener.lines()) {
      Matcher row = ROW.matcher(line);
      if (row.find()) {
        long seq = Long.parseLong(row.group(1));
        rows.add(seq, seq);
      }
    }
    return rows;
  }
}
