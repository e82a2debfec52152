package dev.streetbox.publish;

/** What a {@link Link} has to tell. */
sealed interface LinkEvent {
  /**
   * The broker has said welcome.
   *
   * @param receiveMaximum how many messages it takes unacknowledged, 1 to 65,535
   * @param maximumPacketBytes the largest packet that it takes
   * @param sessionPresent whether it still knows the subscriptions of this client id
   */
  record Connected(int receiveMaximum, long maximumPacketBytes, boolean sessionPresent)
      implements LinkEvent {}

  /**
   * The broker has answered a message.
   *
   * @param id what {@link Link#publish} was given
   * @param code the PUBACK's reason code; below 0x80 the broker has the message
   */
  record Answered(long id, int code) implements LinkEvent {}

  /**
   * The broker has answered a subscription.
   *
   * @param code the SUBACK's reason code; below 0x80 it is granted
   */
  record Subscribed(int code) implements LinkEvent {}

  /**
   * A message has come.
   *
   * @param id what {@link Link#accept} wants in order to acknowledge it; 0 if it asks for no
   *     acknowledgement
   */
  record Arrived(Message message, int id) implements LinkEvent {}

  /** Whoever waits is to look for what there is to send. */
  record Woken() implements LinkEvent {}

  /** The connection was not made, or is gone; nothing follows. */
  record Lost(Trouble trouble) implements LinkEvent {}
}
