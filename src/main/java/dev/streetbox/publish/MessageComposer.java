package dev.streetbox.publish;

import dev.streetbox.command.Answer;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Row;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Session;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Composes topic and body of each MQTT message of a box. Used by the publisher's thread. */
final class MessageComposer {
  private final PublishedBox box;
  private final PublishedNames names;
  private final Outbox outbox;
  private final Map<Encoding, BatchJson> batches = new EnumMap<>(Encoding.class);
  private final EventJson events;
  private final StateJson states;
  private final DocumentJson documents;

  MessageComposer(PublishedBox box) {
    this.box = box;
    this.names = box.names();
    this.outbox = box.outbox();
    SharedFields shared = new SharedFields(names, box.info().simulated(), box.info().calibration());
    for (Encoding encoding : Encoding.values()) {
      batches.put(encoding, new BatchJson(shared, encoding));
    }
    this.events = new EventJson(shared, names);
    this.states = new StateJson(shared);
    this.documents = new DocumentJson(shared);
  }

  /** Returns the session of the running boot, whose will is the state {@code offline}. */
  Session session() {
    String clientId = names.of(outbox.boot()).box();
    List<Message> will = List.of(state("offline", Map.of(), OptionalLong.empty()));
    return names
        .retention()
        .map(kept -> Session.expiring(clientId, kept.toSeconds(), will))
        .orElseGet(() -> Session.durable(clientId, will));
  }

  /**
   * Returns the state {@code online}, retained.
   *
   * @param tickMs the time of the state, in ticks of the running boot
   */
  Message online(long tickMs) {
    int boot = outbox.boot();
    BoxInfo info = box.info();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("version", info.version());
    details.put("config", names.pseudonymOf(info.configHash(), boot));
    details.put(
        "calibration",
        info.calibration().apply(boot).map(id -> names.pseudonymOf(id, boot)).orElse("none"));
    return state("online", details, OptionalLong.of(tickMs));
  }

  /**
   * Returns the state {@code offline}, retained.
   *
   * @param tickMs the time of the state, in ticks of the running boot
   */
  Message offline(long tickMs) {
    return state("offline", Map.of(), OptionalLong.of(tickMs));
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
    BatchJson encoder = batches.get(box.remote().encoding());
    return new Message(topic, encoder.of(batch), encoder.contentType(), false);
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

  /**
   * Returns a state with its time. The will has none, because it is composed long before it is
   * published; nor has a state before the first row, because the boot has no time then.
   */
  private Message state(String state, Map<String, String> details, OptionalLong tickMs) {
    int boot = outbox.boot();
    boolean isDated = tickMs.isPresent() && outbox.status().newest() > 0;
    byte[] body =
        isDated
            ? states.of(boot, state, details, outbox.timeline(boot), tickMs.getAsLong())
            : states.of(boot, state, details);
    return retained(new Message(topic(boot, "state"), body, Encoding.JSON.contentType(), true));
  }

  /** Returns a retained message that the broker keeps as long as the name lasts. */
  private Message retained(Message message) {
    return message.expiringAfter(names.retention().map(Duration::toSeconds).orElse(0L));
  }

  /**
   * Returns the answer to a command as a message.
   *
   * @param answer the answer, sent under the id under which the command arrived
   */
  Message answer(Answer answer) {
    String topic = topicOf(answer.box(), "ack");
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    return new Message(topic, body, Encoding.JSON.contentType(), false)
        .correlatedBy(HexFormat.of().parseHex(answer.correlation()));
  }

  /** Returns the topic of a published id. */
  String topicOf(String publishedBox, String levels) {
    return box.settings().topicRoot() + "/" + publishedBox + "/" + levels;
  }

  private String topic(int boot, String lastLevel) {
    return topicOf(names.of(boot).box(), lastLevel);
  }
}
