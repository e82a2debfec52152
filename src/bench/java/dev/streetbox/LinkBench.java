package dev.streetbox;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.measure.Quantity;
import dev.streetbox.mqtt.BrokerSettings;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.PahoConnector;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures the installed program on a bad link in real time: the delay until live rows arrive after
 * an interruption, and the rate at which a backlog is sent beside live rows. {@code src/bench/link}
 * runs the class.
 */
public final class LinkBench {
  private static final List<Quantity> MEASURED =
      List.of(
          Quantity.LAT,
          Quantity.LON,
          Quantity.HACC,
          Quantity.SPEED,
          Quantity.COURSE,
          Quantity.PM1,
          Quantity.PM2_5,
          Quantity.PM4,
          Quantity.PM10,
          Quantity.LAEQ,
          Quantity.LAFMAX,
          Quantity.LCPEAK,
          Quantity.VOC_INDEX,
          Quantity.NOX_INDEX,
          Quantity.H2S,
          Quantity.NH3,
          Quantity.TEMPERATURE,
          Quantity.HUMIDITY);

  /** Greatest age of a live row, ms; a row is composed half a second after its second. */
  private static final long FRESH_MS = 2000;

  /** The time after the start until rows are measured: the simulated receiver needs 5 s. */
  private static final Duration UNTIL_LIVE = Duration.ofSeconds(20);

  private final Path dir;
  private final URI broker;
  private final Subscriber subscriber;
  private final BoxMessageParser parser = new BoxMessageParser("streetbox/v1");
  private final SystemTime time = new SystemTime();
  private final SplittableRandom random = new SplittableRandom(1);

  private LinkBench(Path dir, URI broker) {
    this.dir = dir;
    this.broker = broker;
    this.subscriber =
        new Subscriber(
            new PahoConnector(BrokerSettings.anonymous(broker), time),
            new Subscription("streetbox/v1", "+", "", ""),
            time,
            random);
  }

  /**
   * Runs one measurement and prints its result.
   *
   * @param args a folder with the programs {@code box}, {@code cut}, {@code mend}; the broker; then
   *     {@code holes} and their lengths in seconds, or {@code backlog} or {@code fast}, the rows
   *     and {@code json} or {@code json+gzip}
   */
  public static void main(String[] args) throws IOException {
    LinkBench bench = new LinkBench(Path.of(args[0]), URI.create(args[1]));
    if (args[2].equals("holes")) {
      try (ChildProcess unused = bench.box("json")) {
        for (String seconds : List.of(args).subList(3, args.length)) {
          bench.interrupt(Duration.ofSeconds(Long.parseLong(seconds)));
        }
      }
    } else {
      bench.drain(Integer.parseInt(args[3]), args[4], args[2].equals("fast"));
    }
    bench.subscriber.close();
  }

  private void interrupt(Duration length) throws IOException {
    untilFresh();
    // Begin the interruption at a random instant of the live period.
    time.sleep(Duration.ofMillis(random.nextInt(5000)));
    run("cut");
    time.sleep(length);
    run("mend");
    long backMs = System.currentTimeMillis();
    double seconds = (untilFresh() - backMs) / 1e3;
    System.out.printf(
        "interruption of %3d s: live rows %.1f s after it%n", length.toSeconds(), seconds);
  }

  private void run(String program) throws IOException {
    try (ChildProcess process =
        ChildProcess.start(dir, Program.ENV, dir.resolve(program).toString())) {
      if (process.await(10) != 0) {
        throw new IOException(program + ": " + process.errors());
      }
    }
  }

  /** Waits for a live row younger than 2 s; returns the time of its arrival, UTC in ms. */
  private long untilFresh() throws IOException {
    while (true) {
      Optional<Message> message = subscriber.next(Duration.ofMillis(100));
      if (message.isPresent()
          && parser.read(message.get()) instanceof BoxMessage.Rows rows
          && rows.live()
          && rows.rows().stream().anyMatch(row -> ageMs(row) < FRESH_MS)) {
        return System.currentTimeMillis();
      }
    }
  }

