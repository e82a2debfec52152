package dev.streetbox.outbox;

import dev.streetbox.datadir.DataLock;
import dev.streetbox.measure.Range;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A box in a process of its own, whose system calls somebody records. It tells what it does, one
 * line in one write, so that the record shows in which order promises and syncs happened:
 *
 * <pre>
 * boot B          the counter gave this number
 * sampled B N     rows 1 to N of boot B have been measured
 * acked B F L     the broker has these rows, and the outbox is about to learn it
 * told B F L R    the backend knows that these rows were dropped, and the outbox is about to
 * durable B N     rows 1 to N of boot B are durable, or their fate is
 * event B N       event N of boot B is durable
 * sent B N        the broker has event N of boot B, and the outbox is about to learn it
 * </pre>
 */
final class TracedBox {
  /** A store so small that it trims: the log and 80 kB. */
  static final long MAX_BYTES = Rig.LOG_BYTES + 80_000;

  /** Begins each line, for the library that loads SQLite asks other programs for their words. */
  static final String MARK = "box: ";

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private final SplittableRandom random;
  private final Rig rig;

  private TracedBox(Path dataDir, long seed) {
    this.random = new SplittableRandom(seed);
    this.rig = new Rig(new StoreSettings(dataDir, Rig.PERIOD, MAX_BYTES, Duration.ofDays(7)), 7200);
  }

  /**
   * Lives through one boot.
   *
   * @param args the data folder; how many steps; a seed; {@code close} to end in order, anything
   *     else to end without a word
   */
  public static void main(String[] args) throws IOException {
    try (DataLock lock = DataLock.take(Path.of(args[0])).orElseThrow()) {
      TracedBox box = new TracedBox(Path.of(args[0]), Long.parseLong(args[2]));
      box.say("boot " + box.rig.boot());
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        box.step();
      }
      if (args[3].equals("close")) {
        box.rig.committer.close();
        box.promise();
      }
      Runtime.getRuntime().halt(lock == null ? 1 : 0);
    }
  }

  private void step() throws IOException {
    Outbox outbox = rig.outbox;
    switch (random.nextInt(10)) {
      case 0 -> {
        Event event = outbox.append(Event.Kind.REPORT, rig.time.tickMs(), Map.of("text", "hole"));
        rig.committer.cycle();
        if (!outbox.commitQueue().hasUrgent()) {
          say("event " + event.boot() + " " + event.number());
        }
      }
      case 1 -> {
        Optional<Event> event = outbox.nextEvent(List.of());
        if (event.isPresent()) {
          say("sent " + event.get().boot() + " " + event.get().number());
          outbox.acknowledge(event.get());
        }
      }
      case 2, 3 -> {
        Optional<Range> next =
            outbox.nextBacklog(outbox.newest(), List.of(), random.nextInt(1, 300));
        if (next.isPresent()) {
          send(next.get());
        }
      }
      default -> {
        rig.measure(random.nextInt(1, random.nextInt(8) == 0 ? 1000 : 30));
        say("sampled " + rig.boot() + " " + outbox.newest());
        rig.commit();
        promise();
      }
    }
  }

  private void send(Range range) throws IOException {
    Batch batch;
    try {
      batch = rig.outbox.read(range);
    } catch (IOException e) {
      return; // Later, as the publisher would.
    }
    for (Drop drop : batch.drops()) {
      Range gone = drop.range();
      say("told " + gone.boot() + " " + gone.first() + " " + gone.last() + " " + drop.reason());
    }
    if (!batch.rows().isEmpty()) {
      say("acked " + range.boot() + " " + range.first() + " " + range.last());
      rig.outbox.acknowledge(range, batch.drops());
    }
  }

  /** Returns the arguments of Java that start it. */
  static List<String> arguments(Path dataDir, int steps, long seed, String end) {
    return List.of(
        "-cp",
        System.getProperty("java.class.path"),
        TracedBox.class.getName(),
        dataDir.toString(),
        Integer.toString(steps),
        Long.toString(seed),
        end);
  }

  private void promise() throws IOException {
    Outbox.OutboxStatus outboxStatus = rig.outbox.status();
    say("durable " + rig.boot() + " " + (outboxStatus.newest() - outboxStatus.uncommitted()));
  }

  private void say(String line) throws IOException {
    out.write((MARK + line + "\n").getBytes(StandardCharsets.US_ASCII));
  }
}
