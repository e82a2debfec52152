package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.ConnectionFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parses packets of a broker, valid and malformed ones, before Paho does. */
class IncomingPacketsTest {
  private static final String CONNACK = "20 03 00 00 00";
  private static final int LIMIT_BYTES = 300;

  private final AckCodes codes = new AckCodes();
  private final RetainSupport retain = new RetainSupport();

  private IncomingPackets packets(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return new IncomingPackets(
        new PacketReader(new ByteArrayInputStream(bytes), LIMIT_BYTES), 30, codes, retain);
  }

  /** Returns packets of which CONNACK was read. */
  private IncomingPackets connected(String hex) throws IOException {
    IncomingPackets packets = packets(CONNACK + hex);
    packets.next();
    return packets;
  }

  private static ConnectionFailure failure(IncomingPackets packets) {
    return assertThrows(BrokerException.class, packets::next).failure();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  @Test
  void eachCodeOfAPubackIsKeptAndPahoIsGivenOneThatItKnows() throws IOException {
    for (int code = 0; code <= 0xff; code++) {
      byte[] passed = connected("40 03 12 34 %02x".formatted(code)).next();
      assertEquals("40 02 12 34", hex(passed));
      assertEquals(code, codes.take(0x1234).code(), "0x%02x".formatted(code));
      passed = connected("40 07 12 34 %02x 03 1f 00 00".formatted(code)).next();
      assertEquals("40 02 12 34", hex(passed));
      assertEquals(code, codes.take(0x1234).code(), "0x%02x with a Reason String".formatted(code));
    }
    connected("40 02 00 01").next();
    assertEquals(0, codes.take(1).code(), "a PUBACK without a code is a success");
    assertEquals(0x80, codes.take(1).code(), "without a PUBACK nothing was acknowledged");
  }

  @Test
  void eachCodeOfASubackIsKeptAndPahoIsGivenOneThatItKnows() throws IOException {
    for (int code = 0; code <= 0xff; code++) {
      assertEquals(
          "90 04 00 07 00 01", hex(connected("90 04 00 07 00 %02x".formatted(code)).next()));
      assertEquals(code, codes.take(7).code());
    }
  }

  @Test
  void eachCodeOfAConnackButSuccessIsAFailureAfterWhichTheWaitsGrow() {
    Set<Kind> growing = EnumSet.of(Kind.BUSY, Kind.REFUSED);
    for (int code = 1; code <= 0xff; code++) {
      ConnectionFailure failure = failure(packets("20 03 00 %02x 00".formatted(code)));
      String hex = "0x%02x".formatted(code);
      assertTrue(failure.text().contains(hex), failure.text());
      assertTrue(growing.contains(failure.kind()), hex + " " + failure.kind());
    }
  }

  @Test
  void eachCodeOfADisconnectHasItsKind() throws IOException {
    for (int code = 0; code <= 0xff; code++) {
      ConnectionFailure failure = failure(connected("e0 01 %02x".formatted(code)));
      String hex = "0x%02x".formatted(code);
      assertTrue(failure.text().contains(hex), failure.text());
      assertEquals(kindInDisconnect(code), failure.kind(), hex);
    }
    assertEquals(Kind.CONNECTION, failure(connected("e0 00")).kind());
  }

  private static Kind kindInDisconnect(int code) {
    return switch (code) {
      case 0x84, 0x85, 0x86, 0x87, 0x8a, 0x8c, 0x8e, 0x8f, 0x90, 0x98, 0x9b, 0x9c, 0x9d, 0x9e ->
          Kind.REFUSED;
      case 0xa1, 0xa2 -> Kind.REFUSED;
      case 0x88, 0x89, 0x96, 0x97, 0x9f -> Kind.BUSY;
      case 0x00, 0x01, 0x02, 0x04, 0x10, 0x11, 0x18, 0x19 -> Kind.CONNECTION;
      case 0x8b, 0x8d, 0x93, 0x94, 0x9a, 0xa0 -> Kind.CONNECTION;
      case 0x95 -> Kind.TOO_LARGE;
      default -> Kind.NETWORK;
    };
  }

  @Test
  void aReasonStringAndAServerReferenceAreTold() throws IOException {
    assertEquals(
        "the broker is shutting down, 0x8b \"at 9\"",
        failure(connected("e0 09 8b 07 1f 00 04 61 74 20 39")).text());
    assertEquals(
        "the broker's operator has closed the connection or moved the server, 0x9d \"server: b\"",
        failure(packets("20 07 00 9d 04 1c 00 01 62")).text());
  }

  @Test
  void aRefusalOfRetainedMessagesIsKept() {
    assertTrue(retain.isAvailable());
    failure(packets("20 03 00 9a 00"));
    assertEquals(false, retain.isAvailable());
  }

  @Test
  void aBrokerWithoutRetainedMessagesIsBelievedUntilItOffersThem() throws IOException {
    packets("20 05 00 00 02 25 00").next();
    assertEquals(false, retain.isAvailable());
    packets(CONNACK).next();
    assertTrue(retain.isAvailable());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "c0 00, PINGREQ is no packet of a broker: type 12",
    "50 02 00 01, PUBREC answers nothing: type 5",
    "00 00, type 0: type 0",
    "41 02 00 01, wrong flags: (PUBACK): its flags are 1",
    "e1 00, wrong flags: (DISCONNECT): its flags are 1",
    "40 ff ff ff ff 01, a length of five bytes: more than four bytes",
    "40 ff ff ff 7f, 268 MB: 268435455 bytes",
    "40 ad 02, one byte above the limit: 301 bytes",
    "40 00, no packet identifier: truncated",
    "40 02 00 00, packet identifier 0: identifier is 0",
    "40 06 00 01 00 05 1f 00, truncated properties: properties are truncated",
    "40 08 00 01 00 04 1f 00 01 07, a control character in a Reason String: control character",
    "40 07 00 01 00 03 1f 00 05, a truncated Reason String: (PUBACK): it is truncated",
    "40 06 00 01 00 02 21 05, a property of CONNACK: property 0x21 is not allowed",
    "40 05 00 01 00 01 7e, an unknown property: property 0x7e is not allowed",
    "40 05 00 01 00 00 00, a byte too many: 1 bytes too many",
    "40 0a 00 01 00 06 1f 00 00 1f 00 00, a property twice: occurs twice",
    "d0 01 00, PINGRESP with a body: 1 bytes too many",
    "90 03 00 01 00, SUBACK without a code: truncated",
    "20 03 00 00 00, a second CONNACK: it is the second",
    "30 03 00 00 00, an empty topic: its topic is none",
    "30 04 00 05 61 00, a topic that is truncated: truncated",
    "34 06 00 01 61 00 01 00, QoS 2: its QoS is 2",
    "36 06 00 01 61 00 01 00, QoS 3: its QoS is 3",
    "32 06 00 01 61 00 00 00, packet identifier 0: identifier is 0",
    "30 07 00 01 61 03 23 00 01, a topic alias that was not offered: property 0x23",
    "30 09 00 01 61 05 0b ff ff ff ff, a number without end: more than four bytes"
  })
  void aMalformedPacketEndsTheConnectionInWordsWithoutBlamingARow(String hex, String expected)
      throws IOException {
    ConnectionFailure failure = failure(connected(hex));
    String words = expected.substring(expected.indexOf(": ") + 2);
    assertTrue(failure.text().contains("malformed packet"), failure.text());
    assertTrue(failure.text().contains(words), failure.text());
    assertEquals(Kind.CONNECTION, failure.kind());
  }

