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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that refuses for a while: full, worn out, or remounted read-only. The kernel is made to
 * answer a run of a real box's writes or syncs with that error; the box goes on, and once the disk
 * is well again every row is there or declared.
 */
class BrokenDiskIT {
  private static final List<String> CALLS = List.of("pwrite64", "fdatasync", "fsync", "ftruncate");
  private static final List<String> ERRORS = List.of("ENOSPC", "EIO", "EROFS");

  private final Path dir;

  /** Uses a folder that is deleted after the test. */
  BrokenDiskIT(@TempDir Path dir) throws IOException {
    this.dir = Files.createDirectories(dir);
  }

  @Test
  void aDiskThatRefusesForAWhileCostsNothingUnexplained() {
    Seeds.each(
        12,
        seed ->
            new BrokenDiskIT(dir.resolve("seed-" + seed))
                .aDiskThatRefusesForAWhileCostsNothingUnexplained(seed));
  }

  private void aDiskThatRefusesForAWhileCostsNothingUnexplained(long seed)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    String call = CALLS.get((int) seed % CALLS.size());
    String error = ERRORS.get(random.nextInt(ERRORS.size()));
    boolean write = call.equals("pwrite64");
    // From the second call on: the counter, which is the first to sync, has its own test.
    int first = random.nextInt(3, write ? 300 : 8);
    int last = first + random.nextInt(write ? 200 : 6);
    Path trace = dir.resolve("trace");
    Path out = dir.resolve("out");
    List<String> command =
        new ArrayList<>(
            List.of(
                "--follow-forks",
                "--seccomp-bpf",
                "--quiet=all",
                "--trace=" + call,
                "--inject=" + call + ":error=" + error + ":when=" + first + ".." + last,
                "--output=" + trace));
    command.addAll(
        Program.JAVA.command(TracedBox.arguments(dir.resolve("data"), 60, seed, "close")));
    Process box =
        Program.STRACE
            .process(command)
            .redirectOutput(out.toFile())
            .redirectError(dir.resolve("errors").toFile())
            .start();
    assertEquals(0, box.waitFor(), () -> call + " " + error);
    assertTrue(Files.readString(trace).contains("(INJECTED)") || call.equals("ftruncate"));
    Promises promises = new Promises();
    Files.readAllLines(out).forEach(promises::hear);
    promises.check(dir.resolve("data"), call + " " + error + " " + first + ".." + last);
  }
}
