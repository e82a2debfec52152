package dev.streetbox.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.compact.CompactEncoder;
import dev.streetbox.measure.PrintableText;
import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses messages of boxes, and messages that no box sends. */
class BoxMessageParserTest {
  private static final String GOOD =
      "{\"v\":1,\"box\":\"sb-1\",\"boot\":3,\"first\":5,\"last\":6,"
          + "\"rows\":[{\"seq\":5,\"t\":1795420800000,\"tq\":\"ntp\",\"temp_c\":1.50,\"q\":0},"
          + "{\"seq\":6,\"later\":{\"a\":[1]},\"q\":8}],\"drops\":[[1,4,\"store_full\"]],\"x\":{}}";

  private final BoxMessageParser parser = new BoxMessageParser("streetbox/v1");

  @Test
  void aBatchKeepsEveryFieldAsItWasWritten() throws IOException {
    BoxMessage.Rows rows = (BoxMessage.Rows) parser.read(message("live", GOOD));
    assertEquals("sb-1", rows.box());
    assertEquals(3, rows.boot());
    assertTrue(rows.live());
    assertEquals(
        List.of("seq=5", "t=1795420800000", "tq=\"ntp\"", "temp_c=1.50", "q=0"),
        rows.rows().get(0).fields().entrySet().stream().map(Object::toString).toList());
    assertEquals(6, rows.rows().get(1).seq());
    assertEquals(
        List.of(new BoxMessage.DeclaredDrop(new Range(3, 1, 4), "store_full")), rows.drops());
    assertEquals(BoxMessage.BatchDetails.NONE, rows.details());
  }

  @Test
  void aBatchKeepsTheLimitsOfItsStartItsCalibrationAndTheReasonsOfItsDrops() throws IOException {
    String more =
        GOOD.replace(
                "\"boot\":3", "\"boot\":3,\"t0_min\":0,\"t0_max\":1795420800001,\"cal\":\"2-b\"")
            .replace("\"store_full\"]", "\"power_cut\",[1,[2]]],[7,8],[9,9,[3],{\"a\":1}]");
    BoxMessage.Rows rows = (BoxMessage.Rows) parser.read(message("live", more));
    assertEquals(new BoxMessage.BatchDetails(0, 1795420800001L, "2-b"), rows.details());
    assertEquals(
        List.of("power_cut", "unknown", "unknown"),
        rows.drops().stream().map(BoxMessage.DeclaredDrop::reason).toList());
    assertEquals(new Range(3, 9, 9), rows.drops().get(2).rows());
  }

  @Test
  void aBatchStatesThatItsRowsAreSimulated() throws IOException {
    String simulated = GOOD.replace("\"boot\":3", "\"boot\":3,\"sim\":true");
    Audit audit = new Audit();
    audit.add(parser.read(message("live", GOOD)));
    assertEquals(List.of(), audit.simulatedBoxes());
    audit.add(parser.read(message("live", simulated)));
    assertEquals(List.of("sb-1"), audit.simulatedBoxes());
  }

  @Test
  void aCompressedBatchEqualsThePlainOne() throws IOException {
    Message zipped =
        new Message(
            "streetbox/v1/sb-1/backlog",
            gzip(GOOD.getBytes(UTF_8)),
            "application/json+gzip",
            false);
    BoxMessage.Rows plain = (BoxMessage.Rows) parser.read(message("backlog", GOOD));
    assertEquals(plain, parser.read(zipped));
  }

  @Test
  void aLossWithoutLastCoversAllFurtherRows() throws IOException {
    String json = "{\"box\":\"sb-1\",\"boot\":4,\"kind\":\"loss\",\"lost_boot\":3,\"first\":9";
    assertEquals(
        new BoxMessage.Loss("sb-1", new Range(3, 9, Long.MAX_VALUE)),
        parser.read(message("event", json + "}")));
    assertEquals(
        new BoxMessage.Loss("sb-1", new Range(3, 9, 11)),
        parser.read(message("event", json + ",\"last\":11}")));
  }

