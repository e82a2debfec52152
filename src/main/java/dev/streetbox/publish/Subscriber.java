package dev.streetbox.publish;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Receives what boxes send, and connects again after each loss. A message is acknowledged when the
 * next one is asked for: with a durable session, none that was not dealt with is lost. Used by one
 * thread.
 */
public final class Subscriber implements AutoCloseable {
  private static final Duration ROUND = Duration.ofMillis(100);
  private static final long WELCOME_MS = 30_000;
  private static final long SESSION_S = Duration.ofDays(7).toSeconds();
  private static final String PLACE = "broker";

  /**
   * Whose messages, and how.
   *
   * @param box one box, or {@code +} for all
   * @param group a name under which several subscribers share the messages, or empty
   * @param sessionId a client id under which the broker keeps what comes while nobody listens, or
   *     empty
   */
  public record Subscription(String box, String group, String sessionId) {}

  private final MqttSettings settings;
  private final String filter;
  private final Session session;
  private final SplittableRandom random = new SplittableRandom();
  private final Reconnect reconnect = new Reconnect(random);
  private final Faults faults = new Faults();
  private final Time time = new SystemTime();
  private Optional<Link> link = Optional.empty();
  private Optional<LinkEvent.Arrived> pending = Optional.empty();
  private boolean subscribed;
  private boolean welcome;
  private long changedMs;
  private long nextAttemptMs;

  /**
   * A subscriber that has not touched the network yet.
   *
   * @param settings the broker and the login; nothing else of it is used
   */
  public Subscriber(MqttSettings settings, Subscription subscription) {
    this.settings = settings;
    String topics = settings.topicRoot() + "/" + subscription.box() + "/+";
    boolean shared = !subscription.group().isEmpty();
    this.filter = shared ? "$share/" + subscription.group() + "/" + topics : topics;
    boolean durable = !subscription.sessionId().isEmpty();
    String anyId = "listen-" + HexFormat.of().toHexDigits(random.nextLong());
    this.session =
        new Session(durable ? subscription.sessionId() : anyId, durable ? SESSION_S : 0, List.of());
  }

  /** Whether the broker sends what comes from now on. */
  public boolean isSubscribed() {
    return subscribed;
  }

  /**
   * The next message.
   *
   * @param limit how long to wait for it at most
   * @throws IOException if the broker says no: to the login, the certificate, the subscription; or
   *     the thread was interrupted
   */
  public Optional<Message> next(Duration limit) throws IOException {
    accept();
    long endMs = time.tickMs() + limit.toMillis();
    do {
      Optional<LinkEvent.Arrived> arrived = round(endMs);
      if (arrived.isPresent()) {
        pending = arrived;
        return arrived.map(LinkEvent.Arrived::message);
      }
    } while (time.tickMs() < endMs);
    return Optional.empty();
  }

  /** Acknowledges the last message and says goodbye. */
  @Override
  public void close() {
    accept();
    if (link.isPresent() && welcome) {
      goodbye(link.get());
    }
    drop();
  }

  private Optional<LinkEvent.Arrived> round(long endMs) throws IOException {
    Duration wait =
        Duration.ofMillis(Math.max(0, Math.min(ROUND.toMillis(), endMs - time.tickMs())));
    if (link.isEmpty()) {
      if (time.tickMs() < nextAttemptMs) {
        time.sleep(wait);
        return Optional.empty();
      }
      link = Optional.of(Link.open(settings, session, time));
      changedMs = time.tickMs();
    }
    Optional<LinkEvent> event = link.get().await(wait);
    if (event.isEmpty() && !subscribed && time.tickMs() - changedMs > WELCOME_MS) {
      lost(Trouble.network("the broker does not answer: no network, or it is no MQTT broker"));
    }
    return event.isPresent() ? take(event.get()) : Optional.empty();
  }

  private Optional<LinkEvent.Arrived> take(LinkEvent event) throws IOException {
    if (event instanceof LinkEvent.Arrived arrived) {
      return Optional.of(arrived);
    }
    if (event instanceof LinkEvent.Connected connected) {
      faults.clear(PLACE);
      welcome = true;
      subscribed = connected.sessionPresent();
      if (!subscribed) {
        link.orElseThrow().subscribe(filter);
      }
    } else if (event instanceof LinkEvent.Subscribed answer) {
      if (answer.code() >= 0x80) {
        throw new IOException(
            "the broker denies the subscription to %s (0x%02x): check its ACL"
                .formatted(filter, answer.code()));
      }
      subscribed = true;
    } else if (event instanceof LinkEvent.Lost loss) {
      lost(loss.trouble());
    }
    return Optional.empty();
  }

  private void lost(Trouble trouble) throws IOException {
    long heldMs = welcome ? time.tickMs() - changedMs : 0;
    drop();
    if (trouble.kind() == Trouble.Kind.REFUSED) {
      throw new IOException(trouble.text());
    }
    faults.raise(PLACE, trouble.text(), time.tickMs());
    nextAttemptMs = time.tickMs() + reconnect.waitMs(trouble, heldMs);
  }

  private void accept() {
    link.ifPresent(current -> pending.ifPresent(current::accept));
    pending = Optional.empty();
  }

  private static void goodbye(Link current) {
    current.disconnect();
    try {
      Optional<LinkEvent> event = current.await(ROUND);
      while (event.isPresent() && !(event.get() instanceof LinkEvent.Lost)) {
        event = current.await(ROUND);
      }
    } catch (InterruptedIOException e) {
      // Somebody is in a hurry.
    }
  }

  private void drop() {
    link.ifPresent(Link::drop);
    link = Optional.empty();
    pending = Optional.empty();
    subscribed = false;
    welcome = false;
  }
}
