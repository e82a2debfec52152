package dev.streetbox.publish;

import dev.streetbox.measure.Row;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Session;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the MQTT messages of a box: their topics and bodies. Used by the publisher's thread. */
final class MessageComposer {
  private static final String JSON = "application/json";

  private final PublishedBox box;
  private final PublishedNames publishedNames;
  private final Outbox outbox;
  private final BatchJson json;

  MessageComposer(PublishedBox box) {
    this.box = box;
    this.publishedNames = box.names();
    this.outbox = box.outbox();
    this.json =
        new BatchJson(publishedNames, box.settings().encoding(), box.identity().calibration());
  }

  /** Returns the session of the running boot, whose will says that the box is offline. */
  Session session() {
    return Session.durable(publishedNames.of(outbox.boot()).box(), List.of(offline()));
  }

  /** Returns the state {@code online}, which the broker keeps. */
  Message online() {
    int boot = outbox.boot();
    BoxInfo info = box.identity();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("version", info.version());
    details.put("config", publishedNames.seal(info.configHash(), boot));
    details.put(
        "calibration",
        info.calibration().apply(boot).map(id -> publishedNames.seal(id, boot)).orElse("none"));
    return state("online", details);
  }

  /** Returns the state {@code offline}, which the broker keeps. */
  Message offline() {
    return state("offline", Map.of());
  }

  /** Returns a batch as a message of its lane. */
  Message batch(Lane lane, Batch batch) {
    String topic = topic(batch.range().boot(), lane.key());
    return new Message(topic, json.batch(batch), json.contentType(), false);
  }

  /**
   * Returns an event as a message.
   *
   * @param rows the rows that it carries
   */
  Message event(Event event, List<Row> rows) {
    int teller = publishedNames.teller(event);
    long tickMs = teller == event.boot() ? event.tickMs() : outbox.lastTickMs(teller);
    byte[] bytes = json.event(event, rows, outbox.timeline(teller), tickMs);
    return new Message(topic(teller, "event"), bytes, JSON, false);
  }

  private Message state(String state, Map<String, String> details) {
    int boot = outbox.boot();
    return new Message(topic(boot, "state"), json.state(boot, state, details), JSON, true);
  }

  private String topic(int boot, String last) {
    return box.settings().topicRoot() + "/" + publishedNames.of(boot).box() + "/" + last;
  }
}