  @Test
  void aCorrectionOfTimesHoldsTheStartOfTheBootItIsAbout() throws IOException {
    String json =
        "{\"box\":\"sb-1\",\"boot\":4,\"kind\":\"time\",\"t0\":1795420800005,"
            + "\"dated_boot\":3,\"dated_t0\":1795420800007,"
            + "\"dated_t0_max\":1795420800009,\"dated_t0_min\":0,\"dated_tq\":\"est\",\"last\":11}";
    Map<String, String> fields =
        Map.of("t0", "1795420800007", "t0_max", "1795420800009", "t0_min", "0", "tq", "\"est\"");
    assertEquals(new BoxMessage.Times("sb-1", 3, 11, fields), parser.read(message("event", json)));
  }

  @Test
  void otherEventsAndTopicsAreOther() throws IOException {
    String report = "{\"box\":\"sb-1\",\"boot\":4,\"kind\":\"report\",\"rows\":[]}";
    assertEquals(new BoxMessage.Other("sb-1"), parser.read(message("event", report)));
    for (String level : new String[] {"live", "backlog", "event", "state"}) {
      assertEquals(new BoxMessage.Other("sb-1"), parser.read(message(level, "")));
    }
    assertEquals(new BoxMessage.Other("sb-1"), parser.read(message("diag", "anything")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "{\"box\":\"sb-1\"",
        "{\"box\":\"sb-2\",\"boot\":3,\"first\":1,\"last\":1,\"rows\":[]}",
        "{\"box\":\"sb-1\",\"boot\":0,\"first\":1,\"last\":1,\"rows\":[]}",
        "{\"box\":\"sb-1\",\"boot\":99999999999,\"first\":1,\"last\":1,\"rows\":[]}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":1,\"rows\":[{\"q\":0}]}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":1,\"rows\":[{\"seq\":2}]}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":2,\"last\":3,\"rows\":[{\"seq\":3},{\"seq\":2}]}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":2,\"last\":3,\"rows\":[{\"seq\":2},{\"seq\":2}]}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":1,\"rows\":[{\"seq\":\"1\"}]}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":1,\"rows\":[{\"seq\":1,\"A,b\":1}]}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":1,\"rows\":{}}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":1,\"rows\":[],\"drops\":[[5,4,\"x\"]]}",
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":1,\"rows\":[],\"drops\":[[\"a\"]]}"
      })
  void aBodyThatNoBoxSendsIsRefused(String json) {
    assertThrows(MalformedMessageException.class, () -> parser.read(message("live", json)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "`first`:5 | `first`:9 | last 6 is below first 9",
        "`first`:5 | `first`:0 | first is 0",
        "`last`:6 | `last`:-1 | last is -1",
        "`last`:6 | `later`:6 | without first or last",
        "`first`:5 | `fist`:5 | without first or last",
        "`v`:1 | `v`:2 | v is 2",
        "`boot`:3 | `boot`:2147483648 | boot is 2147483648",
        "`boot`:3 | `boot`:3.5 | boot is no integer",
        "`seq`:6 | `seq`:9007199254740993 | seq is 9007199254740993",
        "`seq`:6 | `seq`:5.5 | seq is no integer",
        "`last`:6 | `last`:9223372036854775807 | last is 9223372036854775807",
        "[1,4, | [1,9223372036854775807, | the last row of a drop is 9223372036854775807",
        "[1,4, | [4,1, | the last row of a drop is 1, not from 4",
        "[1,4, | [0,4, | the first row of a drop is 0",
        "[1,4, | [1,4.5, | the last row of a drop is no integer",
      })
  void whatCannotBeIsRefusedInWords(String right, String wrong, String words) {
    String json = GOOD.replace(right.replace('`', '"'), wrong.replace('`', '"'));
    assertNotEquals(GOOD, json);
    String text = refusal("live", json);
    assertTrue(text.contains(words), text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "\"kind\":\"loss\",\"lost_boot\":3,\"first\":9,\"last\":8 | last 8 is below first 9",
        "\"kind\":\"loss\",\"first\":9,\"last\":18 | without lost_boot or first",
        "\"kind\":\"loss\",\"lost_boot\":3,\"last\":18 | without lost_boot or first",
        "\"kind\":\"time\",\"dated_boot\":3,\"last\":18 | without dated_boot",
        "\"kind\":\"time\",\"dated_boot\":3,\"last\":1,\"dated_t0\":1e99 | dated_t0 is no integer",
      })
  void anEventThatCannotBeIsRefusedInWords(String fields, String words) {
    String text = refusal("event", "{\"box\":\"sb-1\",\"boot\":3," + fields + "}");
    assertTrue(text.contains(words), text);
  }

  @ParameterizedTest
  @CsvSource({
    "live, t, 1577836800000",
    "live, t0, 1577836800000",
    "live, t0_min, 0",
    "live, t0_max, 1577836800000",
    "event, t, 1577836800000",
    "event, dated_t0, 1577836800000",
    "event, dated_t0_min, 0",
    "event, dated_t0_max, 1577836800000"
  })
  void aTimeThatTheSchemasRefuseIsRefusedInWords(String level, String name, long least)
      throws IOException {
    String range = "not from " + least + " to 4102444800000";
    for (long wrong : new long[] {least - 1, 4_102_444_800_001L}) {
      String text = refusal(level, dated(level, name, wrong));
      assertTrue(text.contains(name + " is " + wrong + ", " + range), text);
    }
    for (long right : new long[] {least, 1_795_420_800_000L, 4_102_444_800_000L}) {
      parser.read(message(level, dated(level, name, right)));
    }
  }

  @Test
  void theTimeOfARowInSecondsIsRefusedInWords() {
    String text = refusal("live", GOOD.replace("1795420800000", "1795420800"));
    assertTrue(text.contains("t is 1795420800, not from 1577836800000"), text);
  }

  private static String dated(String level, String name, long ms) {
    String rest =
        level.equals("live")
            ? "\"first\":1,\"last\":1,\"rows\":[{\"seq\":1}]"
            : "\"kind\":\"report\"";
    return "{\"box\":\"sb-1\",\"boot\":3,\"" + name + "\":" + ms + "," + rest + "}";
  }

  @Test
  void moreRowsOrFieldsThanABoxSendsAreRefused() throws IOException {
    String row = "{\"seq\":SEQ" + ",\"f0\":1".repeat(38) + "}";
    assertTrue(refusal("live", batch(9_000, "{\"seq\":SEQ}")).contains("more than 1000 rows"));
    assertTrue(refusal("live", batch(900, row)).contains("more than 20000 fields"));
    assertTrue(refusal("live", batch(9_000, row)).contains("more than 512000 bytes"));
    String many = "{\"seq\":SEQ" + ",\"f0\":1".repeat(200) + "}";
    assertTrue(refusal("live", batch(1, many)).contains("more than 100 fields in a row"));
    assertTrue(parser.read(message("live", batch(500, row))) instanceof BoxMessage.Rows);
  }

  @Test
  void charactersThatChangeATerminalAreEscapedInARow() throws IOException {
    String json = GOOD.replace("\"ntp\"", "\"a\u009b\u202e\u2028\ud83d\ude00\"");
    BoxMessage.Rows rows = (BoxMessage.Rows) parser.read(message("live", json));
    assertEquals("\"a\\u009b\\u202e\\u2028\ud83d\ude00\"", rows.rows().get(0).fields().get("tq"));
  }

  private String refusal(String kind, String json) {
    return assertThrows(MalformedMessageException.class, () -> parser.read(message(kind, json)))
        .getMessage();
  }

  private static String batch(int rows, String row) {
    return IntStream.rangeClosed(1, rows)
        .mapToObj(seq -> row.replace("SEQ", "" + seq))
        .collect(
            Collectors.joining(
                ",", "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":9999,\"rows\":[", "]}"));
  }

  @Test
  void depthAndLengthHaveLimits() {
    String deep = "{\"x\":" + "[".repeat(100_000);
    assertThrows(MalformedMessageException.class, () -> parser.read(message("live", deep)));
    String digits = "{\"boot\":" + "9".repeat(100_000) + "}";
    assertThrows(MalformedMessageException.class, () -> parser.read(message("live", digits)));
    String rows =
        "{\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":99999,\"rows\":["
            + "{\"seq\":1},".repeat(20_000)
            + "]}";
    assertThrows(MalformedMessageException.class, () -> parser.read(message("live", rows)));
  }

  @Test
  void aBodyAboveTheLimitAfterDecompressionIsRefused() throws IOException {
    byte[] bomb = gzip(new byte[50_000_000]);
    Message message = new Message("streetbox/v1/sb-1/live", bomb, "application/json+gzip", false);
    assertTrue(
        assertThrows(MalformedMessageException.class, () -> parser.read(message))
            .getMessage()
            .contains("decompression"));
  }

  @Test
  void aBodyWithoutAContentTypeIsDecodedByItsFirstByte() throws IOException {
    String json = "{\"v\":1,\"box\":\"sb-1\",\"boot\":3,\"first\":1,\"last\":9,\"rows\":[]}";
    byte[] plain = json.getBytes(UTF_8);
    for (byte[] body : List.of(plain, gzip(plain), CompactEncoder.encode(plain))) {
      BoxMessage read = parser.read(new Message("streetbox/v1/sb-1/live", body, "", false));
      assertEquals(3, ((BoxMessage.Rows) read).boot());
    }
  }

  @Test
  void aDamagedCompactBodyIsRefusedInWords() {
    byte[] body = {0x78, (byte) 0xda, 1, 2, 3};
    Message message =
        new Message("streetbox/v1/sb-1/live", body, "application/vnd.streetbox.compact", false);
    assertTrue(
        assertThrows(MalformedMessageException.class, () -> parser.read(message))
            .getMessage()
            .contains("a damaged compact batch"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "streetbox/v1/sb-1",
        "streetbox/v1/sb-1/live/x",
        "streetbox/v2/sb-1/live",
        "streetbox/v1//live",
        "streetbox/v1/SB 1/live",
        "/",
        ""
      })
  void aTopicOfNoBoxIsRefused(String topic) {
    Message message = new Message(topic, GOOD.getBytes(UTF_8), "application/json", false);
    assertThrows(MalformedMessageException.class, () -> parser.read(message));
  }

  @Test
  void anUnknownContentTypeIsRefused() {
    Message message =
        new Message("streetbox/v1/sb-1/live", GOOD.getBytes(UTF_8), "application/vnd.x", false);
    assertThrows(MalformedMessageException.class, () -> parser.read(message));
  }

  @Test
  void aMessageWithoutAContentTypeIsPlainJson() throws IOException {
    Message message = new Message("streetbox/v1/sb-1/live", GOOD.getBytes(UTF_8), "", false);
    assertEquals(parser.read(message("live", GOOD)), parser.read(message));
  }

  @Test
  void anErrorNeverHoldsControlCharacters() {
    String escape = "{\"box\":\"sb-1\",\"boot\":\u001b\u009b\u202e[31m}";
    String text =
        assertThrows(MalformedMessageException.class, () -> parser.read(message("live", escape)))
            .getMessage();
    assertTrue(text.codePoints().allMatch(PrintableText::isPrintable), text);
    assertTrue(text.length() <= 250, text);
  }

  @Test
  void aStateKnowsWhetherTheBrokerHadKeptIt() throws IOException {
    byte[] state = "{\"box\":\"sb-1\",\"boot\":4,\"state\":\"online\"}".getBytes(UTF_8);
    for (boolean retained : new boolean[] {false, true}) {
      Message message = new Message("streetbox/v1/sb-1/state", state, "application/json", retained);
      assertEquals(new BoxMessage.State("sb-1", 4, true, retained), parser.read(message));
    }
  }

  @Test
  void aBatchWithRandomBytesIsReadOrRefusedAsMalformed() {
    Seeds.each(200, this::readsOrRefuses);
  }

  private void readsOrRefuses(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = GOOD.getBytes(UTF_8);
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    Message message = new Message("streetbox/v1/sb-1/live", bytes, "application/json", false);
    try {
      assertEquals("sb-1", parser.read(message).box());
    } catch (MalformedMessageException e) {
      assertTrue(e.getMessage().length() > 10, e.getMessage());
    }
  }

  private static Message message(String kind, String json) {
    return new Message(
        "streetbox/v1/sb-1/" + kind, json.getBytes(UTF_8), "application/json", false);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }
}
