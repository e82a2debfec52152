package dev.streetbox.mqtt;

import dev.streetbox.measure.PrintableText;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what a broker states when it accepts a connection (CONNACK; MQTT 5, 3.2).
 *
 * @param sessionPresent whether the broker still holds the session
 * @param receiveMaximum how many unacknowledged messages the broker accepts, 1 to 65,535
 * @param maximumPacketBytes the largest packet that the broker accepts
 * @param keepAliveS the longest time without a packet of the client, in seconds; 0 for no limit
 * @param topicAliasMaximum the number of topic aliases that the broker accepts
 * @param missing the features that are not available
 */
record Connack(
    boolean sessionPresent,
    int receiveMaximum,
    long maximumPacketBytes,
    int keepAliveS,
    int topicAliasMaximum,
    Set<BrokerFeature> missing) {

  /** The length of a CONNACK of MQTT 3.1.1, which has no properties. */
  private static final int OLD_LENGTH = 2;

  /** The largest number of characters of a text of the broker in a message. */
  private static final int MAX_REASON = 200;

  /**
   * Parses a CONNACK.
   *
   * @param keepAliveS the client's Keep Alive, which holds unless the broker sets another, in s
   * @throws BrokerException if the broker refuses the connection, offers less than a client needs
   *     here, or the packet is malformed
   */
  static Connack parse(PacketFields fields, int keepAliveS) throws BrokerException {
    boolean old = fields.remaining() == OLD_LENGTH;
    int flags = fields.readByte();
    if (flags > 1) {
      throw fields.malformed("its flags are %d, not 0 or 1".formatted(flags));
    }
    int code = fields.readByte();
    if (old) {
      throw new BrokerException(ofOldForm(code));
    }
    PropertyValues properties = fields.readProperties(ConnackProperty.ALL);
    fields.checkEnd();
    if (code != 0) {
      throw new BrokerException(ReasonCode.inConnack(code, reason(properties)), code);
    }
    checkOffer(properties);
    return new Connack(
        flags == 1,
        (int) properties.positive(Property.RECEIVE_MAXIMUM, 65_535),
        properties.positive(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE),
        (int) properties.number(Property.SERVER_KEEP_ALIVE, keepAliveS),
        (int) properties.number(Property.TOPIC_ALIAS_MAXIMUM, 0),
        missing(properties));
  }

  /** Returns the broker's Reason String and Server Reference, as far as the packet has them. */
  static String reason(PropertyValues properties) throws BrokerException {
    return Stream.of(
            properties.text(Property.REASON_STRING),
            properties.text(Property.SERVER_REFERENCE).map(server -> "server: " + server))
        .flatMap(text -> text.stream())
        .map(text -> PrintableText.of(text, MAX_REASON))
        .collect(Collectors.joining(", "));
  }

  /** Returns what a CONNACK of MQTT 3.1.1 means (MQTT 3.1.1, table 3.1). */
  private static ConnectionFailure ofOldForm(int code) {
    String answer = " (the broker answers in MQTT 3.1.1, 0x%02x)".formatted(code);
    return switch (code) {
      case 2 -> ConnectionFailure.refused("the broker does not accept the box's id" + answer);
      case 3 -> new ConnectionFailure("the broker is busy" + answer, ConnectionFailure.Kind.BUSY);
      case 4, 5 -> ConnectionFailure.refused("the broker refuses the login" + answer);
      default ->
          code >= ReasonCode.FIRST_ERROR
              ? ReasonCode.inConnack(code, "")
              : ConnectionFailure.refused(
                  "the broker does not support MQTT 5: it supports MQTT 3.1.1 only"
                      + ", 0x%02x: another broker, or a newer version of it, is needed"
                          .formatted(code));
    };
  }

  private static void checkOffer(PropertyValues properties) throws BrokerException {
    if (!properties.isAvailable(Property.MAXIMUM_QOS)) {
      throw refused(
          "the broker offers QoS 0 only, at which it acknowledges no message: allow QoS 1 on the"
              + " broker");
    }
    if (properties.contains(Property.AUTHENTICATION_METHOD)
        || properties.contains(Property.AUTHENTICATION_DATA)) {
      throw refused(
          "the broker uses enhanced authentication, which this client does not offer: allow"
              + " password or certificate on the broker");
    }
  }

  private static BrokerException refused(String text) {
    return new BrokerException(ConnectionFailure.refused(text));
  }

  private static Set<BrokerFeature> missing(PropertyValues properties) throws BrokerException {
    Set<BrokerFeature> missing = EnumSet.noneOf(BrokerFeature.class);
    for (BrokerFeature feature : Arrays.asList(BrokerFeature.values())) {
      if (!properties.isAvailable(property(feature))) {
        missing.add(feature);
      }
    }
    // Its value is of no use here, but it must be one that MQTT 5 allows.
    properties.isAvailable(Property.SUBSCRIPTION_IDENTIFIERS_AVAILABLE);
    return missing;
  }

  private static Property property(BrokerFeature feature) {
    return switch (feature) {
      case RETAIN -> Property.RETAIN_AVAILABLE;
      case WILDCARD -> Property.WILDCARD_SUBSCRIPTION_AVAILABLE;
      case SHARED_SUBSCRIPTION -> Property.SHARED_SUBSCRIPTION_AVAILABLE;
    };
  }
}
