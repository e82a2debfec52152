package dev.streetbox.listen;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Keeps what is known of each box's health and writes it in Prometheus's text format 0.0.4. Holds
 * at most {@value #MAX_BOXES} boxes, because their names come from the network. Used by one thread.
 */
public final class FleetHealth {
  private static final int MAX_BOXES = 100_000;
  private static final Pattern WHOLE = Pattern.compile("\\d{1,15}");

  /** Holds the health of one box; NaN stands for what has not been seen. */
  private static final class Health {
    private double online = Double.NaN;
    private double messageS = Double.NaN;
    private double rowS = Double.NaN;
    private double faults = Double.NaN;
    private double events;
    private double received;
    private double declared;
    private double unexplained;
  }

  private final Map<String, Health> boxes = new TreeMap<>();

  /**
   * Takes note of a message.
   *
   * @param received the message, parsed
   * @param message the message as it arrived
   * @param nowMs the time of its arrival, UTC in ms
   */
  public void add(BoxMessage received, Message message, long nowMs) {
    if (!boxes.containsKey(received.box()) && boxes.size() >= MAX_BOXES) {
      return;
    }
    Health health = boxes.computeIfAbsent(received.box(), any -> new Health());
    if (!message.retained()) {
      health.messageS = nowMs / 1000.0;
    }
    String topic = message.topic().substring(message.topic().lastIndexOf('/') + 1);
    switch (topic) {
      case "state" -> health.online = isOnline(message) ? 1 : 0;
      case "diag" -> health.faults = body(message).map(diag -> diag.size("faults")).orElse(0);
      case "event" -> health.events++;
      default -> addRows(health, received);
    }
  }

  private static void addRows(Health health, BoxMessage received) {
    if (received instanceof BoxMessage.Rows batch && !batch.rows().isEmpty()) {
      String t = batch.rows().get(batch.rows().size() - 1).fields().getOrDefault("t", "");
      if (WHOLE.matcher(t).matches()) {
        double rowS = Long.parseLong(t) / 1000.0;
        health.rowS = Double.isNaN(health.rowS) ? rowS : Math.max(health.rowS, rowS);
      }
    }
  }

  private static boolean isOnline(Message message) {
    return body(message).flatMap(body -> body.string("state")).filter("online"::equals).isPresent();
  }

  private static Optional<JsonTree> body(Message message) {
    try {
      return Optional.of(JsonTree.parse(new String(message.payload(), StandardCharsets.UTF_8)));
    } catch (TextFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Replaces a file by the text as a whole, so that a reader never sees half of it.
   *
   * @throws IOException if the file cannot be written; it then stays as it was
   */
  public void write(Path file, List<ReceivedAccount> accounts, long malformed) throws IOException {
    // Its name does not end in .prom, so that the collector does not read it.
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(draft, text(accounts, malformed));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException("the health of the boxes cannot be written to " + file, e);
    }
  }

  /**
   * Returns the whole text.
   *
   * @param accounts the account of each boot since the start of the program
   * @param malformed the number of messages that could not be parsed
   */
  String text(List<ReceivedAccount> accounts, long malformed) {
    boxes.values().forEach(FleetHealth::clearAccount);
    for (ReceivedAccount account : accounts) {
      Health health = boxes.get(account.box());
      if (health != null) {
        health.received += account.received();
        health.declared += account.declared();
        health.unexplained += account.unexplained();
      }
    }
    StringBuilder text = new StringBuilder();
    add(text, "online", "gauge", "Whether the last state of the box is online.", h -> h.online);
    add(
        text,
        "last_message_timestamp_seconds",
        "gauge",
        "Arrival of its last message.",
        h -> h.messageS);
    add(text, "last_row_timestamp_seconds", "gauge", "The second of its newest row.", h -> h.rowS);
    add(text, "rows_received_total", "counter", "Rows, each counted once.", h -> h.received);
    add(text, "rows_lost_total", "counter", "Rows that the box declared lost.", h -> h.declared);
    add(
        text,
        "rows_unexplained",
        "gauge",
        "Rows neither received nor declared.",
        h -> h.unexplained);
    add(text, "events_total", "counter", "Events, with repetitions.", h -> h.events);
    add(text, "faults", "gauge", "Faults that its last diag names.", h -> h.faults);
    text.append("# HELP streetbox_malformed_messages_total Messages that could not be parsed.\n");
    text.append("# TYPE streetbox_malformed_messages_total counter\n");
    text.append("streetbox_malformed_messages_total ").append(malformed).append('\n');
    return text.toString();
  }

  private static void clearAccount(Health health) {
    health.received = 0;
    health.declared = 0;
    health.unexplained = 0;
  }

  private void add(
      StringBuilder text, String name, String type, String help, ToDoubleFunction<Health> value) {
    String metric = "streetbox_box_" + name;
    text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
    boxes.forEach(
        (box, health) -> {
          double number = value.applyAsDouble(health);
          if (!Double.isNaN(number)) {
            text.append(metric).append("{box=\"").append(box).append("\"} ");
            text.append(number == Math.rint(number) ? Long.toString((long) number) : number);
            text.append('\n');
          }
        });
  }
}
