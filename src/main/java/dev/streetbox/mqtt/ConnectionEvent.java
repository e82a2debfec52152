package dev.streetbox.mqtt;

/** Tells what has happened on a {@link Connection}. */
public sealed interface ConnectionEvent {
  /**
   * The broker has accepted the connection (CONNACK).
   *
   * @param receiveMaximum how many messages it takes unacknowledged, 1 to 65,535
   * @param maximumPacketBytes the largest packet that it takes
   * @param sessionPresent whether it still knows the subscriptions of this client id
   */
  record Connected(int receiveMaximum, long maximumPacketBytes, boolean sessionPresent)
      implements ConnectionEvent {}

  /**
   * The broker has answered a message (PUBACK).
   *
   * @param id what {@link Connection#publish} was given
   * @param code the reason code; below 0x80 the broker has the message
   */
  record Answered(long id, int code) implements ConnectionEvent {}

  /**
   * The broker has answered a subscription (SUBACK).
   *
   * @param code the reason code; below 0x80 the subscription is granted
   */
  record Subscribed(int code) implements ConnectionEvent {}

  /**
   * A message has arrived.
   *
   * @param id what {@link Connection#accept} needs in order to acknowledge it; 0 if it asks for no
   *     acknowledgement
   */
  record Arrived(Message message, int id) implements ConnectionEvent {}

  /** {@link Connection#wake} was called: whoever waits is to look for what there is to send. */
  record Woken() implements ConnectionEvent {}

  /** The connection was not made, or is gone; no event follows. */
  record Lost(ConnectionFailure trouble) implements ConnectionEvent {}
}
