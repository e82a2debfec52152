package dev.streetbox.mqtt;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Lists what is done with each property that a CONNACK can carry (MQTT 5, 3.2.2.3). */
enum ConnackProperty {
  /** The broker keeps the session for another time; Session Present tells whether it did. */
  SESSION_EXPIRY(Property.SESSION_EXPIRY_INTERVAL, Handling.HARMLESS),
  /** The number of unanswered messages; 0 is malformed. */
  RECEIVE_MAXIMUM(Property.RECEIVE_MAXIMUM, Handling.HONOURED),
  /** QoS 0 is refused in words, because the broker would acknowledge no row. */
  MAXIMUM_QOS(Property.MAXIMUM_QOS, Handling.REFUSED),
  /** Without it, messages are sent unretained, the will of the next connection too. */
  RETAIN_AVAILABLE(Property.RETAIN_AVAILABLE, Handling.HONOURED),
  /** No larger message is sent; 0 is malformed. */
  MAXIMUM_PACKET_SIZE(Property.MAXIMUM_PACKET_SIZE, Handling.HONOURED),
  /** The client has sent its own identifier, under which it is known. */
  ASSIGNED_CLIENT_IDENTIFIER(Property.ASSIGNED_CLIENT_IDENTIFIER, Handling.HARMLESS),
  /** Topics are sent as aliases up to that number. */
  TOPIC_ALIAS_MAXIMUM(Property.TOPIC_ALIAS_MAXIMUM, Handling.HONOURED),
  /** It explains a refusal and is printed with it. */
  REASON_STRING(Property.REASON_STRING, Handling.HONOURED),
  USER_PROPERTY(Property.USER_PROPERTY, Handling.HARMLESS),
  /** A subscription with a wildcard is not sent without it. */
  WILDCARD(Property.WILDCARD_SUBSCRIPTION_AVAILABLE, Handling.HONOURED),
  /** No subscription identifier is ever sent. */
  SUBSCRIPTION_IDENTIFIERS(Property.SUBSCRIPTION_IDENTIFIERS_AVAILABLE, Handling.HARMLESS),
  /** A shared subscription is not sent without it. */
  SHARED_SUBSCRIPTION(Property.SHARED_SUBSCRIPTION_AVAILABLE, Handling.HONOURED),
  /** PINGREQ is sent at least that often; 0 sets no limit. */
  SERVER_KEEP_ALIVE(Property.SERVER_KEEP_ALIVE, Handling.HONOURED),
  /** It was not requested. */
  RESPONSE_INFORMATION(Property.RESPONSE_INFORMATION, Handling.HARMLESS),
  /** It is printed with 0x9c and 0x9d; the configuration names the broker. */
  SERVER_REFERENCE(Property.SERVER_REFERENCE, Handling.HONOURED),
  /** It is refused in words, because the client has sent none. */
  AUTHENTICATION_METHOD(Property.AUTHENTICATION_METHOD, Handling.REFUSED),
  /** It is refused in words, because the client has sent none. */
  AUTHENTICATION_DATA(Property.AUTHENTICATION_DATA, Handling.REFUSED);

  /** Names what is done with a property. */
  enum Handling {
    /** The client does what the property asks. */
    HONOURED,
    /** The connection is closed with a text that names the property. */
    REFUSED,
    /** The property changes nothing for this client. */
    HARMLESS
  }

  /** The properties of a CONNACK; any other is malformed. */
  static final Set<Property> ALL = all();

  private final Property property;
  private final Handling handling;

  ConnackProperty(Property property, Handling handling) {
    this.property = property;
    this.handling = handling;
  }

  Property property() {
    return property;
  }

  Handling handling() {
    return handling;
  }

  private static Set<Property> all() {
    Set<Property> all = EnumSet.noneOf(Property.class);
    Arrays.stream(values()).forEach(known -> all.add(known.property));
    return Collections.unmodifiableSet(all);
  }
}
