package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.StoredSection;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Takes requests to send rows once more that the broker has acknowledged, and keeps what is left of
 * them. The rows stay acknowledged: nothing here changes the account of the outbox. Safe for every
 * thread.
 */
public final class Resends implements StoredSection {
  /** Limits the ranges that wait, so that memory and the stored content are limited. */
  static final int MAX_RANGES = 1000;

  private final Outbox outbox;
  private final Time time;
  private final PublishedBoots boots;
  private final RequestedRows requested;
  private final ResendAllowance allowance;
  private ResendQueue queue = new ResendQueue();
  private long requestedRows;
  private long sentRows;

  /**
   * Holds no request yet.
   *
   * @param time the clock of the rows
   */
  Resends(PublishedBox box, Time time) {
    this.outbox = box.outbox();
    this.time = time;
    this.boots = new PublishedBoots(box.names(), outbox);
    this.requested = new RequestedRows(outbox);
    this.allowance = new ResendAllowance(box.settings().resendRowsPerDay());
  }

  /**
   * Adds the rows of a range that can be sent once more. May read the disk.
   *
   * @param box the id under which the rows were published
   * @param publishedBoot their boot as published
   * @param first the lowest seq
   * @param last the highest seq
   * @return what will be done for each row; a refused request changes nothing
   */
  public ResendAnswer request(String box, int publishedBoot, long first, long last) {
    if (first < 1 || last < first) {
      return ResendAnswer.refused(
          "rows %d to %d are no range: seq begins at 1".formatted(first, last));
    }
    OptionalInt boot = boots.find(box, publishedBoot);
    if (boot.isEmpty()) {
      return RequestedRows.never(new Range(publishedBoot, first, last));
    }
    try {
      return accept(requested.answer(new Range(boot.getAsInt(), first, last), searchLimit()));
    } catch (IOException e) {
      return ResendAnswer.refused("stored rows cannot be read now: " + e.getMessage());
    }
  }

  /** Returns the number of rows above which no request can be accepted. */
  private synchronized long searchLimit() {
    return allowance.rowsPerDay() + queue.rows() + 1;
  }

  private synchronized ResendAnswer accept(ResendAnswer answer) {
    long utcMs = outbox.timeline(outbox.boot()).utcMs(time.tickMs());
    long left = allowance.left(utcMs);
    long rows = 0;
    ResendQueue next = queue.copy();
    for (Range range : answer.willSend()) {
      for (Range added : queue.missing(range)) {
        rows += added.size();
        if (rows > left) {
          return ResendAnswer.refused(overAllowance(left, added.last() - (rows - left)));
        }
        next.add(added);
      }
    }
    if (rows > 0 && next.ranges().size() > MAX_RANGES) {
      return ResendAnswer.refused(
          "%d ranges wait already, the most that can: ask again when they were sent"
              .formatted(queue.ranges().size()));
    }
    allowance.take(rows, utcMs);
    requestedRows += rows;
    queue = next;
    return answer;
  }

  private String overAllowance(long left, long lastThatFits) {
    String limit =
        "at most %d rows a day are sent once more ([mqtt] resend_rows_per_day), and %d are left"
            .formatted(allowance.rowsPerDay(), left);
    return left == 0
        ? limit + ": ask again tomorrow"
        : limit + ": ask for rows up to %d first".formatted(lastThatFits);
  }

  /**
   * Returns the lowest rows that wait, the oldest boot first.
   *
   * @param except rows in flight or put aside
   * @param limit at most this many rows, from 1
   * @param wanted selects boots by their numbers
   */
  synchronized Optional<Range> next(Collection<Range> except, int limit, IntPredicate wanted) {
    return queue.next(except, limit, wanted);
  }

  /** Removes rows that the broker has acknowledged once more. */
  synchronized void markSent(Range rows) {
    long before = queue.rows();
    queue.remove(rows);
    sentRows += before - queue.rows();
  }

  /** Removes rows that cannot be sent. */
  synchronized void giveUp(Range rows) {
    queue.remove(rows);
  }

  /** Returns how many rows were requested and sent, and how many wait. */
  public synchronized ResendCounts counts() {
    return new ResendCounts(requestedRows, sentRows, queue.rows());
  }

  /** Returns the number of rows that wait to be sent once more. */
  public synchronized long waitingRows() {
    return queue.rows();
  }

  @Override
  public String key() {
    return "resend";
  }

  @Override
  public synchronized Map<String, Object> content() {
    Map<String, Object> content = allowance.content();
    if (queue.rows() > 0) {
      content.put("waiting", queue.ranges().stream().map(Resends::content).toList());
    }
    return content;
  }

  private static Map<String, Object> content(Range rows) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("boot", rows.boot());
    content.put("first", rows.first());
    content.put("last", rows.last());
    return content;
  }

  @Override
  public synchronized void restore(JsonTree content) {
    allowance.restore(content);
    queue = new ResendQueue();
    content.children("waiting").stream()
        .limit(MAX_RANGES)
        .map(Resends::range)
        .flatMap(Optional::stream)
        .forEach(queue::add);
  }

  private static Optional<Range> range(JsonTree rows) {
    OptionalDouble boot = rows.number("boot");
    OptionalDouble first = rows.number("first");
    OptionalDouble last = rows.number("last");
    boolean valid =
        boot.orElse(0) >= 1
            && boot.orElse(0) <= Integer.MAX_VALUE
            && first.orElse(0) >= 1
            && last.orElse(0) >= first.orElse(0);
    return valid
        ? Optional.of(
            new Range(
                (int) boot.getAsDouble(), (long) first.getAsDouble(), (long) last.getAsDouble()))
        : Optional.empty();
  }
}
