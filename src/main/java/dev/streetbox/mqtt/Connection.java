package dev.streetbox.mqtt;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Carries messages to and from one broker until it is lost; it is then thrown away. What comes from
 * the broker waits in a queue, and no method but {@link #await} blocks. All methods but {@link
 * #wake} are called by the thread that opened the connection.
 */
public interface Connection {
  /** Returns the next event that was not returned yet, if there is one. */
  Optional<ConnectionEvent> poll();

  /**
   * Returns the next event that was not returned yet, and waits for it.
   *
   * @param limit how long at most
   * @throws InterruptedIOException if the thread was interrupted; the interrupt flag stays set
   */
  Optional<ConnectionEvent> await(Duration limit) throws InterruptedIOException;

  /**
   * Ends a running or the next {@link #await} with {@link ConnectionEvent.Woken}; any thread may
   * call this.
   */
  void wake();

  /**
   * Sends a message at QoS 1. {@link ConnectionEvent.Answered} with the same id carries the
   * broker's answer; a message that is not answered before the loss is in doubt.
   *
   * @param id the caller's own number for the message, used once in a connection
   */
  void publish(long id, Message message);

  /** Asks for messages; {@link ConnectionEvent.Subscribed} carries the broker's answer. */
  void subscribe(String topicFilter);

  /** Acknowledges a message that has arrived; until then the broker sends it again. */
  void accept(ConnectionEvent.Arrived arrived);

  /**
   * Sends DISCONNECT, so that the broker does not publish the will; {@link ConnectionEvent.Lost}
   * follows once it is sent. To be called after {@link ConnectionEvent.Connected} only.
   */
  void disconnect();

  /** Drops the connection, in whatever state it is, without DISCONNECT. May be called twice. */
  void drop();
}
