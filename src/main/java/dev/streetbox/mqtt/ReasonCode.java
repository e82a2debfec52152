package dev.streetbox.mqtt;

import static dev.streetbox.mqtt.ConnectionFailure.Kind.BUSY;
import static dev.streetbox.mqtt.ConnectionFailure.Kind.CONNECTION;
import static dev.streetbox.mqtt.ConnectionFailure.Kind.NETWORK;
import static dev.streetbox.mqtt.ConnectionFailure.Kind.REFUSED;
import static dev.streetbox.mqtt.ConnectionFailure.Kind.TOO_LARGE;
import static dev.streetbox.mqtt.DeliveryOutcome.DELIVERED;
import static dev.streetbox.mqtt.DeliveryOutcome.HOLD;
import static dev.streetbox.mqtt.DeliveryOutcome.LATER;
import static dev.streetbox.mqtt.DeliveryOutcome.SPLIT;

import java.util.Optional;

/**
 * Lists the reason codes of MQTT 5 (table 2-6) with what each means in PUBACK and in DISCONNECT.
 * Brokers send codes also in packets for which MQTT 5 does not define them, so every code has both.
 */
enum ReasonCode {
  SUCCESS(0x00, DELIVERED, CONNECTION, Text.CLOSED),
  GRANTED_QOS_1(0x01, DELIVERED, CONNECTION, Text.CLOSED),
  GRANTED_QOS_2(0x02, DELIVERED, CONNECTION, Text.CLOSED),
  DISCONNECT_WITH_WILL(0x04, DELIVERED, CONNECTION, Text.CLOSED),
  NO_MATCHING_SUBSCRIBERS(0x10, DELIVERED, CONNECTION, Text.CLOSED),
  NO_SUBSCRIPTION_EXISTED(0x11, DELIVERED, CONNECTION, Text.CLOSED),
  CONTINUE_AUTHENTICATION(0x18, DELIVERED, CONNECTION, Text.CLOSED),
  RE_AUTHENTICATE(0x19, DELIVERED, CONNECTION, Text.CLOSED),
  UNSPECIFIED_ERROR(0x80, LATER, NETWORK, "the broker reports an error without a name"),
  MALFORMED_PACKET(0x81, LATER, NETWORK, "the broker calls a packet malformed"),
  PROTOCOL_ERROR(0x82, LATER, NETWORK, "the broker reports a protocol error"),
  IMPLEMENTATION_SPECIFIC(0x83, LATER, NETWORK, "the broker reports an error of its own"),
  UNSUPPORTED_VERSION(0x84, LATER, REFUSED, "the broker does not support MQTT 5"),
  CLIENT_ID(0x85, LATER, REFUSED, "the broker does not accept the box's id as client id"),
  BAD_LOGIN(0x86, LATER, REFUSED, "the broker refuses the login", Text.LOGIN),
  NOT_AUTHORIZED(0x87, HOLD, REFUSED, "the broker refuses the login", Text.LOGIN),
  SERVER_UNAVAILABLE(0x88, LATER, BUSY, "the broker is busy"),
  SERVER_BUSY(0x89, LATER, BUSY, "the broker is busy"),
  BANNED(0x8a, LATER, REFUSED, "the broker has banned this box"),
  SHUTTING_DOWN(0x8b, LATER, CONNECTION, "the broker is shutting down"),
  AUTHENTICATION_METHOD(0x8c, LATER, REFUSED, "the broker asks for an authentication method"),
  KEEP_ALIVE_TIMEOUT(0x8d, LATER, CONNECTION, Text.CLOSED),
  SESSION_TAKEN_OVER(
      0x8e,
      LATER,
      REFUSED,
      "another client has taken the session over",
      ": two boxes with one id?"),
  TOPIC_FILTER_INVALID(0x8f, LATER, REFUSED, "the broker accepts no such topic filter"),
  TOPIC_NAME_INVALID(0x90, HOLD, REFUSED, "the broker accepts no such topic", ": topic_root?"),
  PACKET_ID_IN_USE(0x91, LATER, NETWORK, "the broker holds a packet identifier to be in use"),
  PACKET_ID_NOT_FOUND(0x92, LATER, NETWORK, "the broker does not find a packet identifier"),
  RECEIVE_MAXIMUM_EXCEEDED(0x93, LATER, CONNECTION, "the broker counts too many open messages"),
  TOPIC_ALIAS_INVALID(0x94, LATER, CONNECTION, "the broker does not accept a topic alias"),
  PACKET_TOO_LARGE(
      0x95, DeliveryOutcome.TOO_LARGE, TOO_LARGE, "a packet was too large for the broker"),
  MESSAGE_RATE_TOO_HIGH(0x96, LATER, BUSY, "the broker limits this client"),
  QUOTA_EXCEEDED(0x97, LATER, BUSY, "the broker limits this client"),
  ADMINISTRATIVE_ACTION(0x98, LATER, REFUSED, Text.OPERATOR),
  PAYLOAD_FORMAT_INVALID(0x99, SPLIT, NETWORK, "the broker does not accept a payload"),
  RETAIN_NOT_SUPPORTED(0x9a, LATER, CONNECTION, "the broker keeps no retained messages"),
  QOS_NOT_SUPPORTED(0x9b, LATER, REFUSED, "the broker does not offer QoS 1"),
  USE_ANOTHER_SERVER(0x9c, LATER, REFUSED, Text.OPERATOR),
  SERVER_MOVED(0x9d, LATER, REFUSED, Text.OPERATOR),
  SHARED_NOT_SUPPORTED(0x9e, LATER, REFUSED, "the broker offers no shared subscriptions"),
  CONNECTION_RATE_EXCEEDED(0x9f, LATER, BUSY, "the broker limits this client"),
  MAXIMUM_CONNECT_TIME(0xa0, LATER, CONNECTION, Text.CLOSED),
  SUBSCRIPTION_IDS_NOT_SUPPORTED(
      0xa1, LATER, REFUSED, "the broker offers no subscription identifiers"),
  WILDCARDS_NOT_SUPPORTED(0xa2, LATER, REFUSED, "the broker offers no wildcard subscriptions");

