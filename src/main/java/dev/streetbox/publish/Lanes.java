package dev.streetbox.publish;

import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.DeliveryOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Decides which rows to send next (the newest on the live lane, all others beside them on the
 * backlog lane, and behind both the rows to send once more) and applies answers and losses to them.
 * Never blocks. Used by one thread; all times are of the rows' clock.
 */
final class Lanes {
  /** Limits the rows in a batch; compression gains little beyond. */
  static final int BATCH_ROWS = 60;

  /** The messages in flight that the backlog keeps free for the live lane. */
  private static final int SPARED_MESSAGES = 2;

  private static final int SPARED_BYTES = InFlightMessages.MAX_BYTES / 4;

  /**
   * Holds a batch in flight.
   *
   * @param place the number of messages that preceded it on the connection
   */
  private record SentBatch(PlannedBatch plan, int place) {}

  private final InFlightMessages inFlight;
  private final OtherIds others;
  private final LiveLane live;
  private final BacklogLane backlog;
  private final BacklogPace pace = new BacklogPace();
  private final ResendLane resend;
  private final Map<Long, SentBatch> inFlightBatches = new LinkedHashMap<>();
  private final PoisonRowFinder poisonRows = new PoisonRowFinder();
  private final SingleRowRefusals refusals = new SingleRowRefusals();
  private final List<Range> convicted = new ArrayList<>();
  private final List<Range> convictedResends = new ArrayList<>();

  /**
   * @param inFlight the limit that all messages share
   * @param others the ids of which nothing is sent for a while
   * @param resends the rows to send once more
   */
  Lanes(PublishedBox box, InFlightMessages inFlight, OtherIds others, Resends resends) {
    this.others = others;
    this.inFlight = inFlight;
    this.live = new LiveLane(box.outbox(), box.remote()::livePeriod, BATCH_ROWS);
    this.backlog = new BacklogLane(box.outbox(), box.remote()::backlogRate, BATCH_ROWS);
    this.resend = new ResendLane(resends, BATCH_ROWS);
  }

  /** Begins a new connection: the live lane sends the newest rows at once. */
  void onConnected(long nowMs) {
    live.onConnected(nowMs);
    backlog.onConnected(nowMs);
    pace.onConnected();
    resend.onConnected();
  }

  /** Returns the batch to send now, if any, while no message is in flight for long. */
  Optional<PlannedBatch> next(long nowMs) {
    return next(nowMs, 0);
  }

  /**
   * Returns the batch to send now, if any.
   *
   * @param oldestInFlightMs for how long the oldest message has been in flight, in real time
   */
  Optional<PlannedBatch> next(long nowMs, long oldestInFlightMs) {
    backlog.refill(nowMs);
    if (inFlightBatches.values().stream()
        .anyMatch(flight -> poisonRows.mustBeSentAlone(flight.plan().rows()))) {
      return Optional.empty();
    }
    if (refusals.needsComparison()) {
      live.next(nowMs).ifPresent(live::skip);
    }
    Optional<PlannedBatch> newest = nextLive(nowMs);
    return newest.isPresent() ? newest : nextBacklog(nowMs, oldestInFlightMs);
  }

  /** Returns whether a batch may become due without any new row or answer. */
  boolean isWaiting(long nowMs) {
    return backlog.isBudgetSpent()
        || live.isExpected(pace.quietMs(), nowMs)
        || backlog.isHeld(nowMs)
        || refusals.isWaiting(nowMs)
        || others.isWaiting(nowMs)
        || !live.backoff().isOpen(nowMs)
        || !backlog.backoff().isOpen(nowMs);
  }

  /** Makes the newest rows due now, before the live period has passed. */
  void makeLiveDue(long nowMs) {
    live.makeDue(nowMs);
  }

  /** Notes that a batch, or the part of it that fits, was sent. */
  void markSent(long id, PlannedBatch batch, long nowMs) {
    inFlightBatches.put(id, new SentBatch(batch, inFlight.publishedMessages()));
    switch (batch.lane()) {
      case LIVE -> live.markSent(batch.rows(), nowMs);
      case BACKLOG, RESEND -> backlog.markSent(batch.rows());
    }
  }

  /**
   * Holds a single row that is above the broker's Maximum Packet Size: a live row becomes backlog,
   * and the backlog waits for a new connection or 5 min.
   */
  void holdTooLarge(PlannedBatch batch, long nowMs) {
    switch (batch.lane()) {
      case LIVE -> live.skip(batch.rows());
      case BACKLOG -> backlog.hold(nowMs);
      case RESEND -> resend.hold(nowMs);
    }
  }

  /** Returns whether the backlog is held, because its oldest row is too large. */
  boolean isBacklogHeld(long nowMs) {
    return backlog.isHeld(nowMs);
  }

