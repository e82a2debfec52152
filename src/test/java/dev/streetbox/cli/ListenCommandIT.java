package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code listen} against a real Mosquitto, which holds retained messages. */
class ListenCommandIT {
  private static final String LIVE =
      "{\"v\":1,\"box\":\"sb-1\",\"boot\":3,\"first\":4,\"last\":5,\"rows\":["
          + "{\"seq\":4,\"t\":1795420800000,\"tq\":\"gnss\",\"laeq_db\":68.3,\"q\":0},"
          + "{\"seq\":5,\"t\":1795420801000,\"tq\":\"gnss\",\"q\":8}]}";

  @TempDir Path folder;

  @Test
  void aRowIsOneJsonObjectALineWithBoxAndBoot() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      keep(broker, "sb-1/live", LIVE);
      Typed listen = listen(broker);
      assertEquals(
          List.of(
              "{\"box\":\"sb-1\",\"boot\":3,\"seq\":4,\"t\":1795420800000,\"tq\":\"gnss\","
                  + "\"laeq_db\":68.3,\"q\":0}",
              "{\"box\":\"sb-1\",\"boot\":3,\"seq\":5,\"t\":1795420801000,\"tq\":\"gnss\",\"q\":8}"),
          listen.out().lines().toList());
      assertEquals("", listen.err());
      assertEquals(0, listen.code());
    }
  }

  @Test
  void estimatedTimesHaveTheStartOfTheirBootAndCorrectionsAreLines() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      keep(
          broker,
          "sb-1/live",
          "{\"box\":\"sb-1\",\"boot\":3,\"first\":4,\"last\":4,\"t0\":1795420801000,\"t0_min\":1795420800500,\"rows\":["
              + "{\"seq\":4,\"t\":1795420805000,\"tq\":\"est\",\"q\":16384}]}");
      keep(
          broker,
          "sb-1/event",
          "{\"box\":\"sb-1\",\"boot\":3,\"kind\":\"time\",\"dated_boot\":3,\"last\":4,"
              + "\"dated_t0\":1795420802000,\"dated_tq\":\"gnss\"}");
      assertEquals(
          Set.of(
              "{\"box\":\"sb-1\",\"boot\":3,\"t0\":1795420801000,\"seq\":4,\"t\":1795420805000,\"tq\":\"est\","
                  + "\"q\":16384}",
              "{\"box\":\"sb-1\",\"boot\":3,\"last\":4,\"t0\":1795420802000,\"tq\":\"gnss\"}"),
          listen(broker).out().lines().collect(Collectors.toSet()));
    }
  }

  @Test
  void csvHasTheContractsColumnsAndEmptyCellsForMissingQuantities() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      keep(broker, "sb-1/live", LIVE);
      List<String> lines = listen(broker, "--format", "csv").out().lines().toList();
      List<String> columns = List.of(lines.get(0).split(",", -1));
      List<String> cells = List.of(lines.get(1).split(",", -1));
      assertEquals(List.of("box", "boot", "seq", "t", "tq", "lat"), columns.subList(0, 6));
      assertEquals(List.of("sb-1", "3", "4", "1795420800000", "gnss", ""), cells.subList(0, 6));
      assertEquals("68.3", cells.get(columns.indexOf("laeq_db")));
      assertEquals("0", cells.get(columns.indexOf("q")));
      assertEquals(3, lines.size());
    }
  }

  @Test
  void theAuditEndsWithExitOneWhileARowIsUnexplained() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      keep(broker, "sb-1/live", LIVE);
      Typed holes = listen(broker, "--audit");
      assertEquals(1, holes.code());
      assertTrue(holes.err().contains("unexplained"), holes.err());
      assertTrue(
          holes.err().lines().anyMatch(line -> line.matches("sb-1 +3 +2 +0 +0 +3")), holes.err());

      String backlog =
          "{\"box\":\"sb-1\",\"boot\":3,\"first\":3,\"last\":4,\"rows\":[{\"seq\":3},{\"seq\":4}],"
              + "\"drops\":[[1,2,\"store_full\"]]}";
      keep(broker, "sb-1/backlog", backlog);
      Typed explained = listen(broker, "--audit");
      assertTrue(
          explained.err().lines().anyMatch(line -> line.matches("sb-1 +3 +3 +1 +2 +0")),
          explained.err());
      assertEquals(1, explained.code(), "row 4 was received with two contents");
      assertTrue(explained.err().contains("two contents"), explained.err());
      assertEquals(3, explained.out().lines().count());
    }
  }

  @Test
  void aMessageThatNoBoxSendsIsCountedAndSkipped() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      keep(broker, "sb-1/live", LIVE.replace("sb-1", "sb-2"));
      keep(broker, "sb-1/event", "\u0007{");
      Typed listen = listen(broker, "--audit");
      assertEquals(0, listen.code());
      assertTrue(listen.err().contains("2 messages were not those of a box"), listen.err());
    }
  }

  @Test
  void oneBoxMayBeChosen() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      keep(broker, "sb-1/live", LIVE);
      assertEquals("", listen(broker, "--box", "sb-2").out());
      assertEquals(2, listen(broker, "--box", "sb-1").out().lines().count());
    }
  }

  @Test
  void aBrokerThatDoesNotAnswerEndsTheCommandWithOne() throws IOException {
    String nobody = "mqtt://127.0.0.1:" + Mosquitto.freePort();
    Typed listen = Typed.command("listen", "--broker", nobody, "--for", "1s");
    assertEquals(1, listen.code());
    assertTrue(listen.err().contains("no connection to " + nobody), listen.err());
  }

  @Test
  void wrongOptionsAreUsageErrors() {
    assertEquals(2, Typed.command("listen", "--for", "soon").code());
    assertEquals(2, Typed.command("listen", "--broker", "http://x").code());
    assertEquals(2, Typed.command("listen", "--format", "xml").code());
    assertEquals(2, Typed.command("listen", "--audit", "--group", "g").code());
    assertUsageError("a box's id is", "--box", "#");
    assertUsageError("a box's id is", "--box", "+/live");
    assertUsageError("a group's name is", "--group", "a/b");
    assertUsageError("a session's name is", "--session", "a b");
    assertUsageError("a topic root is", "--topic-root", "streetbox/#");
  }

  @Test
  void aSessionContinuesWhereTheLastRunEnded() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      assertEquals(0, listen(broker, "--session", "desk").code());
      broker.publish("streetbox/v1/sb-1/live", LIVE);
      broker.publish("streetbox/v1/sb-1/live", LIVE);
      broker.publish("streetbox/v1/sb-1/live", LIVE.replace(":5", ":6"));
      Typed away = listen(broker, "--session", "desk", "--audit");
      assertEquals(3, away.out().lines().count(), away.out());
      assertTrue(
          away.err().lines().anyMatch(line -> line.matches("sb-1 +3 +3 +3 +0 +0")), away.err());
      assertEquals(0, away.code(), "the rows before the session are not expected");
      assertEquals("", listen(broker, "--session", "desk").out());
      assertEquals("", listen(broker, "--session", "other").out());
    }
  }

  @Test
  void aSessionThatIsUsedForAnotherBoxDeliversThatBoxOnly() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      listen(broker, "--session", "desk", "--box", "sb-1");
      keep(broker, "sb-2/live", LIVE.replace("sb-1", "sb-2"));
      broker.publish("streetbox/v1/sb-1/live", LIVE);
      Typed other = listen(broker, "--session", "desk", "--box", "sb-2");
      assertEquals(2, other.out().lines().count(), other.out());
      assertTrue(other.out().lines().allMatch(line -> line.contains("sb-2")), other.out());
    }
  }

  @Test
  void aRowThatCannotBeWrittenEndsListenAndComesAgainInTheNextRun() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      listen(broker, "--session", "desk");
      broker.publish("streetbox/v1/sb-1/live", LIVE);
      StringWriter err = new StringWriter();
      int code =
          Streetbox.commandLine()
              .setOut(new PrintWriter(new FullDisk(), true))
              .setErr(new PrintWriter(err, true))
              .execute(arguments(broker, "--session", "desk"));
      assertEquals(1, code);
      assertTrue(err.toString().contains("cannot be written to standard output"), err.toString());
      assertEquals(2, listen(broker, "--session", "desk").out().lines().count());
      assertEquals("", listen(broker, "--session", "desk").out());
    }
  }

  /** Refuses every character, as a closed pipe or a full disk does. */
  private static final class FullDisk extends Writer {
    @Override
    public void write(char[] characters, int from, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {
      // Nothing was written.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @Test
  void ofManySkippedMessagesTheFirstAreNamedAndAllAreCounted() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder)) {
      listen(broker, "--session", "desk");
      for (int i = 0; i < 25; i++) {
        broker.publish("streetbox/v1/sb-1/live", "no JSON");
      }
      String err = listen(broker, "--session", "desk", "--audit").err();
      assertEquals(20, err.lines().filter(line -> line.contains("was skipped")).count(), err);
      assertTrue(err.contains("25 messages were not those of a box"), err);
    }
  }

  private static void assertUsageError(String words, String... options) {
    String[] arguments = {"listen", options[0], options[1]};
    Typed listen = Typed.command(arguments);
    assertEquals(2, listen.code());
    assertTrue(listen.err().contains(words), listen.err());
  }

  private static Typed listen(Mosquitto broker, String... more) {
    return Typed.command(arguments(broker, more));
  }

  private static String[] arguments(Mosquitto broker, String... more) {
    String[] arguments = new String[5 + more.length];
    arguments[0] = "listen";
    arguments[1] = "--broker";
    arguments[2] = broker.uri().toString();
    arguments[3] = "--for";
    arguments[4] = "2s";
    System.arraycopy(more, 0, arguments, 5, more.length);
    return arguments;
  }

  /** Publishes a retained message, so that every subscriber gets it. */
  private static void keep(Mosquitto broker, String topic, String json) throws IOException {
    broker.publish("streetbox/v1/" + topic, json, "-r");
  }
}
