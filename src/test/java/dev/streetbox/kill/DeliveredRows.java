package dev.streetbox.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.ContractCheck;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.listen.Audit;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.ReceivedAccount;
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
 * Collects the received rows with two subscribers: one at QoS 1 with a durable session, as a
 * backend has one, and a {@link QosZeroSubscriber}. A killed broker may lose messages that it had
 * acknowledged before the durable session received them; the second subscriber has these messages,
 * so that they are not counted as lost by a box.
 */
final class DeliveredRows implements AutoCloseable {
  private static final String ROOT = "streetbox/v1";
  private static final Duration ROUND = Duration.ofMillis(10);

  private record Boot(String box, int boot) {}

  private final Mosquitto broker;
  private final BoxMessageParser parser = new BoxMessageParser(ROOT);

  /** Counts the rows that the durable session received. */
  private final Audit durable = new Audit();

  /** Counts the rows that either subscriber received. */
  private final Audit either = new Audit();

  /** Compares the contents of received rows with those of stored rows. */
  private final Audit contents = new Audit();

  private final Map<Boot, Seqs> received = new HashMap<>();
  private final Map<Boot, Set<Range>> losses = new HashMap<>();
  private Subscriber subscriber;
  private QosZeroSubscriber qosZero;

  /** Subscribes at a running broker. */
  DeliveredRows(Mosquitto broker) throws IOException {
    this.broker = broker;
    connect();
  }

  /** Subscribes at the restarted broker; returns when both subscriptions are acknowledged. */
  void reconnect() throws IOException {
    close();
    connect();
  }

  private void connect() throws IOException {
    qosZero = new QosZeroSubscriber(broker.port());
    subscriber =
        new Subscriber(
            Links.connector(broker.uri()),
            new Subscription(ROOT, "+", "", "delivered-rows"),
            new SystemTime(),
            new SplittableRandom());
    while (!subscriber.isSubscribed()) {
      takeDurable();
    }
  }

  /** Takes all messages that an ended broker wrote. */
  void takeLast() throws IOException {
    qosZero.awaitEnd();
    take();
  }

  /** Takes the messages that have arrived, and waits 10 ms for more. */
  void take() throws IOException {
    takeDurable();
    for (Message message : qosZero.arrived()) {
      add(parsed(message));
    }
  }

  private void takeDurable() throws IOException {
    Optional<Message> message = subscriber.next(ROUND);
    while (message.isPresent()) {
      BoxMessage parsed = parsed(message.get());
      durable.add(parsed);
      add(parsed);
      message = subscriber.next(Duration.ZERO);
    }
  }

  private BoxMessage parsed(Message message) throws IOException {
    ContractCheck.requireValid(message);
    return parser.read(message);
  }

  private void add(BoxMessage message) {
    either.add(message);
    contents.add(message);
    if (message instanceof BoxMessage.Rows rows) {
      assertEquals(List.of(), rows.drops(), "rows dropped from a store that is not full");
      Seqs seqs = received(rows.box(), rows.boot());
      rows.rows().forEach(row -> seqs.add(row.seq(), row.seq()));
    } else if (message instanceof BoxMessage.Loss loss) {
      losses(loss.box(), loss.lost().boot()).add(loss.lost());
    }
  }

  /** Compares stored rows with the rows received before or later. */
  void compare(String box, String batch) throws IOException {
    byte[] bytes = batch.getBytes(StandardCharsets.UTF_8);
    contents.add(parser.read(new Message(ROOT + "/" + box + "/live", bytes, "", false)));
  }

  /** Returns the received rows of a boot. */
  Seqs received(String box, int boot) {
    return received.computeIfAbsent(new Boot(box, boot), key -> new Seqs(boot));
  }

  /** Returns the losses of a boot that later boots declared. */
  Set<Range> losses(String box, int boot) {
    return losses.computeIfAbsent(new Boot(box, boot), key -> new HashSet<>());
  }

  /** Returns the boots with rows that were neither received nor declared lost. */
  List<ReceivedAccount> unexplained() {
    return either.accounts().stream()
        .filter(receivedAccount -> receivedAccount.unexplained() > 0)
        .toList();
  }

  /** Returns the boots in which one key had two different rows, in messages or stores. */
  List<ReceivedAccount> conflicts() {
    return contents.accounts().stream()
        .filter(receivedAccount -> receivedAccount.conflicts() > 0)
        .toList();
  }

  /** Returns the number of received rows. */
  long rows() {
    return received.values().stream().mapToLong(Seqs::size).sum();
  }

  /**
   * Returns how many received rows the broker lost for the durable session after it had
   * acknowledged them.
   */
  long lostByBroker() {
    return rows() - durable.accounts().stream().mapToLong(ReceivedAccount::received).sum();
  }

  @Override
  public void close() throws IOException {
    subscriber.close();
    qosZero.close();
  }
}
