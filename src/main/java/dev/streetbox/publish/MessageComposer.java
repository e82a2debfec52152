package dev.streetbox.publish;

import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Row;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Session;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Composes topic and body of each MQTT message of a box. Used by the publisher's thread. */
final class MessageComposer {
  private final PublishedBox box;
  private final PublishedNames names;
  private final Outbox outbox;
  private final BatchJson batches;
  private final EventJson events;
  private final StateJson states;
  private final DocumentJson documents;

  MessageComposer(PublishedBox box) {
    this.box = box;
    this.names = box.names();
    this.outbox = box.outbox();
    SharedFields shared = new SharedFields(names, box.info().simulated(), box.info().calibration());
    this.batches = new BatchJson(shared, box.settings().encoding());
    this.events = new EventJson(shared, names);
    this.states = new StateJson(shared);
    this.documents = new DocumentJson(shared);
  }

  /** Returns the session of the running boot, whose will is the state {@code offline}. */
  Session session() {
    String clientId = names.of(outbox.boot()).box();
    List<Message> will = List.of(offline());
    return names
        .retention()
        .map(kept -> Session.expiring(clientId, kept.toSeconds(), will))
        .orElseGet(() -> Session.durable(clientId, will));
  }

  /** Returns the state {@code online}, retained. */
  Message online() {
    int boot = outbox.boot();
    BoxInfo info = box.info();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("version", info.version());
    details.put("config", names.pseudonymOf(info.configHash(), boot));
    details.put(
        "calibration",
        info.calibration().apply(boot).map(id -> names.pseudonymOf(id, boot)).orElse("none"));
    return state("online", details);
  }

  /** Returns the state {@code offline}, retained. */
  Message offline() {
    return state("offline", Map.of());
  }

  /**
   * Returns the description of the box, retained.
   *
   * @param members writes the members that follow the head
   */
  Message about(JsonText.Content members) {
    int boot = outbox.boot();
    byte[] body = documents.of(boot, members);
    return retained(new Message(topic(boot, "about"), body, Encoding.JSON.contentType(), true));
  }

  /**
   * Returns the box's counters and faults.
   *
   * @param members writes the members that follow the head
   */
  Message diag(JsonText.Content members) {
    int boot = outbox.boot();
    byte[] body = documents.of(boot, members);
    return new Message(topic(boot, "diag"), body, Encoding.JSON.contentType(), false);
  }

  /** Returns a batch as a message of its lane. */
  Message batch(Lane lane, Batch batch) {
    String topic = topic(batch.range().boot(), lane.key());
    return new Message(topic, batches.of(batch), batches.contentType(), false);
  }

  /**
   * Returns an event as a message.
   *
   * @param rows the rows that the event carries
   */
  Message event(Event event, List<Row> rows) {
    int boot = names.namingBoot(event);
    long tickMs = boot == event.boot() ? event.tickMs() : outbox.lastTickMs(boot);
    byte[] body = events.of(event, rows, outbox.timeline(boot), tickMs);
    return new Message(topic(boot, "event"), body, Encoding.JSON.contentType(), false);
  }

  private Message state(String state, Map<String, String> details) {
    int boot = outbox.boot();
    byte[] body = states.of(boot, state, details);
    return retained(new Message(topic(boot, "state"), body, Encoding.JSON.contentType(), true));
  }

  /** Returns a retained message that the broker keeps as long as the name lasts. */
  private Message retained(Message message) {
    return message.expiringAfter(names.retention().map(Duration::toSeconds).orElse(0L));
  }

  private String topic(int boot, String lastLevel) {
    return box.settings().topicRoot() + "/" + names.of(boot).box() + "/" + lastLevel;
  }
}
