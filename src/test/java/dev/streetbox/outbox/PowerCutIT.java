package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power goes at any moment, and takes whatever was not synced. A real box runs four boots in
 * processes of its own (two of them end without a word), every write and sync of theirs is recorded
 * in order, and each cut replays the record up to some call on a {@link CutDisk}. A box that starts
 * on what is left must open the store, have everything that was promised, nothing that was not
 * measured, and declare the rest.
 */
class PowerCutIT {
  private static final int CUTS = 25;

  @TempDir private static Path shared;

  @TempDir private Path dir;

  private static List<SystemCall> calls;

  @BeforeAll
  static void recordFourBoots() throws IOException, InterruptedException {
    Path data = shared.resolve("data");
    Files.createDirectory(data);
    calls = new ArrayList<>();
    List<String> ends = List.of("cut", "close", "cut", "close");
    for (int boot = 0; boot < ends.size(); boot++) {
      Path trace = shared.resolve("trace" + boot);
      run(trace, data, boot, ends.get(boot));
      calls.addAll(SystemCall.read(trace, data));
    }
    assertTrue(calls.size() > 1000, calls.size() + " calls");
  }

  private static void run(Path trace, Path data, int boot, String end)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(SystemCall.recorder(trace));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            TracedBox.class.getName(),
            data.toString(),
            "60",
            Integer.toString(boot),
            end));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(shared.resolve("errors" + boot).toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> "see " + shared.resolve("errors" + boot));
  }

  static LongStream seeds() {
    return LongStream.range(0, 48);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatWasPromisedIsThereAndTheRestIsDeclared(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < CUTS; i++) {
      int at = random.nextInt(calls.size() + 1);
      Path left = dir.resolve("cut" + i);
      CutDisk disk = new CutDisk();
      Promises promises = new Promises();
      for (SystemCall call : calls.subList(0, at)) {
        disk.apply(call);
        promises.hear(call);
      }
      disk.cut(random, left);
      promises.check(left, "cut at call " + at + " of " + calls.size());
    }
  }

  /** What the box had said when the power went. */
  private static final class Promises {
    private final Audit audit = new Audit();
    private final Map<Integer, Long> sampled = new TreeMap<>();
    private final Map<Integer, Long> durable = new TreeMap<>();
    private final Set<String> events = new TreeSet<>();
    private int boot;

    void hear(SystemCall call) {
      if (!call.words().startsWith(TracedBox.MARK)) {
        return;
      }
      String[] words = call.words().substring(TracedBox.MARK.length()).split(" ", -1);
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

    /** What did not come although it was durable, and was not trimmed. */
    private List<Range> missing(int of, long last) {
      Seqs trimmed = new Seqs(of);
      audit.drops().stream()
          .filter(drop -> drop.reason() == Reason.STORE_FULL && drop.range().boot() == of)
          .forEach(drop -> trimmed.add(drop.range().first(), drop.range().last()));
      return audit.missing(of, last).stream()
          .flatMap(gap -> trimmed.gaps(gap.first(), gap.last()).stream())
          .toList();
    }
  }
}
