package dev.streetbox.publish;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * The duty that owns the broker connection: connects, sends what the outbox has, acknowledges what
 * the broker has, and begins again after each loss. {@link #cycle} and {@link #close} are called by
 * its own thread, {@link #status} and {@link #wake} by any.
 */
public final class Publisher {
  /** From the first SYN to the broker's welcome, on the slowest link that is of any use. */
  private static final long WELCOME_MS = 30_000;

  /** How long a session, and with it commands for the box, outlasts the link. */
  static final long SESSION_S = Duration.ofDays(7).toSeconds();

  /** A cycle waits for the next thing to happen at most this long, since deadlines are long. */
  private static final Duration ROUND = Duration.ofSeconds(1);

  /** The same while there is something to send that is only not due yet. */
  private static final Duration SHORT_ROUND = Duration.ofMillis(100);

  private static final long FLUSH_MS = 2000;
  private static final long GOODBYE_MS = 1000;

  private static final String PLACE = "broker";

  private final Identity identity;
  private final Names names;
  private final MqttSettings settings;
  private final Outbox outbox;
  private final Time time;
  private final Faults faults;
  private final Traffic traffic;
  private final Reconnect reconnect = new Reconnect(new SplittableRandom());

  /** The link is as slow in a simulated ride at triple speed as in a real one. */
  private final Time wall = new SystemTime();

  private volatile Optional<Link> link = Optional.empty();
  private boolean online;
  private boolean dated;
  private long changedMs;
  private long nextAttemptMs;
  private long sinceMs;
  private long losses;
  private String lastTrouble = "";
  private volatile LinkStatus status;

  /**
   * A duty that has not touched the network yet.
   *
   * @param time the clock of the outbox's rows
   */
  public Publisher(
      Identity identity, MqttSettings settings, Outbox outbox, Time time, Faults faults) {
    this(identity, new PlainNames(identity.box()), settings, outbox, time, faults);
  }

  /** The same under other names than the box's own. */
  public Publisher(
      Identity identity,
      Names names,
      MqttSettings settings,
      Outbox outbox,
      Time time,
      Faults faults) {
    this.identity = identity;
    this.names = names;
    this.settings = settings;
    this.outbox = outbox;
    this.time = time;
    this.faults = faults;
    this.traffic = new Traffic(identity, names, settings, outbox, time, faults);
    this.status = traffic.status("offline", 0, 0, "");
    outbox.ring(this::wake);
  }

  /**
   * Takes what has happened, sends what may go, and waits a little for the next thing to happen.
   *
   * @return zero: the waiting is done
   * @throws IOException only if the thread was interrupted
   */
  public Duration cycle() throws IOException {
    if (link.isEmpty()) {
      hurryOnceDated();
      if (names.isSettled() && wall.tickMs() >= nextAttemptMs) {
        connect();
      } else {
        wall.sleep(SHORT_ROUND);
      }
    } else {
      round(link.get());
    }
    report();
    return Duration.ZERO;
  }

  /** A cycle that waits goes on: there is something new to send, or to end; for any thread. */
  public void wake() {
    link.ifPresent(Link::wake);
  }

  /** How the link is; for any thread. */
  public LinkStatus status() {
    return status;
  }

  /**
   * Sends the newest rows, waits at most two seconds for what is in flight, publishes {@code
   * offline} and says goodbye; at most four seconds in all. What was not answered stays in the
   * outbox.
   */
  public void close() {
    // Whoever ends a duty may interrupt it; the goodbye is worth its second all the same.
    boolean interrupted = Thread.interrupted();
    try {
      if (link.isPresent() && online) {
        traffic.hurry();
        traffic.pump(link.get(), wall.tickMs());
        await(FLUSH_MS, traffic::isIdle);
      }
      if (link.isPresent() && online) {
        traffic.send(link.get(), traffic.state("offline", Map.of()), wall.tickMs());
        await(GOODBYE_MS, traffic::isIdle);
      }
      if (link.isPresent() && online) {
        goodbye(link.get());
      }
    } catch (IOException e) {
      // Interrupted again: somebody is in a hurry.
    } finally {
      link.ifPresent(Link::drop);
      link = Optional.empty();
      online = false;
      report();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What the box knows of the time: at least what it had reached before, see the estimate. */
  private KnownTime known() {
    Timeline timeline = outbox.timeline(outbox.boot());
    long tickMs = time.tickMs();
    return new KnownTime(
        Instant.ofEpochMilli(timeline.utcMs(tickMs)), timeline.source(tickMs).key());
  }

  /** A time that is trusted at last may be what a certificate was waiting for. */
  private void hurryOnceDated() {
    if (!dated && !outbox.timeline(outbox.boot()).isEstimate()) {
      dated = true;
      nextAttemptMs = 0;
    }
  }

  private void connect() {
    try {
      Session session =
          new Session(
              names.of(outbox.boot()).box(),
              SESSION_S,
              List.of(traffic.state("offline", Map.of())));
      link = Optional.of(Link.open(settings, session, wall, this::known));
      changed();
    } catch (IOException e) {
      lost(Trouble.refused(e.getMessage()));
    }
  }

  private void round(Link current) throws IOException {
    Optional<LinkEvent> event = current.await(traffic.isWaiting() ? SHORT_ROUND : ROUND);
    while (event.isPresent()) {
      take(current, event.get());
      event = link.isPresent() ? current.poll() : Optional.empty();
    }
    if (link.isEmpty()) {
      return;
    }
    if (!online && wall.tickMs() - changedMs > WELCOME_MS) {
      lost(Trouble.network("the broker does not answer: no network, or it is no MQTT broker"));
    } else if (online && traffic.isOverdue(wall.tickMs())) {
      String text = "the broker no longer answers: the link is dead";
      lost(new Trouble(text, Trouble.Kind.SILENCE));
    } else if (online) {
      traffic.pump(current, wall.tickMs());
    }
  }

  private void take(Link current, LinkEvent event) {
    if (event instanceof LinkEvent.Connected welcome) {
      online = true;
      changed();
      faults.clear(PLACE);
      traffic.opened(current, welcome, traffic.state("online", details()), wall.tickMs());
    } else if (event instanceof LinkEvent.Answered answer) {
      traffic.answered(answer, wall.tickMs());
    } else if (event instanceof LinkEvent.Lost loss) {
      lost(loss.trouble());
    }
  }

  private void lost(Trouble trouble) {
    link.ifPresent(Link::drop);
    link = Optional.empty();
    long heldMs = 0;
    if (online) {
      heldMs = wall.tickMs() - changedMs;
      losses++;
      traffic.lost(trouble);
    }
    online = false;
    changed();
    lastTrouble = trouble.text();
    faults.raise(PLACE, trouble.text(), time.tickMs());
    nextAttemptMs = wall.tickMs() + reconnect.waitMs(trouble, heldMs);
  }

  private Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("version", identity.version());
    int boot = outbox.boot();
    details.put("config", names.seal(identity.configHash(), boot));
    details.put(
        "calibration",
        identity.calibration().apply(boot).map(id -> names.seal(id, boot)).orElse("none"));
    return details;
  }

  /** Takes what happens until that holds, the time is over, or the link is gone. */
  private void await(long limitMs, BooleanSupplier done) throws IOException {
    long endMs = wall.tickMs() + limitMs;
    while (link.isPresent() && !done.getAsBoolean() && wall.tickMs() < endMs) {
      Link current = link.get();
      Optional<LinkEvent> event = current.await(ROUND);
      if (event.isPresent()) {
        take(current, event.get());
      }
    }
  }

  private void goodbye(Link current) throws IOException {
    current.disconnect();
    long endMs = wall.tickMs() + GOODBYE_MS;
    boolean gone = false;
    while (!gone && wall.tickMs() < endMs) {
      gone = current.await(ROUND).filter(LinkEvent.Lost.class::isInstance).isPresent();
    }
  }

  private void changed() {
    changedMs = wall.tickMs();
    sinceMs = time.tickMs();
  }

  private void report() {
    String state = online ? "online" : link.isPresent() ? "connecting" : "offline";
    status = traffic.status(state, sinceMs, losses, lastTrouble);
  }
}
