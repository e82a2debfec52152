package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.Range;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.outbox.Drop;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends the rows that the lanes select, acknowledges or drops them in the outbox by the broker's
 * answers, and counts both. Used by the publisher's thread.
 */
final class RowSender {
  private final Outbox outbox;
  private final Time time;
  private final BatchFitter fitter;
  private final Lanes lanes;
  private final Transmitter transmitter;
  private final TopicFaults faults;
  private final SendCounts counts;
  private final RemoteSettings remote;

  /** The drop records in each message in flight, by its number. */
  private final Map<Long, List<Drop>> dropsInFlight = new HashMap<>();

  /** The revision of the settings with which each batch in flight was composed, by its number. */
  private final Map<Long, Long> revisions = new HashMap<>();

  /**
   * @param time the clock of the rows
   * @param remote the settings that an acknowledged batch confirms
   */
  RowSender(
      Outbox outbox,
      Time time,
      BatchFitter fitter,
      Lanes lanes,
      Transmitter transmitter,
      TopicFaults faults,
      SendCounts counts,
      RemoteSettings remote) {
    this.outbox = outbox;
    this.time = time;
    this.fitter = fitter;
    this.lanes = lanes;
    this.transmitter = transmitter;
    this.faults = faults;
    this.counts = counts;
    this.remote = remote;
  }

  /** Begins a new connection. */
  void onConnected() {
    lanes.onConnected(time.tickMs());
  }

  /** Makes the newest rows due now. */
  void makeLiveDue() {
    lanes.makeLiveDue(time.tickMs());
  }

  /**
   * Sends the batches that are due, up to the first that is not live, because reading and encoding
   * takes time: an answer that waited for all batches would look like one of a slow link.
   *
   * @return whether a further batch may be due now
   */
  boolean sendDue() {
    Optional<PlannedBatch> plan = next();
    while (plan.isPresent() && plan.get().lane() == Lane.LIVE) {
      send(plan.get());
      plan = next();
    }
    plan.ifPresent(this::send);
    declareRefusedRows();
    return plan.isPresent();
  }

  private Optional<PlannedBatch> next() {
    return transmitter.mayPublish()
        ? lanes.next(time.tickMs(), transmitter.oldestInFlightMs())
        : Optional.empty();
  }

  /**
   * Applies the broker's answer to a message.
   *
   * @return the lane of the batch, if the message was one
   */
  Optional<Lane> onAnswer(ConnectionEvent.Answered answer, DeliveryOutcome outcome) {
    Optional<PlannedBatch> batch = lanes.onAnswer(answer.id(), outcome, time.tickMs());
    if (outcome == DeliveryOutcome.TOO_LARGE
        && batch.filter(one -> one.rows().size() == 1).isPresent()) {
      faults.onRowTooLarge();
    }
    Optional<Long> revision = Optional.ofNullable(revisions.remove(answer.id()));
    List<Drop> drops = Optional.ofNullable(dropsInFlight.remove(answer.id())).orElse(List.of());
    if (batch.isPresent() && outcome == DeliveryOutcome.DELIVERED) {
      revision.ifPresent(remote::onBatchAcknowledged);
      onDelivered(batch.get(), drops, answer.code());
    }
    return batch.map(PlannedBatch::lane);
  }

  /** Notes in the outbox that the broker has a batch; rows sent once more are noted already. */
  private void onDelivered(PlannedBatch batch, List<Drop> drops, int code) {
    if (batch.lane() == Lane.RESEND) {
      return;
    }
    outbox.acknowledge(batch.rows(), drops);
    counts.countAcknowledged(batch.rows().size(), code);
    if (batch.lane() == Lane.BACKLOG && !lanes.isBacklogHeld(time.tickMs())) {
      faults.onOldestRowAccepted();
    }
  }

  /** Returns the boot of a batch in flight, if the message is one. */
  Optional<Integer> bootOf(long id) {
    return lanes.bootOf(id);
  }

  /** Holds the other ids in flight; returns the boots of these ids. */
  List<Integer> holdOtherIds() {
    List<Integer> boots = lanes.holdOtherIds(time.tickMs());
    if (!boots.isEmpty()) {
      dropsInFlight.clear();
      revisions.clear();
    }
    return boots;
  }

  /** Applies a loss to the rows in flight, which become backlog. */
  void onConnectionLost(ConnectionFailure cause) {
    if (cause.kind() == ConnectionFailure.Kind.TOO_LARGE) {
      transmitter.onPacketTooLarge();
      if (lanes.onPacketTooLarge(time.tickMs())) {
        faults.onRowTooLarge();
      }
    } else if (cause.isAboutConnection()) {
      lanes.onLossWithoutBlame();
    } else {
      lanes.onConnectionLost(cause.kind() != ConnectionFailure.Kind.SILENCE, time.tickMs());
    }
    dropsInFlight.clear();
    revisions.clear();
    declareRefusedRows();
  }

  /** Returns whether a batch may become due without any new row or answer. */
  boolean isWaiting() {
    return lanes.isWaiting(time.tickMs());
  }

  /** Returns the number of rows in flight. */
  long inFlightRows() {
    return lanes.inFlightRows();
  }

  /** Declares the rows that the broker refuses while it accepts others. */
  void declareRefusedRows() {
    for (Range rows : lanes.refusedRows()) {
      outbox.drop(rows, Reason.REFUSED);
      faults.onRefusedRow(rows);
    }
    lanes.refusedResends().forEach(faults::onRefusedResend);
  }

  private void send(PlannedBatch wanted) {
    long revision = remote.revision();
    try {
      BatchFitter.Fitted fitted = fitter.fit(wanted, transmitter.batchLimitBytes());
      PlannedBatch plan = fitted.plan();
      if (fitted.batch().rows().isEmpty()) {
        lanes.skip(plan);
      } else if (!transmitter.fits(fitted.message())) {
        lanes.holdTooLarge(plan, time.tickMs());
        faults.onRowTooLarge();
      } else {
        long id = transmitter.newId();
        dropsInFlight.put(id, fitted.batch().drops());
        revisions.put(id, revision);
        lanes.markSent(id, plan, time.tickMs());
        if (plan.lane() != Lane.RESEND) {
          counts.countSent(plan.rows().size());
        }
        transmitter.publish(id, fitted.message());
      }
    } catch (IOException e) {
      faults.onUnreadableRows(e.getMessage());
      lanes.postpone(wanted, time.tickMs());
    }
  }
}
