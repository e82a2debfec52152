package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Committer;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends rows of boot 1, measured as sb-a, from a box whose id is sb-b now. */
class OtherIdsTest {
  private static final PublishedNames NAMES = new PlainNames(boot -> boot == 1 ? "sb-a" : "sb-b");

  @TempDir Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private final Faults faults = new Faults();
  private Outbox outbox;
  private Sender sender;
  private int answered;

  private Outbox boot(int number) {
    Outbox boot = new Outbox(number, folder);
    boot.append(new Anchor(number, 0, 1_795_420_800_000L, TimeSource.NTP, 50));
    return boot;
  }

  private Committer committer(Outbox of) {
    StoreSettings settings =
        new StoreSettings(folder, Duration.ofSeconds(10), 1 << 30, Duration.ofDays(7));
    return new Committer(settings, of, time, faults);
  }

  private static void measure(Outbox outbox, int rows) {
    for (int i = 0; i < rows; i++) {
      long seq = outbox.newest() + 1;
      outbox.append(new Row(outbox.boot(), seq, seq * 1000, Sample.of(Map.of())));
    }
  }

  @BeforeEach
  void open() {
    Outbox first = boot(1);
    measure(first, 20);
    first.append(Event.Kind.REPORT, 5, Map.of("text", "hole"));
    committer(first).close();
    outbox = boot(2);
    committer(outbox).cycle();
    measure(outbox, 100);
    PublishedBox plain = Boxes.box(outbox);
    PublishedBox box = new PublishedBox(plain.info(), NAMES, plain.settings(), outbox);
    sender = new Sender(box, new Clocks(time, time), faults, new Resends(box, time));
  }

  /** Connects, and lets time for the backlog's budget pass. */
  private List<Message> sent() throws IOException {
    time.pass(Duration.ofSeconds(1));
    boolean more = true;
    while (more) {
      more = sender.sendDue();
    }
    return broker.received();
  }

  private static List<String> topics(List<Message> messages) {
    return messages.stream().map(Message::topic).toList();
  }

  /** Answers the newest messages, those of one topic with a code and the others with 0. */
  private void answer(List<Message> messages, String topic, int code) {
    for (Message message : messages) {
      answered++;
      sender.onAnswer(
          new ConnectionEvent.Answered(answered, message.topic().equals(topic) ? code : 0));
    }
  }

  @Test
  void rowsAndEventsAreSentUnderTheIdThatTheyWereMeasuredUnder() throws IOException {
    connect();
    List<Message> sent = sent();
    List<String> topics = topics(sent);
    assertTrue(topics.contains("t/v1/sb-a/event"), topics.toString());
    assertTrue(topics.contains("t/v1/sb-a/backlog"), topics.toString());
    assertTrue(topics.contains("t/v1/sb-b/live"), topics.toString());
    for (Message message : sent) {
      String body = new String(message.payload(), StandardCharsets.UTF_8);
      String id = message.topic().split("/", -1)[2];
      assertTrue(body.contains("\"box\":\"" + id + "\""), body);
    }
  }

  @Test
  void deniedRowsOfTheOtherIdWaitAndTheBoxsOwnBacklogGoesOn() throws IOException {
    connect();
    answer(sent(), "t/v1/sb-a/backlog", 0x87);
    assertEquals(Map.of(1, 20L), outbox.unacknowledgedByBoot());
    assertEquals(List.of("broker/sb-a"), activePlaces());
    measure(outbox, 100);
    List<Message> later = sent();
    assertEquals(List.of("t/v1/sb-b/live", "t/v1/sb-b/backlog"), topics(later));
    answer(later, "", 0);
    assertEquals(Map.of(1, 20L), outbox.unacknowledgedByBoot());
    assertEquals(0, outbox.status().dropped());
    time.pass(TopicBackoff.HOLD);
    List<Message> again = sent();
    assertEquals(List.of("t/v1/sb-a/backlog"), topics(again));
    answer(again, "", 0);
    assertEquals(Map.of(), outbox.unacknowledgedByBoot());
    assertEquals(List.of(), activePlaces());
  }

  @Test
  void aDeniedEventOfTheOtherIdDelaysNoEventOfTheBox() throws IOException {
    connect();
    answer(sent(), "t/v1/sb-a/event", 0x87);
    outbox.append(Event.Kind.REPORT, 5, Map.of("text", "own"));
    assertEquals(List.of("t/v1/sb-b/event"), topics(sent()));
  }

  @Test
  void aBrokerThatClosesBecauseOfTheOtherIdGetsTheBoxsOwnRowsOnTheNextConnection()
      throws IOException {
    connect();
    assertTrue(topics(sent()).contains("t/v1/sb-a/backlog"));
    sender.onConnectionLost(ConnectionFailure.network("closed"));
    measure(outbox, 5);
    connect();
    List<String> later = topics(sent());
    assertTrue(later.contains("t/v1/sb-b/live"), later.toString());
    assertTrue(later.contains("t/v1/sb-b/backlog"), later.toString());
    assertTrue(later.stream().noneMatch(topic -> topic.contains("sb-a")), later.toString());
    assertEquals(List.of("broker/sb-a"), activePlaces());
  }

  @Test
  void aLossOfTheOtherIdsBootIsDeclaredUnderThatIdWithAKeyOfItsOwn() {
    Event loss =
        new Event(2, 3, Event.Kind.LOSS, 0, 0, Map.of(Event.LOST_BOOT, 1, "reason", "power_cut"));
    assertEquals(1, NAMES.namingBoot(loss));
    assertEquals("2f3", NAMES.eventKey(loss));
    PublishedNames same = new PlainNames("sb-a");
    assertEquals(2, same.namingBoot(loss));
    assertEquals("3", same.eventKey(loss));
  }

  private List<String> activePlaces() {
    return faults.list().stream().filter(Faults.Fault::active).map(Faults.Fault::place).toList();
  }

  private void connect() throws IOException {
    sender.onConnected(broker.open(sender.session(), () -> null), ScriptedBroker.CONNACK);
  }
}