  /** Holds the texts that several codes share. */
  private static final class Text {
    private static final String CLOSED = "the broker has closed the connection";
    private static final String LOGIN = ": check username, password_file, ACL";
    private static final String OPERATOR =
        "the broker's operator has closed the connection or moved the server";
  }

  /** The lowest code of an error; all below are successes. */
  static final int FIRST_ERROR = 0x80;

  private static final ReasonCode[] BY_CODE = new ReasonCode[0x100];

  static {
    for (ReasonCode known : values()) {
      BY_CODE[known.code] = known;
    }
  }

  private final int code;
  private final DeliveryOutcome inPuback;
  private final ConnectionFailure.Kind inDisconnect;
  private final String text;
  private final String remedy;

  ReasonCode(int code, DeliveryOutcome inPuback, ConnectionFailure.Kind inDisconnect, String text) {
    this(code, inPuback, inDisconnect, text, "");
  }

  ReasonCode(
      int code,
      DeliveryOutcome inPuback,
      ConnectionFailure.Kind inDisconnect,
      String text,
      String remedy) {
    this.code = code;
    this.inPuback = inPuback;
    this.inDisconnect = inDisconnect;
    this.text = text;
    this.remedy = remedy;
  }

  /** Returns the constant of a code, 0x00 to 0xff; empty if MQTT 5 does not define it. */
  static Optional<ReasonCode> of(int code) {
    return Optional.ofNullable(BY_CODE[code]);
  }

  /** Returns what to do with a message after a PUBACK with a code, 0x00 to 0xff. */
  static DeliveryOutcome inPuback(int code) {
    // A code that MQTT 5 does not define never removes a row if it is an error.
    return of(code).map(known -> known.inPuback).orElse(code < FIRST_ERROR ? DELIVERED : LATER);
  }

  /**
   * Returns what a DISCONNECT with a code, 0x00 to 0xff, means.
   *
   * @param reason the broker's Reason String and Server Reference, or empty
   */
  static ConnectionFailure inDisconnect(int code, String reason) {
    return new ConnectionFailure(
        describe(code, reason), of(code).map(known -> known.inDisconnect).orElse(NETWORK));
  }

  /**
   * Returns what a CONNACK with an error, 0x01 to 0xff, means.
   *
   * @param reason the broker's Reason String and Server Reference, or empty
   */
  static ConnectionFailure inConnack(int code, String reason) {
    return inDisconnect(code, reason).beforeConnack();
  }

  private static String describe(int code, String reason) {
    String hex = ", " + ConnectionFailure.hex(code, reason);
    return of(code).map(known -> known.text + hex + known.remedy).orElse(Text.CLOSED + hex);
  }
}
