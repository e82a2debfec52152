package dev.streetbox.publish;

import dev.streetbox.mqtt.Message;
import dev.streetbox.outbox.Batch;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;

/**
 * Reads planned rows and makes one message of as many as the broker's Maximum Packet Size allows.
 */
final class BatchFitter {
  /**
   * Holds a planned batch as a message.
   *
   * @param plan the part of the planned rows that fits, at least one row; of rows to send once more
   *     the part that the outbox still has
   * @param batch what the outbox has of these rows
   * @param message the batch as a message; it is too large only if it holds a single row
   */
  record Fitted(PlannedBatch plan, Batch batch, Message message) {}

  private final Outbox outbox;
  private final MessageComposer composer;

  BatchFitter(Outbox outbox, MessageComposer composer) {
    this.outbox = outbox;
    this.composer = composer;
  }

  /**
   * Reads the rows of a plan, and halves the plan until the message fits.
   *
   * @param limitBytes the broker's Maximum Packet Size
   * @throws IOException if the rows cannot be read
   */
  Fitted fit(PlannedBatch wanted, long limitBytes) throws IOException {
    Fitted fitted = read(wanted);
    while (fitted.message().packetBytes() > limitBytes && fitted.plan().rows().size() > 1) {
      fitted = read(fitted.plan().halved());
    }
    return fitted;
  }

  private Fitted read(PlannedBatch plan) throws IOException {
    Batch batch =
        plan.lane() == Lane.RESEND ? outbox.readAgain(plan.rows()) : outbox.read(plan.rows());
    PlannedBatch found = new PlannedBatch(plan.lane(), batch.range());
    return new Fitted(found, batch, composer.batch(plan.lane(), batch));
  }
}
