package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.mqtt.ScriptedConnection;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the commands that wait for the name of the day before. */
class FormerSessionTest {
  private static final String TODAY = "sb-today";
  private static final String FORMER = "sb-yesterday";

  @TempDir Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedBroker broker = new ScriptedBroker(time);
  private Outbox outbox;
  private CommandedBox box;

  /** Assigns the present name, and the former one. */
  private record TwoDays(PublishedNames plain) implements PublishedNames {
    @Override
    public boolean isAssigned() {
      return true;
    }

    @Override
    public boolean isExpired() {
      return false;
    }

    @Override
    public Optional<Duration> retention() {
      return Optional.of(Duration.ofDays(2));
    }

    @Override
    public Optional<String> formerBox() {
      return Optional.of(FORMER);
    }

    @Override
    public Name of(int boot) {
      return plain.of(boot);
    }

    @Override
    public int namingBoot(Event event) {
      return plain.namingBoot(event);
    }

    @Override
    public String eventKey(Event event) {
      return plain.eventKey(event);
    }

    @Override
    public String pseudonymOf(String hash, int boot) {
      return hash;
    }
  }

  @BeforeEach
  void start() {
    outbox = Rows.outbox(folder, 3);
    restart();
  }

  private void restart() {
    box = new CommandedBox(folder, outbox, new TwoDays(new PlainNames(TODAY)), time, broker);
  }

  /** Connects as today and waits until the session of the day before is being taken up. */
  private ScriptedConnection takenUp(boolean sessionPresent) throws IOException {
    broker.connack(new ConnectionEvent.Connected(20, Long.MAX_VALUE, sessionPresent));
    for (int i = 0; i < 50 && broker.connections().size() < 2; i++) {
      box.publisher().cycle();
    }
    return broker.last();
  }

  private static Message command(String box, String json) {
    return new Message("t/v1/" + box + "/cmd", json.getBytes(UTF_8), "", false);
  }

  @Test
  void whatWaitsForYesterdaysNameIsTakenOnceUnderItsClientIdAndTheSessionExpires()
      throws IOException {
    ScriptedConnection former = takenUp(true);
    assertEquals(TODAY, broker.connections().get(0).session().clientId());
    assertEquals(FORMER, former.session().clientId());
    assertEquals(List.of(), former.session().will());
    assertEquals(3600, former.session().expiryS());
    broker.received();
    former.add(
        new ConnectionEvent.Arrived(command(FORMER, CommandedBox.reportStatus("r1")), 4), 60);
    former.add(new ConnectionEvent.Arrived(command(FORMER, CommandedBox.ping("p1")), 5), 60);
    box.forMs(10_000);
    assertEquals(List.of("r1"), box.done());
    assertEquals(2, former.acknowledged().size(), "" + former.acknowledged());
    assertTrue(former.isDisconnected());
    assertTrue(former.isDropped());
    List<Message> answers = box.answers();
    assertEquals(2, answers.size());
    for (Message answer : answers) {
      assertEquals("t/v1/" + FORMER + "/ack", answer.topic());
      boolean isPing = UplinkRun.text(answer).contains("\"p1\"");
      assertEquals(isPing, UplinkRun.text(answer).contains("another day"), UplinkRun.text(answer));
    }
    box.commands().close();
    restart();
    box.forMs(20_000);
    assertEquals(3, broker.connections().size(), "a restart does not take it up again");
    assertEquals(TODAY, broker.last().session().clientId());
  }

  @Test
  void withoutASessionNothingIsTakenAndRowsAreSentBeside() throws IOException {
    ScriptedConnection former = takenUp(false);
    box.forMs(3000);
    assertTrue(former.isDisconnected());
    assertEquals(0, outbox.status().unacknowledged());
    box.forMs(200_000);
    assertEquals(2, broker.connections().size());
  }

  @Test
  void bothNamesTopicsAreSubscribedForTheDay() throws IOException {
    takenUp(false);
    assertEquals(
        List.of("t/v1/" + TODAY + "/cmd/#", "t/v1/" + FORMER + "/cmd/#"),
        broker.connections().get(0).filters());
  }

  @Test
  void aSessionWhoseConnectionIsLostIsTakenUpAgainAFewTimes() throws IOException {
    ScriptedConnection former = takenUp(true);
    former.add(
        new ConnectionEvent.Arrived(command(FORMER, CommandedBox.reportStatus("r1")), 4), 60);
    former.add(new ConnectionEvent.Lost(ConnectionFailure.network("lost")), 60);
    box.forMs(100_000);
    assertEquals(3, broker.connections().size());
    ScriptedConnection again = broker.last();
    assertEquals(FORMER, again.session().clientId());
    assertTrue(again.isDisconnected());
    assertEquals(List.of("r1"), box.done());
  }
}