  /** Passes over rows that the outbox no longer has. */
  void skip(PlannedBatch batch) {
    poisonRows.clear(batch.rows());
    refusals.clear(batch.rows());
    switch (batch.lane()) {
      case LIVE -> live.skip(batch.rows());
      case BACKLOG -> {}
      case RESEND -> {
        resend.giveUp(batch.rows());
        // Rows that are gone count as well, so that the search for others is limited.
        backlog.markSent(batch.rows());
      }
    }
  }

  /** Backs off, because the rows cannot be read now. */
  void postpone(PlannedBatch batch, long nowMs) {
    backoff(batch.lane()).onAnswer(DeliveryOutcome.LATER, nowMs);
  }

  /**
   * Applies the broker's answer to a message.
   *
   * @return the batch, if the message was one
   */
  Optional<PlannedBatch> onAnswer(long id, DeliveryOutcome outcome, long nowMs) {
    Optional<SentBatch> answered = Optional.ofNullable(inFlightBatches.remove(id));
    pace.onAnswer(
        inFlight.lastRoundTripMs(),
        answered.filter(sent -> sent.plan().lane() != Lane.LIVE).isPresent());
    answered.ifPresent(sent -> onAnswer(sent, outcome, nowMs));
    return answered.map(SentBatch::plan);
  }

  /**
   * Applies a loss: the rows in flight become backlog.
   *
   * @param byBroker whether the broker closed the connection. A missing answer splits batches too,
   *     because the link may be too slow for large ones, but never declares a row.
   */
  void onConnectionLost(boolean byBroker, long nowMs) {
    List<SentBatch> lost = takeInFlightBatches();
    for (SentBatch sent : lost) {
      PlannedBatch batch = sent.plan();
      if (poisonRows.onLoss(batch.rows(), lost.size() == 1)
          && byBroker
          && batch.lane() != Lane.LIVE
          && refusals.onClosed(batch.rows(), sent.place(), nowMs)) {
        convict(batch);
      }
    }
  }

  /** Returns the boot of a batch in flight, if the message is one. */
  Optional<Integer> bootOf(long id) {
    return Optional.ofNullable(inFlightBatches.get(id)).map(sent -> sent.plan().rows().boot());
  }

  /**
   * Holds the other ids in flight, because the broker may have closed the connection instead of
   * denying their topics; the rows in flight become backlog.
   *
   * @return the boots of these ids; if it is empty nothing was done
   */
  List<Integer> holdOtherIds(long nowMs) {
    List<Integer> boots =
        inFlightBatches.values().stream()
            .map(sent -> sent.plan().rows().boot())
            .filter(others::isOther)
            .distinct()
            .toList();
    boots.forEach(boot -> others.hold(boot, nowMs));
    if (!boots.isEmpty()) {
      inFlightBatches.clear();
    }
    return boots;
  }

  /** Applies a loss that no row can have caused: the rows in flight become backlog. */
  void onLossWithoutBlame() {
    inFlightBatches.clear();
  }

  /**
   * Applies a loss that the broker explained by a packet that is too large: the batches in flight
   * are split. A topic whose batch was a single row alone in flight is closed for 5 min, because a
   * row that is too large is held and never declared.
   *
   * @return whether a topic was closed
   */
  boolean onPacketTooLarge(long nowMs) {
    List<SentBatch> lost = takeInFlightBatches();
    boolean closed = false;
    for (SentBatch sent : lost) {
      PlannedBatch batch = sent.plan();
      if (poisonRows.onRefused(batch.rows()) && lost.size() == 1) {
        backoff(batch.lane()).onAnswer(DeliveryOutcome.HOLD, nowMs);
        closed = true;
      }
    }
    return closed;
  }

  /**
   * Removes and returns the rows that the broker refuses while it accepts others; the caller
   * declares them.
   */
  List<Range> refusedRows() {
    List<Range> rows = List.copyOf(convicted);
    convicted.clear();
    return rows;
  }

  /**
   * Removes and returns the rows that the broker refuses to take once more while it accepts others.
   */
  List<Range> refusedResends() {
    List<Range> rows = List.copyOf(convictedResends);
    convictedResends.clear();
    return rows;
  }

  /** Returns the number of rows in flight. */
  long inFlightRows() {
    return inFlightBatches.values().stream().mapToLong(sent -> sent.plan().rows().size()).sum();
  }

  private Optional<PlannedBatch> nextLive(long nowMs) {
    return live.next(nowMs)
        .filter(rows -> inFlight.hasRoom(0, 0) && !awaitsFirstAcceptance(Lane.LIVE))
        .map(rows -> new PlannedBatch(Lane.LIVE, rows));
  }

