package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Encoding;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes settings by commands, on a publisher in scripted time. */
class RemoteSettingsTest {
  @TempDir Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private Outbox outbox;
  private CommandedBox box;
  private int packetId;

  @BeforeEach
  void start() throws IOException {
    outbox = Rows.outbox(folder, 3);
    restart();
  }

  private void restart() throws IOException {
    box = new CommandedBox(folder, outbox, time, broker);
    box.forMs(2000);
    broker.received();
  }

  private String set(String key, String value) throws IOException {
    packetId++;
    box.deliver(packetId, "cmd/set", CommandedBox.set("s" + packetId, key, value));
    box.publisher().cycle();
    box.commands().work();
    String answer = "";
    for (int i = 0; i < 10 && answer.isEmpty(); i++) {
      box.publisher().cycle();
      List<Message> answers = box.answers();
      answer = answers.isEmpty() ? "" : UplinkRun.text(answers.get(0));
    }
    return answer.replaceFirst(".*\"ok\":", "").replaceFirst("}$", "");
  }

  /** Measures and sends one row a second. */
  private void measureFor(int seconds) throws IOException {
    for (int i = 0; i < seconds; i++) {
      Rows.append(outbox);
      box.forMs(1000);
    }
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "live_period | \"2s\" |"
            + " true,\"result\":{\"key\":\"live_period\",\"value\":\"2s\",\"until_s\":600}",
        "live_period | 2 |"
            + " true,\"result\":{\"key\":\"live_period\",\"value\":\"2s\",\"until_s\":600}",
        "live_period | \"1500ms\" |"
            + " true,\"result\":{\"key\":\"live_period\",\"value\":\"1500ms\",\"until_s\":600}",
        "live_period | \"10m\" |"
            + " true,\"result\":{\"key\":\"live_period\",\"value\":\"600s\",\"until_s\":600}",
        "live_period | null | true,\"result\":{\"key\":\"live_period\",\"value\":\"5s\"}",
        "diag_period | \"1d\" |"
            + " true,\"result\":{\"key\":\"diag_period\",\"value\":\"86400s\",\"until_s\":600}",
        "backlog_rate | 1000 |"
            + " true,\"result\":{\"key\":\"backlog_rate\",\"value\":\"1000\",\"until_s\":600}",
        "encoding | \"compact\" |"
            + " true,\"result\":{\"key\":\"encoding\",\"value\":\"compact\",\"until_s\":600}",
        "live_period | \"999ms\" | false,\"error\":\"live_period must be from 1s to 10m\"",
        "live_period | \"601s\" | false,\"error\":\"live_period must be from 1s to 10m\"",
        "live_period | 0 | false,\"error\":\"the argument value must be from 1 to 600\"",
        "live_period | \"999999999d\" | false,\"error\":\"live_period must be from 1s to 10m\"",
        "live_period | \"soon\" | false,\"error\":\"live_period is a duration, as \\\"10s\\\" or"
            + " \\\"5m\\\"\"",
        "live_period | true | false,\"error\":\"the argument value must be a whole number\"",
        "diag_period | \"59s\" | false,\"error\":\"diag_period must be from 1m to 1d\"",
        "diag_period | \"25h\" | false,\"error\":\"diag_period must be from 1m to 1d\"",
        "backlog_rate | 0 | false,\"error\":\"the argument value must be from 1 to 1000\"",
        "backlog_rate | 1.5 | false,\"error\":\"the argument value must be a whole number\"",
        "encoding | \"zip\" | false,\"error\":\"encoding is json, json+gzip or compact\"",
        "encoding | 1 | false,\"error\":\"the argument value must be a string\"",
        "topic_root | \"x\" | false,\"error\":\"key is live_period, encoding, diag_period or"
            + " backlog_rate\""
      })
  void eachSettingHasItsBounds(String key, String value, String answer) throws IOException {
    assertEquals(answer, set(key, value));
  }

  @Test
  void aNewLivePeriodHoldsAtOnce() throws IOException {
    set("live_period", "\"20s\"");
    measureFor(60);
    long batches = broker.received().stream().filter(RemoteSettingsTest::isLive).count();
    assertTrue(batches >= 3 && batches <= 5, batches + " batches in 60 s");
    set("live_period", "\"1s\"");
    measureFor(20);
    batches = broker.received().stream().filter(RemoteSettingsTest::isLive).count();
    assertTrue(batches >= 18, batches + " batches in 20 s");
  }

  private static boolean isLive(Message message) {
    return message.topic().endsWith("/live");
  }

  @Test
  void aNewEncodingHoldsAtOnceAndIsConfirmedByItsFirstBatch() throws IOException {
    set("encoding", "\"json+gzip\"");
    measureFor(10);
    List<Message> live = broker.received().stream().filter(RemoteSettingsTest::isLive).toList();
    assertEquals("application/json+gzip", live.get(live.size() - 1).contentType());
    assertEquals(
        List.of(new RemoteSettings.Changed("encoding", "json+gzip", true, 0)),
        box.remote().changed());
    measureFor(700);
    assertEquals(Encoding.JSON_GZIP, box.remote().encoding());
  }

  @Test
  void aChangeWithWhichNoBatchIsAcknowledgedIsTakenBackAfterTenMinutes() throws IOException {
    set("encoding", "\"compact\"");
    broker.answer(message -> OptionalInt.of(message.contentType().contains("compact") ? 0x83 : 0));
    measureFor(590);
    assertEquals(Encoding.COMPACT, box.remote().encoding());
    assertEquals(false, box.remote().changed().get(0).confirmed());
    measureFor(20);
    assertEquals(Encoding.JSON, box.remote().encoding());
    assertEquals(List.of(), box.remote().changed());
  }

  @Test
  void aChangeIsTakenBackAlsoWithoutAConnection() throws IOException {
    set("live_period", "\"10m\"");
    broker.answerNothing();
    broker.sendNoConnack();
    broker.lose(dev.streetbox.mqtt.ConnectionFailure.network("gone"));
    measureFor(620);
    assertEquals(Duration.ofSeconds(5), box.remote().livePeriod());
  }

  @Test
  void theLongestLivePeriodIsConfirmedToo() throws IOException {
    set("live_period", "\"10m\"");
    measureFor(700);
    assertEquals(Duration.ofMinutes(10), box.remote().livePeriod());
  }

  @Test
  void aChangeSurvivesARestartAndGoesOnProbation() throws IOException {
    set("backlog_rate", "7");
    measureFor(10);
    set("live_period", "\"3s\"");
    restart();
    assertEquals(7, box.remote().backlogRate());
    assertEquals(Duration.ofSeconds(3), box.remote().livePeriod());
    assertEquals(true, box.remote().changed().get(1).confirmed(), "" + box.remote().changed());
  }

  @Test
  void aValueThatWasChangedInTheFileLaterHolds() throws IOException {
    set("live_period", "\"3s\"");
    MqttSettings old = Boxes.settings();
    String text =
        dev.streetbox.measure.JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeObjectFieldStart("live_period");
              json.writeStringField("value", "3s");
              json.writeStringField("file", "5s");
              json.writeStringField("box", "sb-0042");
              json.writeBooleanField("confirmed", true);
              json.writeEndObject();
              json.writeEndObject();
            });
    RemoteSettings same = new RemoteSettings(old);
    same.restore(JsonTree.parse(text));
    assertEquals(Duration.ofSeconds(3), same.livePeriod());
    RemoteSettings later =
        new RemoteSettings(
            new MqttSettings(
                old.broker(),
                old.topicRoot(),
                Duration.ofSeconds(9),
                old.diagPeriod(),
                200,
                Encoding.JSON,
                old.resendRowsPerDay()));
    later.restore(JsonTree.parse(text));
    assertEquals(Duration.ofSeconds(9), later.livePeriod());
    assertEquals(List.of(), later.changed());
  }

  @Test
  void aStoredValueOutsideTheBoundsIsPassedOver() throws IOException {
    RemoteSettings settings = new RemoteSettings(Boxes.settings());
    settings.restore(
        JsonTree.parse(
            "{\"live_period\":{\"value\":\"0s\",\"file\":\"5s\"},\"encoding\":{\"value\":\"zip\",\"file\":\"json\"}}"));
    assertEquals(List.of(), settings.changed());
  }

  @Test
  void whatWasSetUnderAnotherNameEnds() throws IOException {
    set("live_period", "\"3s\"");
    box.remote().keepOnlyOf("sb-0042");
    assertEquals(Duration.ofSeconds(3), box.remote().livePeriod());
    box.remote().keepOnlyOf("sb-tomorrow");
    assertEquals(Duration.ofSeconds(5), box.remote().livePeriod());
  }
}
