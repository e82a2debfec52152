package dev.streetbox;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.RawBroker;
import dev.streetbox.mqtt.ReasonCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Runs two boxes of the installed program at once, one with a broker that answers with every reason
 * code or closes, in random order, and one with a broker that accepts everything; then both brokers
 * accept everything, and the account of the first box is closed.
 */
public final class ReasonsBench {
  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");
  private static final Duration STEP = Duration.ofMillis(200);

  private final Path folder;
  private final Time time = new SystemTime();
  private final SplittableRandom random;
  private final AtomicBoolean healthy = new AtomicBoolean();
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicInteger healthyMessages = new AtomicInteger();

  private ReasonsBench(Path folder, long seed) {
    this.folder = folder;
    this.random = new SplittableRandom(seed);
  }

  /** Runs the bench: a folder, the seconds of the run, the seed, the program. */
  public static void main(String[] arguments) throws IOException {
    long seed = Long.parseLong(arguments[2]);
    new ReasonsBench(Path.of(arguments[0]), seed).run(Long.parseLong(arguments[1]), arguments[3]);
  }

  private void run(long seconds, String program) throws IOException {
    try (RawBroker broker = new RawBroker();
        RawBroker other = new RawBroker()) {
      broker.answer((topic, body) -> answer(broker));
      other.answer(
          (topic, body) -> {
            healthyMessages.incrementAndGet();
            return 0;
          });
      Process box = start(program, "random", broker);
      Process healthyBox = start(program, "healthy", other);
      try {
        while (time.tickMs() < seconds * 1000) {
          broker.connack(random.nextInt(2) == 0 ? 0 : pick(ReasonCodes.CONNACK));
          time.sleep(STEP);
        }
        report(broker, other);
        healthy.set(true);
        broker.connack(0);
        close(broker);
      } finally {
        box.destroy();
        healthyBox.destroy();
      }
    }
  }

  private synchronized int answer(RawBroker broker) {
    messages.incrementAndGet();
    if (healthy.get()) {
      return 0;
    }
    int kind = random.nextInt(10);
    if (kind < 5) {
      return 0;
    }
    if (kind < 8) {
      return pick(ReasonCodes.PUBACK);
    }
    if (kind == 8) {
      disconnect(broker, pick(ReasonCodes.DISCONNECT));
    }
    return -1;
  }

  private static void disconnect(RawBroker broker, int code) {
    try {
      broker.disconnect(code);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized int pick(List<Integer> codes) {
    return codes.get(random.nextInt(codes.size()));
  }

  private Process start(String program, String name, RawBroker broker) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    Path config = own.resolve("streetbox.toml");
    Files.writeString(
        config,
        """
        [box]
        id = "sb-%s"
        data_dir = "%s/data"
        run_dir = "%s/run"
        [[sensor]]
        name = "air"
        driver = "sht4x"
        bus = "sim"
        [gnss]
        source = "sim"
        [mqtt]
        broker = "%s"
        encoding = "json"
        """
            .formatted(name, own, own, broker.uri()));
    return new ProcessBuilder(program, "run", "--config", config.toString())
        .redirectErrorStream(true)
        .redirectOutput(own.resolve("log").toFile())
        .start();
  }

  private void report(RawBroker broker, RawBroker other) throws IOException {
    List<Long> connected = broker.connectedMs();
    long shortest = Long.MAX_VALUE;
    for (int i = 1; i < connected.size(); i++) {
      shortest = Math.min(shortest, connected.get(i) - connected.get(i - 1));
    }
    System.out.printf(
        "messages %d, with the healthy broker %d%n", messages.get(), healthyMessages.get());
    System.out.printf(
        "connections %d, at least %d ms apart; with the healthy broker %d%n",
        connected.size(), shortest, other.connectedMs().size());
    System.out.printf(
        "log lines %d%n", Files.readAllLines(folder.resolve("random").resolve("log")).size());
  }

  /**
   * Waits until the broker has acknowledged every row that existed when it began to accept
   * everything, an hour at most.
   */
  private void close(RawBroker broker) throws IOException {
    long beginMs = time.tickMs();
    long newest = number(status().child("store"), "newest");
    Set<Long> acknowledged = new HashSet<>();
    int read = 0;
    while (time.tickMs() - beginMs < 3_600_000) {
      time.sleep(Duration.ofSeconds(1));
      List<String> bodies = List.copyOf(broker.accepted());
      for (String body : bodies.subList(read, bodies.size())) {
        Matcher found = SEQ.matcher(body);
        while (found.find()) {
          acknowledged.add(Long.parseLong(found.group(1)));
        }
      }
      read = bodies.size();
      if (LongStream.rangeClosed(1, newest).allMatch(acknowledged::contains)) {
        System.out.printf(
            "%d s after the broker accepts everything: all %d rows that existed then are"
                + " acknowledged, %d dropped%n",
            (time.tickMs() - beginMs) / 1000, newest, number(status().child("store"), "dropped"));
        return;
      }
    }
    System.out.printf(
        "after an hour %d of %d rows are not acknowledged%n",
        LongStream.rangeClosed(1, newest).filter(seq -> !acknowledged.contains(seq)).count(),
        newest);
  }

  private JsonTree status() throws IOException {
    return JsonTree.parse(Files.readString(folder.resolve("random").resolve("run/status.json")));
  }

  private static long number(JsonTree tree, String key) {
    return Long.parseLong(tree.text(key).orElseThrow());
  }
}
