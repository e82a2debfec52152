package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Program;
import dev.streetbox.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private final Path dir;

  /** Uses a folder that is deleted after the test. */
  PowerCutIT(@TempDir Path dir) {
    this.dir = dir;
  }

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
    command.addAll(Program.JAVA.command(TracedBox.arguments(data, 60, boot, end)));
    Process process =
        Program.STRACE
            .process(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(shared.resolve("errors" + boot).toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> "see " + shared.resolve("errors" + boot));
  }

  @Test
  void whatWasPromisedIsThereAndTheRestIsDeclared() {
    Seeds.each(
        48,
        seed ->
            new PowerCutIT(dir.resolve("seed-" + seed))
                .whatWasPromisedIsThereAndTheRestIsDeclared(seed));
  }

  private void whatWasPromisedIsThereAndTheRestIsDeclared(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int[] cuts = random.ints(CUTS, 0, calls.size() + 1).sorted().toArray();
    CutDisk disk = new CutDisk();
    for (int i = 0; i < CUTS; i++) {
      calls.subList(i == 0 ? 0 : cuts[i - 1], cuts[i]).forEach(disk::apply);
      Promises promises = new Promises();
      calls.subList(0, cuts[i]).forEach(call -> promises.hear(call.words()));
      Path left = dir.resolve("cut" + i);
      disk.cut(random, left);
      promises.check(left, "cut at call " + cuts[i] + " of " + calls.size());
    }
  }
}
