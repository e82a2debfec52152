package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.Seqs;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs one boot of a box with a real store and a scripted broker, and keeps the content of its
 * requests as the file of commands does: at each request, every 10 s and at the end of a boot.
 */
final class ResendRig {
  private static final Pattern BOOT = Pattern.compile("\"boot\":(\\d+),");
  private static final Pattern SEQ = Pattern.compile("\\{\"seq\":(\\d+),");

  final int boot;
  final ScriptedTime time;
  final Faults faults = new Faults();
  final Outbox outbox;
  final Committer committer;
  final ScriptedBroker broker;
  final Publisher publisher;
  private final Path folder;
  private Map<String, Object> saved = Map.of();
  private long savedMs;

  /** Begins a boot with an anchor, a day after the last boot began, with all its parts working. */
  ResendRig(Path folder, int boot) {
    this(folder, boot, 100_000);
  }

  /** Begins the same boot with a limit of rows a day that are sent once more. */
  ResendRig(Path folder, int boot, int rowsPerDay) {
    this.folder = folder;
    this.boot = boot;
    this.time = new ScriptedTime(Instant.parse("2026-11-23T08:00:00Z").plusSeconds(86_400L * boot));
    this.outbox = new Outbox(boot, folder);
    this.broker = new ScriptedBroker(time);
    long startMs = time.systemClock().toEpochMilli();
    outbox.append(new Anchor(boot, 0, startMs, TimeSource.GNSS, 100));
    StoreSettings settings =
        new StoreSettings(folder, Duration.ofSeconds(10), 1L << 30, Duration.ofDays(7));
    this.committer = new Committer(settings, outbox, time, faults);
    this.publisher =
        new Publisher(
            new PublishedBox(
                Boxes.IDENTITY, new PlainNames("sb-0042"), Boxes.settings(rowsPerDay), outbox),
            broker,
            new Clocks(time, time),
            new SplittableRandom(7),
            faults);
    committer.cycle();
  }

  /** Begins the next boot: after a kill in a copy of the folder, else in the same one. */
  ResendRig next(boolean killed) throws IOException {
    Path folderOfNext = killed ? copy() : folder;
    if (!killed) {
      publisher.close();
      save();
      committer.close();
    }
    ResendRig next = new ResendRig(folderOfNext, boot + 1);
    next.restore(saved);
    return next;
  }

  private Path copy() throws IOException {
    Path to = folder.resolveSibling(folder.getFileName() + "-" + boot);
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().endsWith("-shm")) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    return to;
  }

  /** Returns the requests. */
  Resends resends() {
    return publisher.resends();
  }

  /** Takes stored content of an earlier boot over. */
  void restore(Map<String, Object> content) throws TextFormatException {
    resends().restore(JsonTree.parse(JsonText.object(json -> writeMembers(json, content))));
    save();
  }

  /** Requests rows, and stores the content. */
  ResendAnswer request(int ofBoot, long first, long last) {
    ResendAnswer answer = resends().request("sb-0042", ofBoot, first, last);
    save();
    return answer;
  }

  private void save() {
    saved = resends().content();
    savedMs = time.tickMs();
  }

  /** Returns the stored content. */
  Map<String, Object> saved() {
    return saved;
  }

  /** Measures rows, one a second, without a cycle of the publisher; commits them. */
  void measure(int rows) {
    for (int i = 0; i < rows; i++) {
      long seq = outbox.newest() + 1;
      time.pass(Duration.ofSeconds(1));
      outbox.append(
          new Row(boot, seq, time.tickMs(), Sample.of(Map.of(Quantity.TEMPERATURE, seq % 90.0))));
    }
    commit();
  }

  /** Commits what is not stored. */
  void commit() {
    time.pass(Duration.ofSeconds(11));
    committer.cycle();
  }

  /** Runs cycles of the publisher until a condition holds, for two hours at most. */
  void until(String what, BooleanSupplier condition) throws IOException {
    long endMs = time.tickMs() + 7_200_000;
    while (!condition.getAsBoolean()) {
      assertTrue(time.tickMs() < endMs, "not within two hours: " + what);
      publisher.cycle();
      if (time.tickMs() - savedMs >= 10_000) {
        save();
      }
    }
  }

  /** Runs cycles for so many ms. */
  void forMs(long ms) throws IOException {
    long endMs = time.tickMs() + ms;
    until("time", () -> time.tickMs() >= endMs);
  }

  /** Sends and acknowledges all rows, and commits that. */
  void sendAll() throws IOException {
    until("all rows", () -> outbox.status().unacknowledged() == 0 && outbox.status().events() == 0);
    commit();
    broker.received();
  }

  /** Removes the messages at the broker; returns the rows of those on topic backlog by boot. */
  Map<Integer, Seqs> backlogRows() {
    Map<Integer, Seqs> rows = new TreeMap<>();
    broker.received().stream()
        .filter(message -> message.topic().endsWith("/backlog"))
        .forEach(message -> addRows(message, rows));
    return rows;
  }

  private static void addRows(Message message, Map<Integer, Seqs> rows) {
    String text = new String(message.payload(), UTF_8);
    Matcher head = BOOT.matcher(text);
    assertTrue(head.find(), text);
    int of = Integer.parseInt(head.group(1));
    Matcher seqs = SEQ.matcher(text);
    while (seqs.find()) {
      long seq = Long.parseLong(seqs.group(1));
      rows.computeIfAbsent(of, Seqs::new).add(seq, seq);
    }
  }

  /** Returns the texts of the faults that hold. */
  List<String> faultTexts() {
    return faults.list().stream().filter(Faults.Fault::active).map(Faults.Fault::text).toList();
  }

  /** Returns a range of a boot. */
  static Range rows(int boot, long first, long last) {
    return new Range(boot, first, last);
  }

  private static void writeMembers(JsonGenerator json, Map<?, ?> members) throws IOException {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      json.writeFieldName(member.getKey().toString());
      write(json, member.getValue());
    }
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> members) {
      json.writeStartObject();
      writeMembers(json, members);
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object one : list) {
        write(json, one);
      }
      json.writeEndArray();
    } else {
      json.writeObject(value);
    }
  }
}
