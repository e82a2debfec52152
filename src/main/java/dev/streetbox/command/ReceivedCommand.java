package dev.streetbox.command;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Holds a message on the topic of commands, not yet parsed and not trusted.
 *
 * @param number the receiver's number for the message, which the answer repeats
 * @param box the published id of the box under which the message was sent
 * @param former whether the box had that id on an earlier day only
 * @param subtopic the levels of the topic below {@code cmd}, joined by slashes; empty without any
 * @param payload the body; not copied
 * @param correlation the request's Correlation Data in hex; empty without any
 * @param delivery how the message was sent
 */
public record ReceivedCommand(
    long number,
    String box,
    boolean former,
    String subtopic,
    ByteBuffer payload,
    String correlation,
    Arrival delivery) {

  /** Limits the body of a command, in bytes. */
  public static final int LIMIT_BYTES = 4096;

  private static final int CORRELATION_BYTES = 64;

  /**
   * Describes how a message was sent.
   *
   * @param retained whether its sender asked the broker to keep it
   * @param acknowledged whether it was sent at QoS 1
   */
  public record Arrival(boolean retained, boolean acknowledged) {
    /** Describes a message as commands must be sent. */
    public static final Arrival RIGHT = new Arrival(false, true);
  }

  /** Returns why no command may be sent in this way; empty if it may. */
  Optional<String> fault() {
    if (delivery.retained()) {
      return Optional.of("a retained command would come again and again: publish it unretained");
    }
    if (!delivery.acknowledged()) {
      return Optional.of("a command at QoS 0 may be lost: publish it at QoS 1");
    }
    if (correlation.length() > 2 * CORRELATION_BYTES) {
      return Optional.of(
          "correlation data of %d bytes, %d are accepted"
              .formatted(correlation.length() / 2, CORRELATION_BYTES));
    }
    if (payload.remaining() > LIMIT_BYTES) {
      return Optional.of("%d bytes, %d are accepted".formatted(payload.remaining(), LIMIT_BYTES));
    }
    return Optional.empty();
  }

  /** Returns the Correlation Data to answer with: the request's, or none if they are too long. */
  String answeredCorrelation() {
    return correlation.length() > 2 * CORRELATION_BYTES ? "" : correlation;
  }
}
