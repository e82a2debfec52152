package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins a district's Mosquitto to the one of a city by deploy/backend/bridge.conf. */
class BridgeConfIT {
  private static final String ROWS = "streetbox/v1/sb-1/live";
  private static final String COMMAND = "streetbox/v1/sb-1/cmd/ping";
  private static final String MQTT_5 = "bridge_protocol_version mqttv50";

  @TempDir private Path dir;

  private Mosquitto district;
  private Mosquitto city;

  @BeforeEach
  void startCity() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("city"));
    city = Mosquitto.started(folder, "persistence true", "persistence_location " + folder + "/");
  }

  @AfterEach
  void stop() {
    if (district != null) {
      district.close();
    }
    city.close();
  }

  /** Returns the file's lines with this city instead of the example's. */
  private List<String> bridge() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("deploy/backend/bridge.conf")));
    lines.removeIf(line -> line.matches("(remote_username|remote_password|bridge_cafile) .*"));
    lines.replaceAll(
        line -> line.startsWith("address ") ? "address 127.0.0.1:" + city.port() : line);
    return lines;
  }

  private void startDistrict(List<String> bridge) throws IOException {
    district =
        Mosquitto.started(
            Files.createDirectory(dir.resolve("district")), bridge.toArray(String[]::new));
    city.awaitLog("Sending SUBACK to district", 1);
  }

  private static void publish(Mosquitto broker, String topic, String words, String contentType)
      throws IOException {
    broker.publish(topic, words, "-D", "publish", "content-type", contentType);
  }

  @Test
  void rowsReachTheCityWithTheirContentTypeAndCommandsTheDistrict() throws IOException {
    startDistrict(bridge());
    try (MosquittoSub rows = new MosquittoSub(city, "#");
        MosquittoSub commands = new MosquittoSub(district, "streetbox/v1/+/cmd/+")) {
      publish(district, ROWS, "rows", "application/json");
      assertEquals(new MosquittoSub.Message(ROWS, false, "application/json", "rows"), rows.next());
      publish(city, COMMAND, "command", "application/json");
      assertEquals(
          new MosquittoSub.Message(COMMAND, false, "application/json", "command"), commands.next());
      assertEquals("command", rows.next().payload(), "the city's own copy");
      publish(district, ROWS, "more", "text/plain");
      assertEquals("more", rows.next().payload(), "no command came back");
    }
  }

  @Test
  void theDistrictKeepsWhatComesWhileTheCityIsAway() throws IOException {
    startDistrict(bridge());
    try (MosquittoSub rows = new MosquittoSub(city, ROWS, "-c", "-i", "ingest", "-x", "600")) {
      city.stop();
      publish(district, ROWS, "kept", "application/json");
      city.start();
      assertEquals("kept", rows.next().payload());
    }
  }

  @Test
  void withoutMqtt5TheContentTypeIsLost() throws IOException {
    List<String> lines = bridge();
    lines.remove(MQTT_5);
    startDistrict(lines);
    try (MosquittoSub rows = new MosquittoSub(city, ROWS)) {
      publish(district, ROWS, "rows", "application/json");
      assertEquals(new MosquittoSub.Message(ROWS, false, "", "rows"), rows.next());
    }
  }
}
