package dev.streetbox.mqtt;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Carries messages to and from one broker. A connection that is lost is not used again. Events from
 * the broker are queued, and no method but {@link #await} blocks. All methods but {@link #wake} are
 * called by the thread that opened the connection.
 */
public interface Connection {
  /** Removes and returns the next event, or empty if there is none. */
  Optional<ConnectionEvent> poll();

  /**
   * Waits for the next event, removes and returns it; empty if none comes within the limit.
   *
   * @param limit the longest wait
   * @throws InterruptedIOException if the thread was interrupted; the interrupt flag stays set
   */
  Optional<ConnectionEvent> await(Duration limit) throws InterruptedIOException;

  /**
   * Ends a running or the next {@link #await} with {@link ConnectionEvent.Woken}. May be called by
   * any thread.
   */
  void wake();

  /**
   * Sends a message at QoS 1. {@link ConnectionEvent.Answered} with the same id carries the reason
   * code of the PUBACK. If the connection is lost before, the broker may have the message or not.
   *
   * @param id the caller's number for the message, used once in a connection
   */
  void publish(long id, Message message);

  /** Sends SUBSCRIBE at QoS 1; {@link ConnectionEvent.Subscribed} carries the broker's answer. */
  void subscribe(String topicFilter);

  /**
   * Sends SUBSCRIBE at QoS 1, so that each message has the RETAIN flag that its sender set (Retain
   * As Published), and so that the broker sends retained messages only if the session did not have
   * the subscription before; {@link ConnectionEvent.Subscribed} carries the broker's answer.
   */
  void subscribeAsPublished(String topicFilter);

  /** Acknowledges a message that has arrived; without it the broker sends the message again. */
  void acknowledge(ConnectionEvent.Arrived arrived);

  /**
   * Sends DISCONNECT, so that the broker does not publish the will; {@link ConnectionEvent.Lost}
   * follows once DISCONNECT is sent. May be called after {@link ConnectionEvent.Connected} only.
   */
  void disconnect();

  /** Closes the socket without DISCONNECT, in any state. May be called twice. */
  void drop();
}
