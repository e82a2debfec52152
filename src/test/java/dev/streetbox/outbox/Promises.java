package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a {@link TracedBox} had said when it ended, however it ended; to be held to it. */
final class Promises {
  private static final Set<Reason> ALLOWED = EnumSet.of(Reason.STORE_FULL, Reason.STORE_FAILED);

  private final Audit audit = new Audit();
  private final Map<Integer, Long> sampled = new TreeMap<>();
  private final Map<Integer, Long> durable = new TreeMap<>();
  private final Set<String> events = new TreeSet<>();
  private int boot;

  /** A line of its output. */
  void hear(String line) {
    if (!line.startsWith(TracedBox.MARK)) {
      return;
    }
    String[] words = line.substring(TracedBox.MARK.length()).split(" ", -1);
    int of = Integer.parseInt(words[1]);
    switch (words[0]) {
      case "boot" -> boot = of;
      case "sampled" -> sampled.put(of, Long.valueOf(words[2]));
      case "durable" -> durable.put(of, Long.valueOf(words[2]));
      case "acked" -> audit.received(range(of, words));
      case "told" -> audit.take(new Drop(range(of, words), Reason.valueOf(words[4])));
      case "event" -> events.add(of + "/" + words[2]);
      case "sent" -> events.remove(of + "/" + words[2]);
      default -> throw new IllegalStateException(words[0]);
    }
  }

  private static Range range(int of, String[] words) {
    return new Range(of, Long.parseLong(words[2]), Long.parseLong(words[3]));
  }

  /** Starts a box on what is left, and has it send everything. */
  void check(Path left, String where) throws IOException {
    Rig rig = new Rig(left);
    assertTrue(rig.boot() > boot, () -> where + ": boot " + rig.boot() + " after " + boot);
    rig.measure(3);
    rig.commit();
    assertEquals(List.of(), rig.troubles(), where);
    assertEquals(0, rig.outbox.status().uncommitted(), where);
    audit.drain(rig.outbox);
    rig.committer.close();
    assertEquals(List.of(), audit.wrong(), where);
    sampled.forEach((of, last) -> assertEquals(List.of(), audit.unexplained(of, last), where));
    durable.forEach((of, last) -> assertEquals(List.of(), missing(of, last), where));
    Set<String> arrived = new TreeSet<>();
    audit.events().forEach(event -> arrived.add(event.boot() + "/" + event.number()));
    assertTrue(arrived.containsAll(events), () -> where + ": of " + events + " came " + arrived);
    try (StoreView view = StoreView.open(left);
        Stream<Path> files = Files.list(left)) {
      assertEquals(List.of(), view.check(), where);
      assertTrue(files.noneMatch(file -> file.toString().contains("damaged")), where);
    }
  }

  /** What did not come although it was said to be durable, and was not given up. */
  private List<Range> missing(int of, long last) {
    Seqs dropped = new Seqs(of);
    audit.drops().stream()
        .filter(drop -> ALLOWED.contains(drop.reason()) && drop.range().boot() == of)
        .forEach(drop -> dropped.add(drop.range().first(), drop.range().last()));
    return audit.missing(of, last).stream()
        .flatMap(gap -> dropped.gaps(gap.first(), gap.last()).stream())
        .toList();
  }
}
