package dev.streetbox.publish;

import dev.streetbox.mqtt.Message;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;

/** Reads planned rows and makes one message of as many as a packet of the broker can carry. */
final class BatchFitter {
  /**
   * Holds what was made of a planned batch.
   *
   * @param plan the rows that are left of it, at least one
   * @param batch what the outbox has of them
   * @param message the batch as a message, which is too large only if one row is
   */
  record Fitted(PlannedBatch plan, Batch batch, Message message) {}

  private final Outbox outbox;
  private final MessageComposer composer;

  BatchFitter(Outbox outbox, MessageComposer composer) {
    this.outbox = outbox;
    this.composer = composer;
  }

  /**
   * Reads the rows of a plan, or as many as fit.
   *
   * @param limitBytes the largest packet that the broker takes
   * @throws IOException if the rows cannot be read
   */
  Fitted fit(PlannedBatch wanted, long limitBytes) throws IOException {
    Fitted fitted = read(wanted);
    while (fitted.message().wireBytes() > limitBytes && fitted.plan().rows().size() > 1) {
      fitted = read(fitted.plan().halved());
    }
    return fitted;
  }

  private Fitted read(PlannedBatch plan) throws IOException {
    Batch batch = outbox.read(plan.rows());
    return new Fitted(plan, batch, composer.batch(plan.lane(), batch));
  }
}
