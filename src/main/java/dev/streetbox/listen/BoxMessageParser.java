package dev.streetbox.listen;

import dev.streetbox.measure.PrintableText;
import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Parses messages of boxes. No message is trusted: size, depth, names and numbers are limited, also
 * after decompression, and the body must name the box of the topic. Safe for every thread.
 */
public final class BoxMessageParser {
  private static final Pattern BOX = Pattern.compile("[a-z0-9-]{3,32}");

  /** Limits, in characters, what an error quotes of a message. */
  private static final int QUOTE_LIMIT = 200;

  private final String root;

  /**
   * @param topicRoot the common beginning of all topics, without a slash at the end
   */
  public BoxMessageParser(String topicRoot) {
    this.root = topicRoot + "/";
  }

  /**
   * Parses a message.
   *
   * @throws MalformedMessageException if no box sends such a message; its text states what is wrong
   */
  public BoxMessage read(Message message) throws MalformedMessageException {
    String[] levels = levels(message.topic());
    String box = levels[0];
    if (message.omittedBytes() > 0) {
      throw new MalformedMessageException(
          message.omittedBytes() + " bytes, too many or with an unreadable property");
    }
    if (message.payload().length == 0) {
      return new BoxMessage.Other(box); // The doctor tests a permission.
    }
    try {
      return switch (levels[1]) {
        case "live" -> rows(box, true, MessageFields.of(message));
        case "backlog" -> rows(box, false, MessageFields.of(message));
        case "event" -> event(box, MessageFields.of(message));
        case "state" -> state(box, MessageFields.of(message), message.retained());
        default -> new BoxMessage.Other(box);
      };
    } catch (MalformedMessageException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedMessageException(
          "not the JSON of a box: "
              + PrintableText.of(String.valueOf(e.getMessage()), QUOTE_LIMIT));
    }
  }

  private String[] levels(String topic) throws MalformedMessageException {
    String rest = topic.startsWith(root) ? topic.substring(root.length()) : "";
    String[] levels = rest.split("/", -1);
    if (levels.length != 2 || !BOX.matcher(levels[0]).matches()) {
      throw new MalformedMessageException("not a box's topic");
    }
    return levels;
  }

  private static BoxMessage rows(String box, boolean live, MessageFields fields)
      throws MalformedMessageException {
    check(box, fields);
    if (fields.first == 0 || fields.last == Long.MAX_VALUE) {
      throw new MalformedMessageException("a batch without first or last");
    }
    checkOrder(fields);
    List<BoxMessage.DeclaredDrop> drops = new ArrayList<>();
    for (MessageFields.SentDrop drop : fields.drops) {
      drops.add(
          new BoxMessage.DeclaredDrop(
              new Range(fields.boot, drop.first(), drop.last()), drop.reason()));
    }
    long before = fields.first - 1;
    for (BoxMessage.SentRow row : fields.rows) {
      if (row.seq() <= before || row.seq() > fields.last) {
        throw new MalformedMessageException(
            "row " + row.seq() + " is out of order or outside its batch");
      }
      before = row.seq();
    }
    return new BoxMessage.Rows(
        box,
        fields.boot,
        fields.startMs,
        live,
        fields.simulated,
        fields.rows,
        drops,
        new BoxMessage.BatchDetails(
            fields.earliestStartMs, fields.latestStartMs, fields.calibration));
  }

  private static BoxMessage event(String box, MessageFields fields)
      throws MalformedMessageException {
    check(box, fields);
    return switch (fields.kind) {
      case "loss" -> loss(box, fields);
      case "time" -> times(box, fields);
      default -> new BoxMessage.Other(box);
    };
  }

  private static BoxMessage loss(String box, MessageFields fields)
      throws MalformedMessageException {
    if (fields.lostBoot == 0 || fields.first == 0) {
      throw new MalformedMessageException("a loss without lost_boot or first");
    }
    checkOrder(fields);
    return new BoxMessage.Loss(box, new Range(fields.lostBoot, fields.first, fields.last));
  }

  private static BoxMessage times(String box, MessageFields fields)
      throws MalformedMessageException {
    if (fields.datedBoot == 0 || fields.last == Long.MAX_VALUE || !fields.times.containsKey("t0")) {
      throw new MalformedMessageException("a correction without dated_boot, last or dated_t0");
    }
    return new BoxMessage.Times(box, fields.datedBoot, fields.last, fields.times);
  }

  private static BoxMessage state(String box, MessageFields fields, boolean old)
      throws MalformedMessageException {
    check(box, fields);
    return new BoxMessage.State(box, fields.boot, fields.state.equals("online"), old);
  }

  private static void check(String box, MessageFields fields) throws MalformedMessageException {
    if (!fields.box.equals(box)) {
      throw new MalformedMessageException("the topic of box " + box + " has a body of another box");
    }
    if (fields.boot < 1) {
      throw new MalformedMessageException("a message without a boot");
    }
  }

  /** Refuses what JSON Schema cannot: it does not compare two values. */
  private static void checkOrder(MessageFields fields) throws MalformedMessageException {
    if (fields.last < fields.first) {
      throw new MalformedMessageException(
          "last " + fields.last + " is below first " + fields.first);
    }
  }
}
