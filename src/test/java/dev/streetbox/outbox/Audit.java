package dev.streetbox.outbox;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Seqs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A backend that believes nothing: what it was sent, what was declared, what is unexplained. */
final class Audit {
  private final Map<Integer, Seqs> received = new TreeMap<>();
  private final Map<Integer, Seqs> explained = new TreeMap<>();
  private final List<Drop> drops = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /** These rows have arrived, in some earlier life. */
  void received(Range range) {
    add(received, range);
    add(explained, range);
  }

  /** Takes everything out of an outbox and acknowledges it. */
  void drain(Outbox outbox) throws IOException {
    for (Optional<Range> next = outbox.nextBacklog(outbox.newest(), List.of(), 1000);
        next.isPresent();
        next = outbox.nextBacklog(outbox.newest(), List.of(), 1000)) {
      Batch batch = outbox.read(next.get());
      if (!batch.rows().isEmpty()) {
        take(batch);
        outbox.acknowledge(batch.range(), batch.drops());
      }
    }
    for (Optional<Event> next = outbox.nextEvent(List.of());
        next.isPresent();
        next = outbox.nextEvent(List.of())) {
      take(next.get());
      outbox.acknowledge(next.get());
    }
  }

  /** A batch has arrived. */
  void take(Batch batch) {
    batch.rows().forEach(this::take);
    batch.drops().forEach(this::take);
  }

  private void take(Row row) {
    if (!row.equals(Rig.row(row.boot(), row.seq()))) {
      wrong.add(row.toString());
    }
    received(new Range(row.boot(), row.seq(), row.seq()));
  }

  /** A declaration has arrived. */
  void take(Drop drop) {
    drops.add(drop);
    add(explained, drop.range());
  }

  /** Every declaration that came. */
  List<Drop> drops() {
    return drops;
  }

  /** An event has arrived. */
  void take(Event event) {
    events.add(event);
    if (event.kind() == Event.Kind.LOSS) {
      int boot = ((Long) event.body().get("lost_boot")).intValue();
      long last = (Long) event.body().getOrDefault("last", Chunk.LAST_SEQ);
      Range range = new Range(boot, (Long) event.body().get("first"), last);
      take(new Drop(range, Reason.of((String) event.body().get("reason")).orElseThrow()));
    }
  }

  /** Rows of a boot, up to that one, that neither came nor were declared. */
  List<Range> unexplained(int boot, long last) {
    return gaps(explained, boot, last);
  }

  /** Rows of a boot, up to that one, that did not come, declared or not. */
  List<Range> missing(int boot, long last) {
    return gaps(received, boot, last);
  }

  /** The events that came. */
  List<Event> events() {
    return events;
  }

  /** Rows that are not what was measured. */
  List<String> wrong() {
    return wrong;
  }

  private static void add(Map<Integer, Seqs> to, Range range) {
    to.computeIfAbsent(range.boot(), Seqs::new).add(range.first(), range.last());
  }

  private static List<Range> gaps(Map<Integer, Seqs> in, int boot, long last) {
    return in.getOrDefault(boot, new Seqs(boot)).gaps(1, last);
  }
}
