package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.ConnackProperty.Handling;
import dev.streetbox.mqtt.ConnectionFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Applies each property that a CONNACK can carry (MQTT 5, 3.2.2.3). */
class ConnackTest {
  private static final int KEEP_ALIVE_S = 30;
  private static final Connack PLAIN =
      new Connack(false, 65_535, Long.MAX_VALUE, KEEP_ALIVE_S, 0, Set.of());

  private static Connack parse(String properties) throws IOException {
    byte[] list = HexFormat.of().parseHex(properties.replace(" ", ""));
    byte[] packet = new byte[3 + list.length];
    packet[2] = (byte) list.length;
    System.arraycopy(list, 0, packet, 3, list.length);
    return Connack.parse(new PacketFields("CONNACK", packet), KEEP_ALIVE_S);
  }

  /** Returns one CONNACK property with its value, in hex. */
  private static String example(ConnackProperty property) {
    return switch (property) {
      case SESSION_EXPIRY -> "11 00 00 00 05";
      case RECEIVE_MAXIMUM -> "21 00 05";
      case MAXIMUM_QOS -> "24 00";
      case RETAIN_AVAILABLE -> "25 00";
      case MAXIMUM_PACKET_SIZE -> "27 00 00 01 00";
      case ASSIGNED_CLIENT_IDENTIFIER -> "12 00 01 78";
      case TOPIC_ALIAS_MAXIMUM -> "22 00 0a";
      case REASON_STRING -> "1f 00 01 78";
      case USER_PROPERTY -> "26 00 01 78 00 01 79 26 00 01 78 00 01 79";
      case WILDCARD -> "28 00";
      case SUBSCRIPTION_IDENTIFIERS -> "29 00";
      case SHARED_SUBSCRIPTION -> "2a 00";
      case SERVER_KEEP_ALIVE -> "13 00 07";
      case RESPONSE_INFORMATION -> "1a 00 01 78";
      case SERVER_REFERENCE -> "1c 00 01 78";
      case AUTHENTICATION_METHOD -> "15 00 01 78";
      case AUTHENTICATION_DATA -> "16 00 01 78";
    };
  }

  /** Returns what a CONNACK with that property and nothing else says. */
  private static Connack expected(ConnackProperty property) {
    return switch (property) {
      case RECEIVE_MAXIMUM -> new Connack(false, 5, Long.MAX_VALUE, KEEP_ALIVE_S, 0, Set.of());
      case MAXIMUM_PACKET_SIZE -> new Connack(false, 65_535, 256, KEEP_ALIVE_S, 0, Set.of());
      case SERVER_KEEP_ALIVE -> new Connack(false, 65_535, Long.MAX_VALUE, 7, 0, Set.of());
      case TOPIC_ALIAS_MAXIMUM ->
          new Connack(false, 65_535, Long.MAX_VALUE, KEEP_ALIVE_S, 10, Set.of());
      case RETAIN_AVAILABLE -> missing(BrokerFeature.RETAIN);
      case WILDCARD -> missing(BrokerFeature.WILDCARD);
      case SHARED_SUBSCRIPTION -> missing(BrokerFeature.SHARED_SUBSCRIPTION);
      case REASON_STRING, SERVER_REFERENCE -> PLAIN; // Honoured with an error code.
      case MAXIMUM_QOS, AUTHENTICATION_METHOD, AUTHENTICATION_DATA -> throw new AssertionError();
      case SESSION_EXPIRY,
          ASSIGNED_CLIENT_IDENTIFIER,
          USER_PROPERTY,
          SUBSCRIPTION_IDENTIFIERS,
          RESPONSE_INFORMATION ->
          PLAIN;
    };
  }

  private static Connack missing(BrokerFeature feature) {
    return new Connack(false, 65_535, Long.MAX_VALUE, KEEP_ALIVE_S, 0, Set.of(feature));
  }

  @ParameterizedTest
  @EnumSource(ConnackProperty.class)
  void eachPropertyIsHandledAsTheTableSays(ConnackProperty property) throws IOException {
    if (property.handling() == Handling.REFUSED) {
      ConnectionFailure failure =
          assertThrows(BrokerException.class, () -> parse(example(property))).failure();
      assertEquals(Kind.REFUSED, failure.kind());
      assertTrue(failure.text().contains(" on the broker"), failure.text());
      return;
    }
    assertEquals(expected(property), parse(example(property)));
    if (property.handling() == Handling.HARMLESS) {
      assertEquals(PLAIN, expected(property));
    }
  }

  @Test
  void theTableHasThePropertiesOfTheStandardAndNoOther() throws IOException {
    Set<Integer> standard =
        Set.of(
            0x11, 0x12, 0x13, 0x15, 0x16, 0x1a, 0x1c, 0x1f, 0x21, 0x22, 0x24, 0x25, 0x26, 0x27,
            0x28, 0x29, 0x2a);
    assertEquals(
        standard,
        Arrays.stream(ConnackProperty.values())
            .map(known -> known.property().id())
            .collect(Collectors.toSet()));
    for (int id : IntStream.range(0, 0x80).filter(id -> !standard.contains(id)).toArray()) {
      BrokerException thrown =
          assertThrows(BrokerException.class, () -> parse("%02x 00 00 00 00".formatted(id)));
      assertTrue(thrown.getMessage().contains("property 0x%02x".formatted(id)));
    }
  }

  @ParameterizedTest
  @CsvSource({"21 00 00", "27 00 00 00 00", "24 02", "25 02", "28 02", "29 02", "2a 02"})
  void aValueThatTheStandardForbidsIsMalformed(String property) {
    BrokerException thrown = assertThrows(BrokerException.class, () -> parse(property));
    assertTrue(thrown.getMessage().contains("malformed"), thrown.getMessage());
  }

  @Test
  void qos0OnlyIsARefusalThatNamesTheRemedy() {
    assertEquals(
        "the broker offers QoS 0 only, at which it acknowledges no message: allow QoS 1 on the"
            + " broker",
        assertThrows(BrokerException.class, () -> parse("24 00")).getMessage());
  }

  @Test
  void everythingAtOnceIsParsed() throws IOException {
    String all =
        Arrays.stream(ConnackProperty.values())
            .filter(known -> known.handling() != Handling.REFUSED)
            .map(ConnackTest::example)
            .collect(Collectors.joining(" "));
    assertEquals(
        new Connack(false, 5, 256, 7, 10, Set.of(BrokerFeature.values())), parse(all + " 24 01"));
  }

  @Test
  void pahoIsGivenTheShorterKeepAliveOnlyAndNoPacketSize() throws IOException {
    assertEquals(
        "200c000009" + "130007" + "210005" + "22000a",
        passed("13 00 07 21 00 05 22 00 0a 27 00 00 01 00"));
    String none = "2009000006" + "217fff" + "220000";
    assertEquals(none, passed(""));
    assertEquals(none, passed("13 00 00"));
    assertEquals(none, passed("13 ff ff"));
  }

  private static String passed(String properties) throws IOException {
    byte[] list = HexFormat.of().parseHex(properties.replace(" ", ""));
    String head = "20%02x0000%02x".formatted(list.length + 3, list.length);
    byte[] packet = HexFormat.of().parseHex(head + HexFormat.of().formatHex(list));
    IncomingPackets packets =
        new IncomingPackets(
            new PacketReader(new ByteArrayInputStream(packet), 1000),
            KEEP_ALIVE_S,
            new AckCodes(),
            new RetainSupport());
    return HexFormat.of().formatHex(packets.next());
  }
}