  @Test
  void aPublishIsPassedWithTheFieldsThatAreUsed() throws IOException {
    String topic = "00 01 61";
    String used = "03 00 01 74 08 00 01 72 09 00 02 00 ff";
    String unused = "01 01 02 00 00 00 09 0b 05 0b 06 26 00 01 07 00 01 07";
    byte[] passed = connected("33 27 " + topic + "00 05 1f" + used + unused + "68 69").next();
    assertEquals(
        "33 15 00 01 61 00 05 0d 03 00 01 74 08 00 01 72 09 00 02 00 ff 68 69", hex(passed));
    assertEquals("30 05 00 01 61 00 68", hex(connected("30 05 00 01 61 00 68").next()));
  }

  @Test
  void ofAPublishAboveTheLimitTopicAndIdentifierArePassedAndTheRestIsPassedOver()
      throws IOException {
    String large = "33 ad 02 00 03 61 2f 62 12 34" + "07".repeat(301 - 7);
    IncomingPackets packets = connected(large + "40 02 00 01");
    assertEquals(
        "33 17 00 03 61 2f 62 12 34 0f 26 00 07 6f 6d 69 74 74 65 64 00 03 33 30 31",
        hex(packets.next()));
    assertEquals("40 02 00 01", hex(packets.next()));
  }

