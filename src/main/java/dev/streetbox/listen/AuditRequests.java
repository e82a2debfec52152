package dev.streetbox.listen;

import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.PrintableText;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks boxes for the rows that an audit misses, by command {@code resend}, and reads their answers.
 * A broker drops messages of a subscriber that is away once their number reaches its limit. Used by
 * one thread; all times are of the subscriber's clock.
 */
public final class AuditRequests {
  /** After this time (s) the broker drops a request, because the rows may have come meanwhile. */
  private static final long EXPIRY_S = Duration.ofMinutes(10).toSeconds();

  /** The time between two searches for holes, in ms. */
  private static final long SEARCH_MS = 1_000;

  private static final int ANSWER_LIMIT_BYTES = 64 * 1024;
  private static final int QUOTE_LIMIT = 200;

  private final String topicRoot;
  private final String idPrefix;
  private final Consumer<String> notes;

  /** The boxes by id, the one without a message for longest first. */
  private final Map<String, BoxRequests> boxes = new LinkedHashMap<>(16, 0.75f, true);

  private Map<String, List<Range>> holes = Map.of();
  private long searchMs = Long.MIN_VALUE;
  private long count;

  /**
   * @param topicRoot the common beginning of all topics, without a slash at the end
   * @param idPrefix begins the ids of requests: up to 40 of A-Z, a-z, 0-9, _ and -, unlike that of
   *     any other run
   * @param notes takes what a person is to be told, as lines
   */
  public AuditRequests(String topicRoot, String idPrefix, Consumer<String> notes) {
    this.topicRoot = topicRoot;
    this.idPrefix = idPrefix;
    this.notes = notes;
  }

  /**
   * Notes a message of a box. A box whose rows come is online until its state says otherwise: a
   * broker whose queue is full drops also the state that it retains (Mosquitto 2.0.11).
   */
  public void add(BoxMessage message, long nowMs) {
    if (message instanceof BoxMessage.State state) {
      box(state.box(), nowMs).setOnline(state.online());
    } else if (message instanceof BoxMessage.Rows rows) {
      BoxRequests box = box(rows.box(), nowMs);
      box.setOnline(true);
      if (!rows.live()) {
        box.onBacklog(nowMs);
      }
    }
  }

  /** Reads the answer of a box to a request of this object; passes over any other message. */
  public void addAnswer(Message message, long nowMs) {
    String[] levels = message.topic().split("/", -1);
    int count = levels.length;
    if (count < 2 || !levels[count - 1].equals("ack") || !isSmall(message)) {
      return;
    }
    BoxRequests box = boxes.get(levels[count - 2]);
    try {
      JsonTree answer = JsonTree.parse(new String(message.payload(), StandardCharsets.UTF_8));
      if (box != null && box.isAsked(answer.string("id").orElse(""))) {
        apply(levels[count - 2], box, answer, nowMs);
      }
    } catch (TextFormatException e) {
      // Not the answer of a box.
    }
  }

  private static boolean isSmall(Message message) {
    return message.payload().length <= ANSWER_LIMIT_BYTES;
  }

  private void apply(String name, BoxRequests box, JsonTree answer, long nowMs) {
    if (answer.isTrue("ok")) {
      box.onResult(answer.child("result"), nowMs);
    } else {
      box.onRefused(nowMs);
      notes.accept(
          "%s resends nothing now: %s"
              .formatted(name, PrintableText.of(answer.text("error").orElse(""), QUOTE_LIMIT)));
    }
  }

  /** Returns a request to publish now, if one is due. */
  public Optional<Message> next(Audit audit, long nowMs) {
    if (nowMs >= searchMs) {
      holes = audit.holes(name -> isOnline(name));
      searchMs = nowMs + SEARCH_MS;
    }
    for (Map.Entry<String, List<Range>> missing : holes.entrySet()) {
      Optional<Message> request = next(missing.getKey(), missing.getValue(), nowMs);
      if (request.isPresent()) {
        return request;
      }
    }
    return Optional.empty();
  }

  private Optional<Message> next(String name, List<Range> missing, long nowMs) {
    BoxRequests box = box(name, nowMs);
    if (missing.isEmpty()) {
      box.onComplete();
      return Optional.empty();
    }
    String id = idPrefix + "-" + (count + 1);
    Optional<Range> rows = box.ask(missing, id, nowMs);
    rows.ifPresent(asked -> count++);
    return rows.map(asked -> message(name, id, asked));
  }

  private Message message(String name, String id, Range rows) {
    String body =
        JsonText.object(
            json -> {
              json.writeStringField("id", id);
              json.writeStringField("cmd", "resend");
              json.writeObjectFieldStart("args");
              json.writeNumberField("boot", rows.boot());
              json.writeNumberField("first", rows.first());
              json.writeNumberField("last", rows.last());
              json.writeEndObject();
            });
    String topic = topicRoot + "/" + name + "/cmd/resend";
    byte[] utf8 = body.getBytes(StandardCharsets.UTF_8);
    return new Message(topic, utf8, "application/json", false).expiringAfter(EXPIRY_S);
  }

  private boolean isOnline(String name) {
    return boxes.containsKey(name) && boxes.get(name).isOnline();
  }

  private BoxRequests box(String name, long nowMs) {
    BoxRequests known = boxes.get(name);
    if (known == null) {
      if (boxes.size() >= Audit.BOX_LIMIT) {
        boxes.remove(boxes.keySet().iterator().next());
      }
      known = new BoxRequests(nowMs);
      boxes.put(name, known);
    }
    return known;
  }
}
