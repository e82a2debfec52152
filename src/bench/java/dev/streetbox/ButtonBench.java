package dev.streetbox;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Measures what the ways of reading a button cost an idle processor, and how many presses of 30 ms
 * each sees. A pipe stands for the line: writing a byte is an edge that the kernel queues, and its
 * level is that of a variable, so that reading the level costs one system call on a terminal.
 */
public final class ButtonBench {
  private static final long PRESS_MS = 30;
  private static final int PRESSES = 200;

  private ButtonBench() {}

  /** Waits for the line in one way, once. */
  private interface Wait {
    /** Returns whether the line is or was low since the last call. */
    boolean isPressed() throws IOException, InterruptedException;
  }

  /** Holds the line: a level, and a queue of edges. */
  private static final class Line {
    private final AtomicBoolean low = new AtomicBoolean();
    private final Pipe pipe = Pipe.open();
    private final Selector selector = Selector.open();
    private final ByteBuffer read = ByteBuffer.allocate(64);
    private final FileInputStream terminal;

    Line(String terminalPath) throws IOException {
      pipe.source().configureBlocking(false);
      pipe.source().register(selector, SelectionKey.OP_READ);
      terminal = new FileInputStream(terminalPath);
    }

    void press() throws IOException, InterruptedException {
      low.set(true);
      pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
      Thread.sleep(PRESS_MS);
      low.set(false);
      pipe.sink().write(ByteBuffer.wrap(new byte[] {0}));
    }

    /** Waits for an edge as long as a limit, in ms; 0: for ever. */
    boolean edge(long limitMs) throws IOException {
      int ready = selector.select(limitMs);
      selector.selectedKeys().clear();
      if (ready == 0) {
        return false;
      }
      read.clear();
      return pipe.source().read(read) > 0;
    }

    /** Reads the level after a time in ms, by one ioctl (FIONREAD) and the variable. */
    boolean level(long afterMs) throws IOException, InterruptedException {
      Thread.sleep(afterMs);
      return terminal.available() >= 0 && low.get();
    }
  }

  /** Runs each way for some seconds without a press, then with presses. */
  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[0]);
    Line line = new Line(args[1]);
    System.out.printf("%-34s %12s %16s %s%n", "way", "wake-ups/s", "CPU ms a minute", "seen");
    measure("edge, 10 ms limit (the provider)", seconds, line, () -> line.edge(10));
    measure("level every 20 ms", seconds, line, () -> line.level(20));
    measure("edge, 1 s limit (streetbox)", seconds, line, () -> line.edge(1_000));
    measure("edge, no limit (/dev/input)", seconds, line, () -> line.edge(0));
    System.exit(0);
  }

  private static void measure(String name, int seconds, Line line, Wait wait) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    int[] seen = {0};
    long[] idle = new long[4];
    Thread reader = new Thread(() -> read(wait, isOver, seen, idle), "reader");
    reader.start();
    Thread.sleep(2_000); // compiled by then
    long fromCpu = cpuNs(reader);
    long fromSwitches = switches(idle);
    Thread.sleep(seconds * 1_000L);
    double cpuMs = (cpuNs(reader) - fromCpu) / 1e6;
    double wakes = switches(idle) - fromSwitches;
    int presses = 0;
    for (int i = 0; i < PRESSES; i++) {
      int before = seen[0];
      line.press();
      Thread.sleep(100);
      presses += seen[0] > before ? 1 : 0;
    }
    isOver.set(true);
    line.press(); // ends a wait without a limit
    reader.join();
    System.out.printf(
        Locale.ROOT,
        "%-34s %12.2f %16.1f %d of %d%n",
        name,
        wakes / seconds,
        cpuMs * 60 / seconds,
        presses,
        PRESSES);
  }

  private static void read(Wait wait, AtomicBoolean isOver, int[] seen, long[] thread) {
    try {
      thread[0] =
          Long.parseLong(
              Path.of("/proc/thread-self").toRealPath().getFileName().toString());
      while (!isOver.get()) {
        if (wait.isPressed()) {
          seen[0]++;
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long cpuNs(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  /** Returns how often a thread has begun to wait. */
  private static long switches(long[] thread) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/task/" + thread[0] + "/status")).stream()
        .filter(line -> line.startsWith("voluntary_ctxt_switches"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
