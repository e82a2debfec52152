package dev.streetbox.listen;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Seqs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which rows to ask one box for, and when: not while rows of the backlog come, one request
 * at a time, and rows that were promised and do not come again after pauses that grow. Used by one
 * thread; all times are of the subscriber's clock.
 */
final class BoxRequests {
  /** The time without a row of the backlog before a request, in ms. */
  static final long QUIET_MS = Duration.ofSeconds(20).toMillis();

  /** The shortest time between two requests, in ms, by which a box takes 30 a minute of its 60. */
  static final long INTERVAL_MS = Duration.ofSeconds(2).toMillis();

  /** The first pause after a promise, a refusal or a missing answer, in ms; it doubles. */
  static final long FIRST_PAUSE_MS = Duration.ofMinutes(1).toMillis();

  static final long LONGEST_PAUSE_MS = Duration.ofHours(1).toMillis();

  /** Limits the rows of a request, so that each fits into what a box sends again in a day. */
  static final long MAX_ROWS = 10_000;

  /** Limits the ranges that are remembered; above it they are asked for again. */
  private static final int MAX_RANGES = 2_000;

  private final Map<Integer, Seqs> settled = new HashMap<>();
  private final Map<Integer, Seqs> promised = new HashMap<>();
  private boolean online;
  private Optional<Range> asked = Optional.empty();
  private String askedId = "";

  /** Tells whether the last row of the request is no known row, but a limit. */
  private boolean hasNoEnd;

  private long answerLimitMs;
  private long quietSinceMs;
  private long notBeforeMs;
  private long promiseEndMs;
  private long pauseMs = FIRST_PAUSE_MS;
  private long promisePauseMs = FIRST_PAUSE_MS;

  /** Begins with a box of which the first message has come. */
  BoxRequests(long nowMs) {
    quietSinceMs = nowMs;
  }

  /** Notes whether the box is online. */
  void setOnline(boolean isOnline) {
    online = isOnline;
  }

  /** Returns whether the box is online. */
  boolean isOnline() {
    return online;
  }

  /** Notes that rows of the backlog came, so that more may come by themselves. */
  void onBacklog(long nowMs) {
    quietSinceMs = nowMs;
  }

  /**
   * Returns the rows to ask for now, if any.
   *
   * @param holes the rows that nothing explains, the oldest boot first
   * @param id the id of the request that is made of them
   */
  Optional<Range> ask(List<Range> holes, String id, long nowMs) {
    boolean missed = asked.isPresent() && nowMs >= answerLimitMs;
    if (missed) {
      asked = Optional.empty();
      pause(nowMs);
    }
    boolean isQuiet = nowMs - quietSinceMs >= QUIET_MS;
    if (!online || asked.isPresent() || !isQuiet || nowMs < notBeforeMs) {
      return Optional.empty();
    }
    if (!promised.isEmpty() && nowMs >= promiseEndMs) {
      endPromises(holes);
    }
    Optional<Range> hole = holes.stream().flatMap(this::unasked).findFirst();
    asked = hole.map(BoxRequests::limited);
    asked.ifPresent(
        range -> {
          hasNoEnd = hole.get().last() == Audit.NO_END;
          askedId = id;
          answerLimitMs = nowMs + FIRST_PAUSE_MS;
          notBeforeMs = nowMs + INTERVAL_MS;
        });
    return asked;
  }

  /** Ends the wait for promised rows; what has not come by now is asked for again. */
  private void endPromises(List<Range> holes) {
    boolean isBroken =
        holes.stream()
            .flatMap(
                hole ->
                    Stream.ofNullable(promised.get(hole.boot()))
                        .flatMap(seqs -> seqs.within(hole.first(), hole.last()).stream()))
            .findAny()
            .isPresent();
    promisePauseMs = isBroken ? longer(promisePauseMs) : FIRST_PAUSE_MS;
    promised.clear();
  }

  private static long longer(long pauseMs) {
    return Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
  }

  /** Returns whether an id is that of the request without an answer. */
  boolean isAsked(String id) {
    return asked.isPresent() && askedId.equals(id);
  }

  /** Notes that the box refuses the request. */
  void onRefused(long nowMs) {
    asked = Optional.empty();
    pause(nowMs);
  }

  /** Applies the result of the request. */
  void onResult(JsonTree result, long nowMs) {
    Range request = asked.orElseThrow();
    asked = Optional.empty();
    ranges(result, "will_send", request).forEach(rows -> add(promised, rows));
    ranges(result, "waiting", request).forEach(rows -> add(settled, rows));
    Stream.of("gone", "never")
        .flatMap(key -> ranges(result, key, request))
        .map(rows -> hasNoEnd && rows.last() == request.last() ? endless(rows) : rows)
        .forEach(rows -> add(settled, rows));
    promiseEndMs = nowMs + promisePauseMs;
    pauseMs = FIRST_PAUSE_MS;
  }

  /** Notes that no row is missing, so that the next pause is short again. */
  void onComplete() {
    settled.clear();
    promised.clear();
    promisePauseMs = FIRST_PAUSE_MS;
  }

  private void pause(long nowMs) {
    notBeforeMs = nowMs + pauseMs;
    pauseMs = longer(pauseMs);
  }

  private Stream<Range> unasked(Range hole) {
    Seqs done = new Seqs(hole.boot());
    Stream.of(settled, promised)
        .flatMap(some -> Stream.ofNullable(some.get(hole.boot())))
        .flatMap(seqs -> seqs.ranges().stream())
        .forEach(rows -> done.add(rows.first(), rows.last()));
    return done.firstGap(hole.first(), hole.last()).stream();
  }

  private static Range limited(Range rows) {
    long last = Math.min(rows.last(), rows.first() + MAX_ROWS - 1);
    return new Range(rows.boot(), rows.first(), last);
  }

  /** Returns the rows from a first one on, because what follows is settled like the last row. */
  private static Range endless(Range rows) {
    return new Range(rows.boot(), rows.first(), Audit.NO_END);
  }

  private static void add(Map<Integer, Seqs> to, Range rows) {
    Seqs seqs = to.computeIfAbsent(rows.boot(), Seqs::new);
    seqs.add(rows.first(), rows.last());
    if (seqs.ranges().size() > MAX_RANGES) {
      to.remove(rows.boot());
    }
  }

  /** Returns the ranges of a list of the result, as far as they were asked for. */
  private static Stream<Range> ranges(JsonTree result, String key, Range request) {
    return result.tuples(key).stream()
        .filter(tuple -> tuple.size() >= 2)
        .flatMap(tuple -> within(tuple.get(0), tuple.get(1), request).stream());
  }

  private static Optional<Range> within(String from, String to, Range request) {
    try {
      long first = Math.max(request.first(), Long.parseLong(from));
      long last = Math.min(request.last(), Long.parseLong(to));
      return first <= last ? Optional.of(new Range(request.boot(), first, last)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // No box sends this.
    }
  }
}