  private Optional<PlannedBatch> nextBacklog(long nowMs, long oldestInFlightMs) {
    if (!inFlight.hasRoom(SPARED_MESSAGES, SPARED_BYTES)
        || !pace.allows(backlogInFlight(), oldestInFlightMs)
        || live.isExpected(pace.quietMs(), nowMs)
        || awaitsFirstAcceptance(Lane.BACKLOG)) {
      return Optional.empty();
    }
    Collection<Range> except = notToSend(nowMs);
    IntPredicate wanted = boot -> !others.isHeld(boot, nowMs);
    return backlog
        .next(live.backlogEnd(), except, wanted, pace.rows(), nowMs)
        .map(run -> new PlannedBatch(Lane.BACKLOG, poisonRows.sendablePrefix(run)))
        .or(() -> nextResend(except, wanted, nowMs))
        .filter(batch -> !poisonRows.mustBeSentAlone(batch.rows()) || inFlight.size() == 0);
  }

  private int backlogInFlight() {
    int batches = 0;
    for (SentBatch sent : inFlightBatches.values()) {
      batches += sent.plan().lane() == Lane.LIVE ? 0 : 1;
    }
    return batches;
  }

  private Optional<PlannedBatch> nextResend(
      Collection<Range> except, IntPredicate wanted, long nowMs) {
    return backlog.isOpen(nowMs)
        ? resend
            .next(except, wanted, nowMs)
            .map(run -> new PlannedBatch(Lane.RESEND, poisonRows.sendablePrefix(run)))
        : Optional.empty();
  }

  /** Returns whether a batch is in flight on a topic whose last batch was refused. */
  private boolean awaitsFirstAcceptance(Lane lane) {
    return backoff(lane).isRefused()
        && inFlightBatches.values().stream()
            .anyMatch(sent -> sent.plan().lane().key().equals(lane.key()));
  }

  private Collection<Range> notToSend(long nowMs) {
    Stream<Range> sent = inFlightBatches.values().stream().map(of -> of.plan().rows());
    return Stream.of(sent, convicted.stream(), refusals.waiting(nowMs))
        .flatMap(rows -> rows)
        .toList();
  }

  private void onAnswer(SentBatch sent, DeliveryOutcome outcome, long nowMs) {
    PlannedBatch batch = sent.plan();
    int boot = batch.rows().boot();
    if (others.isOther(boot) && outcome == DeliveryOutcome.HOLD) {
      others.hold(boot, nowMs);
      return;
    }
    if (outcome == DeliveryOutcome.SPLIT) {
      onRefused(batch, nowMs);
      return;
    }
    backoff(batch.lane()).onAnswer(outcome, nowMs);
    if (others.isOther(boot) && outcome == DeliveryOutcome.DELIVERED) {
      others.release(boot);
    }
    if (outcome == DeliveryOutcome.DELIVERED) {
      onAccepted(sent);
    } else if (outcome == DeliveryOutcome.TOO_LARGE && poisonRows.onRefused(batch.rows())) {
      backoff(batch.lane()).onAnswer(DeliveryOutcome.HOLD, nowMs);
    }
  }

  private void onAccepted(SentBatch sent) {
    PlannedBatch batch = sent.plan();
    poisonRows.clear(batch.rows());
    switch (batch.lane()) {
      case LIVE -> refusals.onLiveAccepted();
      case BACKLOG -> refusals.onAccepted(batch.rows(), sent.place());
      case RESEND -> {
        refusals.onAccepted(batch.rows(), sent.place());
        resend.markSent(batch.rows());
      }
    }
  }

  /**
   * Splits a refused batch. The topic backs off, except for a single row that was refused before,
   * because that row has a wait of its own and must not delay the others.
   */
  private void onRefused(PlannedBatch batch, long nowMs) {
    if (!refusals.isKnown(batch.rows())) {
      backoff(batch.lane()).onAnswer(DeliveryOutcome.SPLIT, nowMs);
    }
    if (poisonRows.onRefused(batch.rows())
        && batch.lane() != Lane.LIVE
        && refusals.onRefused(batch.rows(), nowMs)) {
      convict(batch);
    }
  }

  private void convict(PlannedBatch batch) {
    Range row = batch.rows();
    poisonRows.clear(row);
    refusals.clear(row);
    if (batch.lane() == Lane.RESEND) {
      resend.giveUp(row);
      convictedResends.add(row);
    } else {
      convicted.add(row);
    }
  }

  private List<SentBatch> takeInFlightBatches() {
    List<SentBatch> batches = List.copyOf(inFlightBatches.values());
    inFlightBatches.clear();
    return batches;
  }

  private TopicBackoff backoff(Lane lane) {
    return switch (lane) {
      case LIVE -> live.backoff();
      case BACKLOG, RESEND -> backlog.backoff();
    };
  }
}