  /** A broker of a durable session would send such a message again on each connection. */
  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "00 01 07 12 34 00 68, a control character in a topic, unreadable",
    "00 01 00 12 34 00 68, U+0000 in a topic, unreadable",
    "00 02 c3 28 12 34 00 68, a topic that is no UTF-8, unreadable",
    "00 03 ed a0 80 12 34 00 68, a surrogate in a topic, unreadable",
    "00 01 23 12 34 00 68, a wildcard in a topic, unreadable",
    "00 03 61 2f 2b 12 34 00 68, another wildcard in a topic, unreadable",
    "00 01 61 12 34 04 03 00 01 07 68, a control character in the content type, a",
    "00 01 61 12 34 04 08 00 01 ff 68, a response topic that is no UTF-8, a"
  })
  void ofAPublishWithATextThatIsNoneTheIdentifierIsPassedAndTheConnectionGoesOn(
      String fields, String what, String topic) throws IOException {
    int length = HexFormat.of().parseHex(fields.replace(" ", "")).length;
    IncomingPackets packets = connected("32 %02x %s 40 02 00 01".formatted(length, fields));
    String omitted = "26 00 07 6f 6d 69 74 74 65 64 00 0%x ".formatted((length + "").length());
    String digits = hex((length + "").getBytes(StandardCharsets.US_ASCII));
    String passed = hex(packets.next());
    String start = hex(topic.getBytes(StandardCharsets.US_ASCII)) + " 12 34 ";
    assertTrue(passed.contains(start), passed);
    assertTrue(passed.endsWith(omitted + digits), passed);
    assertEquals("40 02 00 01", hex(packets.next()));
  }

  @Test
  void aPublishOf256MegabytesCostsNoMemoryAndCanBeAcknowledgedBeforeItHasArrived()
      throws IOException {
    byte[] start = HexFormat.of().parseHex(CONNACK.replace(" ", "") + "32ffffff7f000161000907");
    long[] sent = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return sent[0] < start.length ? start[(int) sent[0]++] & 0xff : next();
          }

          private int next() {
            sent[0]++;
            return sent[0] <= start.length + 268_435_455L - 6 ? 0 : 0xd0;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            assertTrue(length <= 8192, "a buffer of " + length + " bytes");
            int count = 0;
            while (count < length && (sent[0] < start.length || count == 0)) {
              bytes[offset + count++] = (byte) read();
            }
            for (; count < length; count++) {
              bytes[offset + count] = (byte) next();
            }
            return length;
          }
        };
    IncomingPackets packets =
        new IncomingPackets(new PacketReader(endless, LIMIT_BYTES), 30, codes, retain);
    packets.next();
    byte[] passed = packets.next();
    assertTrue(hex(passed).startsWith("32 1b 00 01 61 00 09"), hex(passed));
    assertTrue(sent[0] < 5000, "it is passed before the rest has arrived");
    assertThrows(BrokerException.class, packets::next);
    assertTrue(sent[0] >= 268_435_455L, "all of it was passed over");
  }

  @Test
  void aTopicThatIsTooLongIsPassedAsUnreadable() throws IOException {
    String topic = "61".repeat(600);
    byte[] passed = connected("32 bc 05 02 58 " + topic + "00 09" + "00".repeat(96)).next();
    assertTrue(
        hex(passed).startsWith("32 1e 00 0a 75 6e 72 65 61 64 61 62 6c 65 00 09"), hex(passed));
  }

  @Test
  void aPublishAboveTheLimitThatIsShorterThanItsTopicIsMalformed() throws IOException {
    assertTrue(
        failure(connected("32 ad 02 ff ff 61")).text().contains("truncated"), "shorter than topic");
  }

  @Test
  void aPacketOfTheLargestSizeIsPassed() throws IOException {
    String body = "00".repeat(LIMIT_BYTES - 4);
    byte[] passed = connected("30 ac 02 00 01 61 00" + body).next();
    assertEquals(LIMIT_BYTES + 3, passed.length);
    assertArrayEquals(
        new byte[] {0x30, (byte) 0xac, 0x02}, new byte[] {passed[0], passed[1], passed[2]});
  }

  @Test
  void theEndOfTheStreamAfterConnackIsNoFailureOfItsOwn() throws IOException {
    assertThrows(EOFException.class, connected("")::next);
    assertThrows(EOFException.class, connected("40 02 00")::next);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "'', EARLY_CLOSE, closed the connection before it answered CONNECT",
    "20, EARLY_CLOSE, closed the connection before it answered CONNECT",
    "20 02 00 01, REFUSED, supports MQTT 3.1.1 only",
    "20 02 00 00, REFUSED, supports MQTT 3.1.1 only",
    "20 02 00 02, REFUSED, does not accept the box's id",
    "20 02 00 03, BUSY, busy",
    "20 02 00 05, REFUSED, refuses the login",
    "15 03 01 00 02 02 46, REFUSED, write mqtts://",
    "48 54 54 50 2f 31 2e 31 20 34 30 30, REFUSED, captive portal",
    "3c 68 74 6d 6c 3e, REFUSED, captive portal",
    "53 53 48 2d 32 2e 30, REFUSED, 'no MQTT broker answers, its first byte is 0x53'",
    "30 03 00 01 61, REFUSED, no MQTT broker answers",
    "d0 00, BUSY, before CONNACK",
    "20 03 02 00 00, BUSY, 'flags are 2, not 0 or 1'",
    "20 03 00 00 05, BUSY, truncated",
    "f0 00, REFUSED, enhanced authentication",
    "e0 01 8b, BUSY, shutting down"
  })
  void anAnswerToConnectIsNamedAsWhatItIs(String hex, Kind kind, String words) {
    ConnectionFailure failure = failure(packets(hex));
    assertTrue(failure.text().contains(words), failure.text());
    assertEquals(kind, failure.kind());
  }

  @Test
  void aPublishWhoseLengthIsAtALimitOfTheEncodingIsPassedAsItCame() throws IOException {
    for (int length : new int[] {127, 128, 129}) {
      String packet =
          "30 %s 00 01 61 00 %s"
              .formatted(
                  length < 0x80 ? "7f" : "%02x 01".formatted((length & 0x7f) | 0x80),
                  "62 ".repeat(length - 4))
              .strip();
      assertEquals(packet, hex(connected(packet).next()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "90 05 00 01 00 01 ff, SUBACK",
    "e0 03 00 00 ff, DISCONNECT",
  })
  void aPacketWithBytesBehindItsEndIsMalformed(String hex, String word) throws IOException {
    String text = failure(connected(hex)).text();
    assertTrue(text.contains(word), text);
  }

  @Test
  void aConnackWithBytesBehindItsEndIsMalformed() {
    String text = failure(packets("20 04 00 00 00 ff")).text();
    assertTrue(text.contains("CONNACK"), text);
  }

  @Test
  void aDisconnectWithoutACodeIsANormalOne() throws IOException {
    ConnectionFailure normal = ReasonCode.inDisconnect(0, "");
    assertEquals(normal.text(), failure(connected("e0 00")).text());
  }

  @Test
  void aConnackMayHaveTheSessionsFlagAndNoOther() throws IOException {
    IncomingPackets packets = packets("20 03 01 00 00");
    packets.next();
    assertTrue(packets.connack().orElseThrow().sessionPresent());
    String text = failure(packets("20 03 02 00 00")).text();
    assertTrue(text.contains("its flags are 2"), text);
  }

  @Test
  void theSmallestErrorOfAConnackOfTheOldFormIsOneOfMqtt5() {
    assertEquals(ReasonCode.inConnack(0x80, "").text(), failure(packets("20 02 00 80")).text());
    String text = failure(packets("20 02 00 7f")).text();
    assertTrue(text.contains("MQTT 3.1.1 only"), text);
  }

  @Test
  void aPacketIsReadInPiecesOfAnySize() throws IOException {
    BrokerInput input =
        new BrokerInput(packets(CONNACK), UnaryOperator.identity(), new LossReason());
    byte[] whole = packets(CONNACK).next();
    byte[] bytes = new byte[whole.length + 10];
    assertEquals(2, input.read(bytes, 0, 2));
    assertEquals(whole.length - 2, input.available());
    assertEquals(whole.length - 2, input.read(bytes, 2, bytes.length - 2));
    assertArrayEquals(whole, Arrays.copyOf(bytes, whole.length));
  }
}
