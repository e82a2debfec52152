package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ContractCheck;
import dev.streetbox.JsonSchema;
import dev.streetbox.command.CommandName;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.mqtt.Message;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the schemas and examples in deploy/contract with each other and with the box. */
class ContractTest {
  private static final Path FOLDER = Path.of("deploy/contract");

  /** The start of the boot by the estimate, in ms since 1970. */
  private static final long ESTIMATE_MS = 1_795_421_000_000L;

  /** The start of the boot by the trusted clock, in ms since 1970. */
  private static final long TRUE_MS = 1_795_450_200_000L;

  @TempDir Path dir;

  static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("examples"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String example(String name) throws IOException {
    return Files.readString(FOLDER.resolve("examples").resolve(name)).strip();
  }

  private static JsonSchema schema(String example) throws IOException {
    return new JsonSchema(FOLDER.resolve(example.replaceFirst("[-.].*", "") + ".schema.json"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsValidByItsSchema(String name) throws IOException {
    assertEquals(List.of(), schema(name).mistakes(example(name)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "batch.json, \"boot\":41, \"boot\":0",
        "batch.json, \"t\":1795420800000, \"t\":\"now\"",
        "batch.json, \"tq\":\"gnss\", \"tq\":\"rtc\"",
        "batch.json, \"lat\":40.070112, \"lat\":140.070112",
        "batch.json, \"lat\":40.070112, \"l\":1",
        "batch.json, \"hdg_deg\":181, \"hdg_deg\":360",
        "batch.json, \"voc_index\":112, \"voc_index\":11.5",
        "batch.json, store_full, lost",
        "batch-sim.json, \"sim\":true, \"sim\":false",
        "batch.json, \"temp_c\":21.4, \"temp_c\":999",
        "batch.json, \"laeq_db\":68.3, \"laeq_db\":-300",
        "batch.json, \"t\":1795420800000, \"t\":1795420800",
        "batch.json, \"t0\":1795418999000, \"t0\":1795418999",
        "batch.json, \"q\":0, \"q\":-1",
        "batch.json, \"seq\":1801, \"seq\":9007199254740993",
        "batch.json, \"boot\":41, \"boot\":41;\"cal\":7",
        "batch.json, \"q\":0, \"q\":0;\"temp_f\":70",
        "batch.json, \"boot\":41, \"boot\":41;\"owner\":\"x\"",
        "batch.json, \"store_full\", \"store_full\";1",
        "state.json, \"state\":\"online\", \"state\":\"asleep\"",
        "event-time.json, \"dated_t0\":1795450200000, \"dated_t0\":1795450200",
        "event-time.json, \"dated_boot\":42, \"boat\":42",
        "about.json, \"encoding\":\"json\", \"encoding\":\"xml\"",
        "about.json, \"2026-11-20\", \"yesterday\"",
        "about-daily.json, \"driver\":\"sps30\", \"part\":\"sps30\"",
        "diag.json, \"uptime_s\":1801, \"uptime_s\":-1",
        "diag.json, \"state\":\"running\", \"state\":\"asleep\"",
        "diag-doctor.json, \"boot\":42, \"boat\":42",
        "event-odour-part.json, nh3_ppm, pm25_ugm3",
        "event-odour-part.json, \"by\":\"part\", \"by\":\"dog\"",
        "event-odour-part.json, \"peak\":5.2, \"peak\":-1",
        "event-tamper-part.json, \"part\":\"pm\", \"part\":7",
        "event-tamper-lid.json, \"what\":\"lid\", \"what\":7",
        "diag.json, \"left\":40, \"left\":-1",
        "event-loss.json, \"reason\":\"power_cut\", \"why\":1",
        "ack-ping.json, \"ok\":true, \"ok\":1",
        "ack-ping.json, \"result\", \"reply\"",
        "ack-refused.json, \"error\", \"reason\"",
        "ack-set.json, \"until_s\":600, \"until_s\":0"
      })
  void anExampleWithAMistakeIsInvalid(String name, String right, String wrong) throws IOException {
    assertTrue(example(name).contains(right));
    String mistaken = example(name).replace(right, wrong.replace(';', ','));
    assertFalse(schema(name).mistakes(mistaken).isEmpty());
    assertFalse(ContractCheck.mistakes("a/topic " + mistaken).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "cmd-ping.json, \"id\":\"d3f1\", \"id\":\"d 3\"",
        "cmd-ping.json, \"cmd\":\"ping\", \"cmd\":\"reboot\"",
        "cmd-ping.json, \"cmd\":\"ping\", \"command\":\"ping\"",
        "cmd-resend.json, \"first\":1801, \"first\":0",
        "cmd-resend.json, ;\"last\":2400, ``",
        "cmd-set.json, live_period, topic_root",
        "cmd-report-status.json, dispatched, kept"
      })
  void aCommandWithAMistakeIsInvalid(String name, String right, String wrong) throws IOException {
    String part = right.replace(';', ',');
    assertTrue(example(name).contains(part));
    assertFalse(schema(name).mistakes(example(name).replace(part, wrong)).isEmpty());
  }

  @Test
  void theSchemasNameEveryCommand() throws IOException {
    List<String> names = Arrays.stream(CommandName.values()).map(CommandName::key).toList();
    for (String name : List.of("cmd", "ack")) {
      Map<?, ?> cmd = new JsonSchema(FOLDER.resolve(name + ".schema.json")).at("properties", "cmd");
      assertEquals(names, cmd.get("enum"));
    }
  }

  @Test
  void theSchemasNameEveryFieldOfARow() throws IOException {
    Set<String> keys =
        Stream.concat(
                Stream.of("seq", "t", "tq", "q"),
                Arrays.stream(Quantity.values()).map(Quantity::key))
            .collect(Collectors.toSet());
    for (String name : List.of("batch", "event")) {
      JsonSchema schema = new JsonSchema(FOLDER.resolve(name + ".schema.json"));
      assertEquals(keys, schema.at("properties", "rows", "items", "properties").keySet());
    }
  }

  @Test
  void theSchemasHaveTheRangesOfTheQuantities() throws IOException {
    for (String name : List.of("batch", "event")) {
      JsonSchema schema = new JsonSchema(FOLDER.resolve(name + ".schema.json"));
      for (Quantity quantity : Quantity.values()) {
        Map<?, ?> field = schema.at("properties", "rows", "items", "properties", quantity.key());
        assertEquals(quantity.least(), ((BigDecimal) field.get("minimum")).doubleValue());
        assertEquals(quantity.greatest(), ((BigDecimal) field.get("maximum")).doubleValue());
      }
    }
  }

  @Test
  void aLineWithoutAMessageOfABoxHasNoMistakes() throws IOException {
    assertEquals(List.of(), ContractCheck.mistakes("a/topic {\"v\":2}"));
    assertEquals(List.of(), ContractCheck.mistakes("a/topic " + example("batch.json")));
  }

  @Test
  void aMessageOfASubscriberIsValidatedInBothEncodings() throws IOException {
    byte[] good = example("batch.json").strip().getBytes(UTF_8);
    byte[] bad = example("batch.json").strip().replace("\"seq\"", "\"no\"").getBytes(UTF_8);
    for (String topic : List.of("t/v1/sb-0042/live", "t/v1/sb-0042/backlog")) {
      ContractCheck.requireValid(new Message(topic, good, "", false));
      ContractCheck.requireValid(new Message(topic, zipped(good), "", false));
      ContractCheck.requireValid(new Message(topic, new byte[0], "", false));
      for (byte[] wrong : List.of(bad, zipped(bad), "{}".getBytes(UTF_8))) {
        Message message = new Message(topic, wrong, "", false);
        assertThrows(AssertionError.class, () -> ContractCheck.requireValid(message));
      }
    }
    ContractCheck.requireValid(new Message("t/v1/sb-0042/other", bad, "", false));
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void aLineOfListenIsValidatedAsABatchOfOneRow() throws IOException {
    String row = "\"seq\":4,\"t\":1795420800000,\"tq\":\"ntp\",\"q\":0}";
    String estimated = row.replace("ntp", "est").replace("\"q\":0", "\"q\":16384");
    String box = "{\"box\":\"sb-1\",\"boot\":3,";
    ContractCheck.requireValidRows(
        List.of(
            box + row,
            box + "\"t0\":1795420700000," + estimated,
            box + "\"last\":4,\"t0\":1795420700000,\"tq\":\"gnss\"}"));
    for (String wrong : List.of("\"t\":1795420800,", "\"t\":1795420800000,\"later\":1,")) {
      List<String> lines = List.of(box + row.replace("\"t\":1795420800000,", wrong));
      assertThrows(AssertionError.class, () -> ContractCheck.requireValidRows(lines));
    }
  }

  @Test
  void theSchemaNamesEveryBitOfQuality() throws IOException {
    Map<?, ?> q = schema("batch.json").at("properties", "rows", "items", "properties", "q");
    String words = (String) q.get("description");
    for (Quality quality : EnumSet.allOf(Quality.class)) {
      int bit = Integer.numberOfTrailingZeros(quality.bit());
      assertTrue(words.contains(bit + " " + quality.key()), quality.key());
    }
  }

  @Test
  void anEstimateAndItsCorrectionAreTheExamplesByteForByte() throws IOException {
    Outbox outbox = new Outbox(42, dir);
    outbox.append(new Anchor(42, 0, ESTIMATE_MS, TimeSource.EST, 100_000));
    for (int seq = 1; seq <= 90; seq++) {
      Sample sample = new Sample(Map.of(Quantity.LAEQ, 61.2), Set.of(Quality.GNSS_NONE));
      outbox.append(new Row(42, seq, seq * 1_000L, sample));
    }
    PlainNames names = new PlainNames("sb-0042");
    SharedFields shared = Boxes.sharedFields(names);
    BatchJson batches = new BatchJson(shared, Encoding.JSON);
    EventJson events = new EventJson(shared, names);
    assertEquals(
        example("batch-est.json"),
        new String(batches.of(outbox.read(new Range(42, 60, 60))), UTF_8));

    outbox.append(Event.Kind.FAULT, 0, Map.of());
    outbox.append(new Anchor(42, 90_000, TRUE_MS + 90_000, TimeSource.GNSS, 1_000));
    Event fault = outbox.nextEvent(List.of()).orElseThrow();
    Event correction = outbox.nextEvent(List.of(fault)).orElseThrow();
    assertEquals(
        example("event-time.json"),
        new String(
            events.of(correction, List.of(), outbox.timeline(42), correction.tickMs()), UTF_8));
  }
}
