package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compares the bytes of states with the contract. */
class StateJsonTest {
  private final StateJson json = new StateJson(Boxes.sharedFields(new PlainNames("sb-0042")));

  @Test
  void aStateNamesTheBoxAndTheBoot() {
    assertEquals(
        "{\"v\":1,\"box\":\"sb-0042\",\"boot\":41,\"state\":\"offline\"}",
        new String(json.of(41, "offline", Map.of()), UTF_8));
  }

  @Test
  void detailsFollowInTheirOrder() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("version", "0.1.0");
    details.put("config", "c0");
    assertEquals(
        "{\"v\":1,\"box\":\"sb-0042\",\"boot\":41,\"state\":\"online\","
            + "\"version\":\"0.1.0\",\"config\":\"c0\"}",
        new String(json.of(41, "online", details), UTF_8));
  }

  @Test
  void aSimulatedBoxStatesSoInEachMessage() {
    PlainNames names = new PlainNames("sb-0042");
    SharedFields simulated = new SharedFields(names, true, boot -> Optional.empty());
    assertEquals(
        "{\"v\":1,\"box\":\"sb-0042\",\"boot\":41,\"sim\":true,\"state\":\"offline\"}",
        new String(new StateJson(simulated).of(41, "offline", Map.of()), UTF_8));
  }
}
