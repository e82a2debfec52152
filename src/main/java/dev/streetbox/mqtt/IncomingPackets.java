package dev.streetbox.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Parses each packet of the broker before Paho does, and encodes anew what Paho 1.2.5 parses
 * without an error: Paho ends its thread with a stack trace at a malformed packet, allocates what a
 * length announces, and knows not every reason code. {@link #next} is called by one thread, the
 * other methods by any.
 */
final class IncomingPackets {
  private static final Set<Property> OF_PUBLISH =
      EnumSet.of(
          Property.PAYLOAD_FORMAT_INDICATOR,
          Property.MESSAGE_EXPIRY_INTERVAL,
          Property.CONTENT_TYPE,
          Property.RESPONSE_TOPIC,
          Property.CORRELATION_DATA,
          Property.SUBSCRIPTION_IDENTIFIER,
          Property.USER_PROPERTY);
  private static final Set<Property> OF_ACK =
      EnumSet.of(Property.REASON_STRING, Property.USER_PROPERTY);
  private static final Set<Property> OF_DISCONNECT =
      EnumSet.of(
          Property.SESSION_EXPIRY_INTERVAL,
          Property.REASON_STRING,
          Property.USER_PROPERTY,
          Property.SERVER_REFERENCE);

  /** The first byte of a TLS record that holds an alert (RFC 8446, 5.1). */
  private static final int TLS_ALERT = 0x15;

  private static final int RETAIN_NOT_SUPPORTED = 0x9a;

  /** The bits of the QoS in the flags of PUBLISH. */
  private static final int QOS_BITS = 0x06;

  /** The name of the user property that states the length of a PUBLISH without its payload. */
  static final String OMITTED = "omitted";

  private final PacketReader reader;
  private final int keepAliveS;
  private final AckCodes codes;
  private final RetainSupport retain;
  private volatile Optional<Connack> connack = Optional.empty();

  /**
   * @param keepAliveS the client's Keep Alive, in s
   * @param codes takes the reason codes of the acknowledgements
   */
  IncomingPackets(PacketReader reader, int keepAliveS, AckCodes codes, RetainSupport retain) {
    this.reader = reader;
    this.keepAliveS = keepAliveS;
    this.codes = codes;
    this.retain = retain;
  }

  /** Returns what the broker has stated in CONNACK; empty before. */
  Optional<Connack> connack() {
    return connack;
  }

  /**
   * Reads one packet and returns the bytes to pass to Paho.
   *
   * @throws BrokerException if the packet ends the connection
   * @throws EOFException if the stream ends
   */
  byte[] next() throws IOException {
    try {
      return connack.isPresent() ? pass(reader.next()) : first();
    } catch (BrokerException e) {
      if (e.code() == RETAIN_NOT_SUPPORTED) {
        retain.onRefused();
      }
      throw e;
    }
  }

  private byte[] first() throws IOException {
    try {
      checkIsMqtt();
      return pass(reader.next());
    } catch (BrokerException e) {
      throw e.beforeConnack();
    } catch (EOFException e) {
      throw noAnswer(ConnectionFailure.Kind.EARLY_CLOSE);
    } catch (SocketException e) {
      throw noAnswer(ConnectionFailure.Kind.EARLY_RESET);
    }
  }

  private static BrokerException noAnswer(ConnectionFailure.Kind kind) {
    return new BrokerException(
        new ConnectionFailure(
            "the broker has closed the connection before it answered CONNECT: is it a port for"
                + " TLS (mqtts://), or a broker without MQTT 5?",
            kind));
  }

  /** Checks that the first byte is one of MQTT, and names what else may answer. */
  private void checkIsMqtt() throws IOException {
    int first = reader.peek();
    Optional<PacketType> type = PacketType.of(first);
    if (type.filter(known -> known != PacketType.PUBLISH && (first & 0x0f) == 0).isPresent()) {
      return;
    }
    String answer = "its first byte is 0x%02x".formatted(first);
    if (first == TLS_ALERT) {
      answer = "the port is one for TLS: write mqtts:// in [mqtt] broker";
    } else if (reader.isNext("HTTP/") || reader.isNext("<")) {
      answer =
          "an HTTP server answers: log in at the captive portal of this network, or correct the"
              + " port";
    }
    throw new BrokerException(ConnectionFailure.refused("no MQTT broker answers, " + answer));
  }

  private byte[] pass(IncomingPacket packet) throws BrokerException {
    PacketFields fields = packet.fields();
    if (connack.isPresent() == (packet.type() == PacketType.CONNACK)
        && packet.type() != PacketType.DISCONNECT
        && packet.type() != PacketType.AUTH) {
      throw fields.malformed(connack.isPresent() ? "it is the second" : "it is before CONNACK");
    }
    return switch (packet.type()) {
      case CONNACK -> passConnack(fields);
      case PUBLISH -> passPublish(packet);
      case PUBACK -> passPuback(fields);
      case SUBACK -> passSuback(fields);
      case PINGRESP -> passPingresp(fields);
      case DISCONNECT -> throw disconnect(fields);
      case AUTH ->
          throw new BrokerException(
              ConnectionFailure.refused(
                  "the broker asks for enhanced authentication, which this client does not offer:"
                      + " allow password or certificate on the broker"));
    };
  }

  private byte[] passConnack(PacketFields fields) throws BrokerException {
    Connack parsed = Connack.parse(fields, keepAliveS);
    connack = Optional.of(parsed);
    retain.onConnack(!parsed.missing().contains(BrokerFeature.RETAIN));
    ByteArrayOutputStream properties = new ByteArrayOutputStream();
    // More frequent PINGREQ than asked for are allowed, and 0 would end the detection of a loss.
    if (parsed.keepAliveS() > 0 && parsed.keepAliveS() < keepAliveS) {
      writeTwoBytes(properties, Property.SERVER_KEEP_ALIVE, parsed.keepAliveS());
    }
    writeTwoBytes(properties, Property.RECEIVE_MAXIMUM, forPaho(parsed.receiveMaximum()));
    writeTwoBytes(properties, Property.TOPIC_ALIAS_MAXIMUM, forPaho(parsed.topicAliasMaximum()));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(parsed.sessionPresent() ? 1 : 0);
    body.write(0);
    writeVariable(body, properties.size());
    body.writeBytes(properties.toByteArray());
    return encode(PacketType.CONNACK.header(0), body);
  }

  /** Returns a limit that Paho 1.2.5, which reads both bytes as a signed number, takes as it is. */
  private static int forPaho(int limit) {
    return Math.min(Short.MAX_VALUE, limit);
  }

  /**
   * Returns a PUBLISH; without its properties and payload if it is above the limit, or if its
   * sender has chosen a topic or a property with a text that is none. Such a message must not end
   * the connection, because the broker would deliver it again on each connection of the session.
   */
  private static byte[] passPublish(IncomingPacket packet) throws BrokerException {
    PacketFields fields = packet.fields();
    int bytes = Math.max(packet.omittedBytes(), fields.remaining());
    Optional<String> topic = readTopic(packet.flags(), fields);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writeBinary(body, topic.orElse(PacketReader.UNREADABLE).getBytes(StandardCharsets.UTF_8));
    if ((packet.flags() & QOS_BITS) != 0) {
      writeTwoBytes(body, fields.readPacketId());
    }
    Optional<byte[]> content =
        packet.omittedBytes() > 0 || topic.isEmpty() ? Optional.empty() : content(fields);
    body.writeBytes(content.orElseGet(() -> omitted(bytes)));
    return encode(PacketType.PUBLISH.header(packet.flags()), body);
  }

  /** Returns the topic; empty if its text is none that a topic may have. */
  private static Optional<String> readTopic(int flags, PacketFields fields) throws BrokerException {
    int qos = (flags & QOS_BITS) >> 1;
    if (qos > 1) {
      throw fields.malformed("its QoS is %d, of a subscription at QoS 1".formatted(qos));
    }
    Optional<String> topic = fields.readText();
    if (topic.filter(String::isEmpty).isPresent()) {
      throw fields.malformed("its topic is none");
    }
    return topic.filter(text -> text.indexOf('+') < 0 && text.indexOf('#') < 0);
  }

  /** Returns properties and payload; empty if a text among the properties is none. */
  private static Optional<byte[]> content(PacketFields fields) throws BrokerException {
    PropertyValues properties = fields.readProperties(OF_PUBLISH);
    ByteArrayOutputStream used = new ByteArrayOutputStream();
    for (Property text : new Property[] {Property.CONTENT_TYPE, Property.RESPONSE_TOPIC}) {
      if (!properties.isReadable(text)) {
        return Optional.empty();
      }
      properties
          .text(text)
          .ifPresent(value -> write(used, text, value.getBytes(StandardCharsets.UTF_8)));
    }
    properties
        .bytes(Property.CORRELATION_DATA)
        .ifPresent(value -> write(used, Property.CORRELATION_DATA, value));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    writeVariable(content, used.size());
    content.writeBytes(used.toByteArray());
    content.writeBytes(fields.readRest());
    return Optional.of(content.toByteArray());
  }

  /**
   * Returns properties that state the length of what is omitted, and no payload. The user property
   * is of this class only, because those of senders are not passed.
   */
  private static byte[] omitted(int bytes) {
    ByteArrayOutputStream length = new ByteArrayOutputStream();
    write(length, Property.USER_PROPERTY, OMITTED.getBytes(StandardCharsets.US_ASCII));
    writeBinary(length, Integer.toString(bytes).getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    writeVariable(content, length.size());
    content.writeBytes(length.toByteArray());
    return content.toByteArray();
  }

  private byte[] passPuback(PacketFields fields) throws BrokerException {
    int packetId = fields.readPacketId();
    int code = fields.remaining() > 0 ? fields.readByte() : 0;
    String reason = fields.remaining() > 0 ? Connack.reason(fields.readProperties(OF_ACK)) : "";
    fields.checkEnd();
    codes.put(packetId, new AckCodes.Ack(code, reason));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writeTwoBytes(body, packetId);
    return encode(PacketType.PUBACK.header(0), body);
  }

  private byte[] passSuback(PacketFields fields) throws BrokerException {
    int packetId = fields.readPacketId();
    String reason = Connack.reason(fields.readProperties(OF_ACK));
    codes.put(packetId, new AckCodes.Ack(fields.readByte(), reason));
    fields.checkEnd();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writeTwoBytes(body, packetId);
    body.write(0); // No properties.
    body.write(1); // QoS 1; the code of the broker is kept.
    return encode(PacketType.SUBACK.header(0), body);
  }

  private static byte[] passPingresp(PacketFields fields) throws BrokerException {
    fields.checkEnd();
    return encode(PacketType.PINGRESP.header(0), new ByteArrayOutputStream());
  }

  private static BrokerException disconnect(PacketFields fields) throws BrokerException {
    int code = fields.remaining() > 0 ? fields.readByte() : 0;
    String reason =
        fields.remaining() > 0 ? Connack.reason(fields.readProperties(OF_DISCONNECT)) : "";
    fields.checkEnd();
    return new BrokerException(ReasonCode.inDisconnect(code, reason), code);
  }

  private static byte[] encode(int header, ByteArrayOutputStream body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream(body.size() + 5);
    packet.write(header);
    writeVariable(packet, body.size());
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Property property, byte[] value) {
    out.write(property.id());
    writeBinary(out, value);
  }

  private static void writeBinary(ByteArrayOutputStream out, byte[] value) {
    writeTwoBytes(out, value.length);
    out.writeBytes(value);
  }

  private static void writeTwoBytes(ByteArrayOutputStream out, Property property, int value) {
    out.write(property.id());
    writeTwoBytes(out, value);
  }

  private static void writeTwoBytes(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private static void writeVariable(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.write(rest);
  }
}
