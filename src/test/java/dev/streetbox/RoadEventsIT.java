package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.MosquittoSub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the installed program on half an hour of a simulated ride, on which a part is unplugged, the
 * lid is opened and a waste station smells, and takes the events from a real Mosquitto.
 */
class RoadEventsIT {
  /** The ride passes the waste station after 31 min; the cell has warmed up after 5 min. */
  private static final int SPEED = 30;

  @TempDir private Path dir;

  private Mosquitto broker;
  private ChildProcess box;
  private final List<JsonTree> events = new ArrayList<>();

  @AfterEach
  void stop() {
    box.close();
    broker.close();
  }

  private void startBox() throws IOException {
    Path scenario =
        Files.writeString(
            dir.resolve("scenario.txt"),
            """
            at 8m pm unplug
            at 9m lid open
            at 570s lid close
            at 15m pm plug
            """);
    Path config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-1"
            data_dir = "%1$s/data"
            run_dir = "%1$s/run"
            [[sensor]]
            name = "gas"
            driver = "multigas"
            gas = "nh3"
            bus = "sim"
            [[sensor]]
            name = "pm"
            driver = "sps30"
            bus = "sim"
            [gnss]
            source = "sim"
            [mqtt]
            broker = "%2$s"
            encoding = "json"
            [odour]
            nh3_ppm = 1.0
            [tamper]
            gpio = 5
            [simulate]
            speed = %3$d
            scenario = "%4$s"
            """
                .formatted(dir, broker.uri(), SPEED, scenario));
    box = ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config.toString());
  }

  private List<JsonTree> events(MosquittoSub sub, String kind) throws IOException {
    for (MosquittoSub.Message message : sub.arrived()) {
      events.add(JsonTree.parse(message.payload()));
    }
    return events.stream().filter(event -> event.string("kind").equals(Optional.of(kind))).toList();
  }

  private static String text(JsonTree event, String field) {
    return event.text(field).orElse("");
  }

  @Test
  void anUnpluggedPartAnOpenLidAndAnOdourAreOneEventEach() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    try (MosquittoSub sub = new MosquittoSub(broker, "streetbox/v1/sb-1/event")) {
      startBox();
      Eventually.holds("two tamper events", () -> events(sub, "tamper").size() == 2);
      Eventually.holds("an odour; " + box.errors(), () -> !events(sub, "odour").isEmpty());

      JsonTree odour = events(sub, "odour").get(0);
      assertEquals("part", text(odour, "by"));
      assertEquals("nh3_ppm", text(odour, "quantity"));
      assertTrue(odour.number("peak").orElseThrow() >= 1, "a peak above the threshold");
      assertTrue(odour.number("duration_s").orElseThrow() >= 10, "no shorter than [odour] after");
      assertTrue(odour.number("lat").isPresent() && !odour.children("rows").isEmpty(), "a place");
      assertEquals(1, events(sub, "odour").size());

      List<JsonTree> tampers = events(sub, "tamper");
      assertEquals(2, tampers.size(), "one of the part, one of the lid: " + tampers.size());
      JsonTree part =
          tampers.stream()
              .filter(one -> text(one, "what").equals("part"))
              .findFirst()
              .orElseThrow();
      JsonTree lid =
          tampers.stream().filter(one -> text(one, "what").equals("lid")).findFirst().orElseThrow();
      assertEquals("pm", text(part, "part"));
      double apartS = (lid.number("t").orElseThrow() - part.number("t").orElseThrow()) / 1000;
      assertEquals(60, apartS, 5, "t of the part is its last measurement");
      assertTrue(lid.number("lat").isPresent() && part.number("lat").isPresent(), "places");
    }
  }
}