  /**
   * Measures from the first rows that arrive to the last of the backlog, and the ages of the rows
   * that were measured while the box was connected: after the link was mended, or after the first
   * live message arrived, because the rows of that message waited for the time and the connection.
   *
   * @param fast whether the link is not slowed; then it is cut until the box has live rows
   */
  private void drain(int backlog, String encoding, boolean fast) throws IOException {
    new StoredRows(MEASURED, 0)
        .add(dir.resolve("data"), System.currentTimeMillis() - backlog * 1000L, backlog);
    if (fast) {
      run("cut");
    }
    List<Long> ages = new ArrayList<>();
    List<Long> delays = new ArrayList<>();
    long bytes = 0;
    int left = backlog;
    long beganMs = -1;
    long mendedMs = 0;
    double cpuS = 0;
    try (ChildProcess process = box(encoding)) {
      if (fast) {
        time.sleep(UNTIL_LIVE);
        run("mend");
        mendedMs = System.currentTimeMillis();
      }
      while (left > 0) {
        Optional<Message> message = subscriber.next(Duration.ofMillis(100));
        if (message.isEmpty() || !(parser.read(message.get()) instanceof BoxMessage.Rows rows)) {
          continue;
        }
        if (beganMs < 0) {
          beganMs = time.tickMs();
          cpuS -= cpuSeconds(process);
        }
        if (rows.boot() == 1) {
          bytes += message.get().payload().length;
          left -= rows.rows().size();
        } else if (mendedMs == 0) {
          mendedMs = System.currentTimeMillis();
        } else {
          List<Long> ofBatch = agesSince(mendedMs, rows);
          ages.addAll(ofBatch);
          ofBatch.stream().min(Long::compare).ifPresent(delays::add);
        }
      }
      cpuS += cpuSeconds(process);
    }
    System.out.printf(
        "%d rows as %s %s: %.1f s, CPU of the box %.1f s, %.0f bytes a row; live rows meanwhile:"
            + " %d",
        backlog,
        encoding,
        fast ? "on a fast link" : "at 256 kbit/s",
        (time.tickMs() - beganMs) / 1e3,
        cpuS,
        (double) bytes / backlog,
        ages.size());
    System.out.println();
    printAges("age of live rows", ages);
    printAges("age of the newest row of each batch", delays);
  }

  private static List<Long> agesSince(long beganMs, BoxMessage.Rows rows) {
    return rows.rows().stream()
        .filter(row -> timeMs(row) >= beganMs)
        .map(LinkBench::ageMs)
        .toList();
  }

  private static void printAges(String what, List<Long> agesMs) {
    if (agesMs.isEmpty()) {
      return;
    }
    Collections.sort(agesMs);
    System.out.printf(
        "  %s: p50 %.1f s, p95 %.1f s, oldest %.1f s%n",
        what,
        agesMs.get(agesMs.size() / 2) / 1e3,
        agesMs.get(agesMs.size() * 95 / 100) / 1e3,
        agesMs.get(agesMs.size() - 1) / 1e3);
  }

  /** Returns the CPU time (user and system) that a process has taken, in s. */
  private static double cpuSeconds(ChildProcess process) {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .map(cpu -> cpu.toMillis() / 1e3)
        .orElse(Double.NaN);
  }

  private static long ageMs(BoxMessage.SentRow row) {
    return System.currentTimeMillis() - timeMs(row);
  }

  private static long timeMs(BoxMessage.SentRow row) {
    return Long.parseLong(row.fields().get("t"));
  }

  private ChildProcess box(String encoding) throws IOException {
    Path config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            """
            [box]
            id = "sb-bench"
            data_dir = "%1$s/data"
            run_dir = "%1$s/run"
            [[sensor]]
            name = "pm"
            driver = "sps30"
            bus = "sim"
            [[sensor]]
            name = "air"
            driver = "sht4x"
            bus = "sim"
            [gnss]
            source = "sim"
            [mqtt]
            broker = "%2$s"
            encoding = "%3$s"
            """
                .formatted(dir, broker, encoding));
    while (!subscriber.isSubscribed()) {
      Optional<Message> unused = subscriber.next(Duration.ofMillis(100));
    }
    return ChildProcess.start(dir, Program.ENV, dir.resolve("box").toString(), config.toString());
  }
}
