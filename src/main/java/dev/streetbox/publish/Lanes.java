package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Outbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which rows to send next. The live lane takes the newest, once every live period; whatever it did
 * not take, or the broker did not, is backlog and goes beside it, oldest first, at a limited rate.
 * Oldest first, because it is the order that a store at its limit drops rows in, and because a row
 * is then never overtaken by more than what was in flight.
 *
 * <p>Knows nothing of MQTT and waits for nothing. Used by one thread.
 */
final class Lanes {
  /** The two lanes, by their topics. */
  enum Lane {
    LIVE,
    BACKLOG;

    /** The topic's last word. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Rows in a batch at most: compression gains little beyond. */
  static final int BATCH_ROWS = 60;

  /** What stays free in the window for the live lane. */
  private static final int SPARED_MESSAGES = 2;

  private static final int SPARED_BYTES = Window.BYTES / 4;

  /** A second in which no row was measured makes no live batch later than this. */
  private static final long LATENESS_MS = 500;

  /** So many rows refused with none accepted in between: it is not the rows. */
  private static final int ASIDE_LIMIT = 20;

  /**
   * Rows to be sent together.
   *
   * @param lane on which lane
   * @param rows which
   */
  record Pick(Lane lane, Range rows) {}

  private final MqttSettings settings;
  private final Outbox outbox;
  private final Window window;
  private final Map<Lane, Gate> gates = Map.of(Lane.LIVE, new Gate(), Lane.BACKLOG, new Gate());
  private final Map<Long, Pick> flights = new LinkedHashMap<>();
  private final Suspects suspects = new Suspects();
  private final List<Range> aside = new ArrayList<>();
  private final List<Range> condemned = new ArrayList<>();
  private long liveFrom = 1;
  private long liveDueMs = Long.MIN_VALUE;
  private double backlogRows;
  private long refilledMs;

  /**
   * @param window what all messages share
   */
  Lanes(MqttSettings settings, Outbox outbox, Window window) {
    this.settings = settings;
    this.outbox = outbox;
    this.window = window;
  }

  /** A new connection: the live lane begins at the newest rows, at once. */
  void opened(long nowMs) {
    liveFrom = Math.max(liveFrom, outbox.newestToSend() - BATCH_ROWS + 1);
    liveDueMs = nowMs;
    refilledMs = nowMs;
    backlogRows = 0;
  }

  /** What to send now, if anything. */
  Optional<Pick> next(long nowMs) {
    refill(nowMs);
    if (flights.values().stream().anyMatch(pick -> suspects.isLonely(pick.rows()))) {
      return Optional.empty();
    }
    Optional<Pick> live = nextLive(nowMs);
    return live.isPresent() ? live : nextBacklog(nowMs);
  }

  /** Whether it is only a matter of time until there is more to send. */
  boolean isWaiting(long nowMs) {
    return backlogRows <= 0 || gates.values().stream().anyMatch(gate -> !gate.isOpen(nowMs));
  }

  /** Sends the newest rows now, whether it is time or not. */
  void hurry(long nowMs) {
    liveDueMs = nowMs;
  }

  /** The pick, or the part of it that {@link #halved} has left, has gone. */
  void sent(long id, Pick pick, long nowMs) {
    flights.put(id, pick);
    if (pick.lane() == Lane.LIVE) {
      liveFrom = pick.rows().last() + 1;
      liveDueMs = nowMs + settings.livePeriod().toMillis() + LATENESS_MS;
    } else {
      backlogRows -= pick.rows().size();
    }
  }

  /**
   * The half of a pick that is too large for the broker: the newer of live rows, else the older.
   */
  static Pick halved(Pick pick) {
    Range rows = pick.rows();
    long middle = rows.first() + rows.size() / 2;
    return new Pick(
        pick.lane(),
        pick.lane() == Lane.LIVE
            ? new Range(rows.boot(), middle, rows.last())
            : new Range(rows.boot(), rows.first(), middle - 1));
  }

  /** One row that no packet of this broker can carry: it is to be declared. */
  void condemn(Pick pick) {
    condemned.add(pick.rows());
    skip(pick);
  }

  /** There is nothing to send in these rows. */
  void skip(Pick pick) {
    suspects.clear(pick.rows());
    if (pick.lane() == Lane.LIVE) {
      liveFrom = pick.rows().last() + 1;
    }
  }

