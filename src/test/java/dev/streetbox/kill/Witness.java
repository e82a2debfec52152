package dev.streetbox.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.listen.Audit;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.listen.Subscription;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import dev.streetbox.mqtt.Links;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What reached the far side, kept by two: a subscriber at QoS 1 with a durable session, as a
 * backend has one, and a {@link Tap}. A broker that dies may take with it what it had acknowledged
 * and the durable session had not received; the tap tells that apart from what a box loses.
 */
final class Witness implements AutoCloseable {
  private static final String ROOT = "streetbox/v1";
  private static final Duration ROUND = Duration.ofMillis(10);

  private record Boot(String box, int boot) {}

  private final Mosquitto broker;
  private final BoxMessageParser parser = new BoxMessageParser(ROOT);

  /** What the durable session received. */
  private final Audit durable = new Audit();

  /** What either received. */
  private final Audit either = new Audit();

  /** That and what stores were found to hold, for the sake of its comparison. */
  private final Audit contents = new Audit();

  private final Map<Boot, Seqs> received = new HashMap<>();
  private final Map<Boot, Set<Range>> losses = new HashMap<>();
  private Subscriber subscriber;
  private Tap tap;

  /** Listens to a broker that runs. */
  Witness(Mosquitto broker) throws IOException {
    this.broker = broker;
    connect();
  }

  /** The broker has been started again. Returns once every later message will be heard. */
  void reconnect() throws IOException {
    close();
    connect();
  }

  private void connect() throws IOException {
    tap = new Tap(broker.port());
    subscriber =
        new Subscriber(
            Links.connector(broker.uri()),
            new Subscription(ROOT, "+", "", "witness"),
            new SystemTime(),
            new SplittableRandom());
    while (!subscriber.isSubscribed()) {
      takeDurable();
    }
  }

  /** The broker is dead: takes all that it wrote before. */
  void takeLast() throws IOException {
    tap.awaitEnd();
    take();
  }

  /** Takes what has come, and waits a moment for more. */
  void take() throws IOException {
    takeDurable();
    for (Message message : tap.arrived()) {
      keep(parser.read(message));
    }
  }

  private void takeDurable() throws IOException {
    Optional<Message> message = subscriber.next(ROUND);
    while (message.isPresent()) {
      BoxMessage news = parser.read(message.get());
      durable.add(news);
      keep(news);
      message = subscriber.next(Duration.ZERO);
    }
  }

  private void keep(BoxMessage news) {
    either.add(news);
    contents.add(news);
    if (news instanceof BoxMessage.Rows rows) {
      assertEquals(List.of(), rows.drops(), "dropped from a store that has room");
      Seqs seqs = received(rows.box(), rows.boot());
      rows.rows().forEach(row -> seqs.add(row.seq(), row.seq()));
    } else if (news instanceof BoxMessage.Loss loss) {
      losses(loss.box(), loss.lost().boot()).add(loss.lost());
    }
  }

  /** Compares rows that a store holds with what came of them, or will. */
  void compare(String box, String batch) throws IOException {
    byte[] bytes = batch.getBytes(StandardCharsets.UTF_8);
    contents.add(parser.read(new Message(ROOT + "/" + box + "/live", bytes, "", false)));
  }

  /** The rows of a boot that came. */
  Seqs received(String box, int boot) {
    return received.computeIfAbsent(new Boot(box, boot), key -> new Seqs(boot));
  }

  /** What later boots declared of a boot. */
  Set<Range> losses(String box, int boot) {
    return losses.computeIfAbsent(new Boot(box, boot), key -> new HashSet<>());
  }

  /** The accounts that do not close, of the rows that either received. */
  List<Audit.ReceivedAccount> open() {
    return either.accounts().stream()
        .filter(receivedAccount -> receivedAccount.unexplained() > 0)
        .toList();
  }

  /** The boots in which a key stood for two different rows, in messages or stores. */
  List<Audit.ReceivedAccount> conflicts() {
    return contents.accounts().stream()
        .filter(receivedAccount -> receivedAccount.conflicts() > 0)
        .toList();
  }

  /** How many rows came. */
  long rows() {
    return received.values().stream().mapToLong(Seqs::size).sum();
  }

  /** How many of them the broker acknowledged and then lost for the durable session. */
  long lostByBroker() {
    return rows() - durable.accounts().stream().mapToLong(Audit.ReceivedAccount::received).sum();
  }

  @Override
  public void close() throws IOException {
    subscriber.close();
    tap.close();
  }
}