  /** The rows cannot be read just now: not before a while. */
  void postpone(Pick pick, long nowMs) {
    gates.get(pick.lane()).answered(Fate.LATER, nowMs);
  }

  /**
   * The broker has answered.
   *
   * @return what was sent, if it was rows
   */
  Optional<Pick> answered(long id, Fate fate, long nowMs) {
    Optional<Pick> flight = Optional.ofNullable(flights.remove(id));
    flight.ifPresent(
        pick -> {
          gates.get(pick.lane()).answered(fate, nowMs);
          if (fate == Fate.DELIVERED) {
            suspects.clear(pick.rows());
            condemned.addAll(aside);
            aside.clear();
          } else if (fate == Fate.SPLIT && suspects.refused(pick.rows())) {
            putAside(pick, nowMs);
          }
        });
    return flight;
  }

  /**
   * The connection is gone, and with it what was in flight; it is backlog now.
   *
   * @param byBroker whether the broker has closed it
   */
  void lost(boolean byBroker, long nowMs) {
    boolean alone = flights.size() == 1;
    List<Pick> picks = List.copyOf(flights.values());
    flights.clear();
    for (Pick pick : picks) {
      if (suspects.lost(pick.rows(), alone, byBroker)) {
        putAside(pick, nowMs);
      }
    }
  }

  /** The connection is gone because a packet was too large for the broker. */
  void lostTooLarge(long nowMs) {
    List<Pick> picks = List.copyOf(flights.values());
    flights.clear();
    for (Pick pick : picks) {
      if (suspects.refused(pick.rows()) && picks.size() == 1) {
        putAside(pick, nowMs);
      }
    }
  }

  /**
   * Rows that the broker refuses while it takes others; they are to be declared. Each is returned
   * once.
   */
  List<Range> condemned() {
    List<Range> rows = List.copyOf(condemned);
    condemned.clear();
    return rows;
  }

  /** Rows in flight. */
  long inFlightRows() {
    return flights.values().stream().mapToLong(pick -> pick.rows().size()).sum();
  }

  private Optional<Pick> nextLive(long nowMs) {
    long newest = outbox.newestToSend();
    // As soon as the rows of a period are there: none is then older than it must be.
    boolean full = newest - liveFrom + 1 >= settings.livePeriod().toSeconds();
    if (newest < liveFrom || (!full && nowMs < liveDueMs)) {
      return Optional.empty();
    }
    if (!gates.get(Lane.LIVE).isOpen(nowMs)) {
      liveFrom = newest + 1; // What cannot go live goes as backlog, if that is allowed.
      return Optional.empty();
    }
    liveFrom = Math.max(liveFrom, newest - BATCH_ROWS + 1);
    return window.hasRoom(0, 0)
        ? Optional.of(new Pick(Lane.LIVE, new Range(outbox.boot(), liveFrom, newest)))
        : Optional.empty();
  }

  private Optional<Pick> nextBacklog(long nowMs) {
    if (backlogRows <= 0
        || !gates.get(Lane.BACKLOG).isOpen(nowMs)
        || !window.hasRoom(SPARED_MESSAGES, SPARED_BYTES)) {
      return Optional.empty();
    }
    return outbox
        .nextBacklog(liveFrom - 1, excepted(), BATCH_ROWS)
        .map(run -> new Pick(Lane.BACKLOG, suspects.cut(run)))
        .filter(pick -> !suspects.isLonely(pick.rows()) || window.size() == 0);
  }

  private Collection<Range> excepted() {
    return Stream.concat(
            flights.values().stream().map(Pick::rows),
            Stream.concat(aside.stream(), condemned.stream()))
        .toList();
  }

  private void putAside(Pick pick, long nowMs) {
    suspects.clear(pick.rows());
    aside.add(pick.rows());
    if (aside.size() > ASIDE_LIMIT) {
      aside.clear();
      gates.get(pick.lane()).answered(Fate.HOLD, nowMs);
    }
  }

  private void refill(long nowMs) {
    double rate = settings.backlogRate() / 1000.0;
    backlogRows = Math.min(BATCH_ROWS, backlogRows + rate * (nowMs - refilledMs));
    refilledMs = nowMs;
  }
}
