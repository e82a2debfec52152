package dev.streetbox.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes over packets that are too large; the limit of these tests is 16 bytes. */
class PacketReaderTest {
  private static final int LIMIT_BYTES = 16;
  private static final int QOS_0 = 0x30;
  private static final int QOS_1 = 0x32;
  private static final byte[] PINGRESP = {(byte) 0xd0, 0};

  /**
   * Returns a PUBLISH with a topic, packet identifier 258 if it has one, and so many bytes more.
   */
  private static byte[] publish(int header, int topicBytes, int moreBytes) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    int length = 2 + topicBytes + (header == QOS_0 ? 0 : 2) + moreBytes;
    packet.write(header);
    packet.write(length % 128 | (length >= 128 ? 0x80 : 0));
    if (length >= 128) {
      packet.write(length / 128);
    }
    packet.write(topicBytes >> 8);
    packet.write(topicBytes);
    packet.writeBytes("t".repeat(topicBytes).getBytes(US_ASCII));
    if (header != QOS_0) {
      packet.write(1);
      packet.write(2);
    }
    packet.writeBytes(new byte[moreBytes]);
    return packet.toByteArray();
  }

  private static PacketReader reader(byte[]... packets) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      stream.writeBytes(packet);
    }
    return new PacketReader(new ByteArrayInputStream(stream.toByteArray()), LIMIT_BYTES);
  }

  private static void assertNextIsPingresp(PacketReader reader) throws IOException {
    assertEquals(PacketType.PINGRESP, reader.next().type());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 255, 256, 300, 512})
  void ofALargePublishTopicAndIdentifierAreRead(int topicBytes) throws IOException {
    PacketReader reader = reader(publish(QOS_1, topicBytes, 3000), PINGRESP);
    IncomingPacket packet = reader.next();
    assertEquals(2 + topicBytes + 2 + 3000, packet.omittedBytes());
    assertEquals(Optional.of("t".repeat(topicBytes)), packet.fields().readText());
    assertEquals(258, packet.fields().readPacketId());
    assertEquals(0, packet.fields().remaining());
    assertNextIsPingresp(reader);
  }

  @Test
  void aTopicOfMoreThan512BytesIsReplaced() throws IOException {
    PacketReader reader = reader(publish(QOS_1, 513, 1), PINGRESP);
    IncomingPacket packet = reader.next();
    assertEquals(Optional.of(PacketReader.UNREADABLE), packet.fields().readText());
    assertEquals(258, packet.fields().readPacketId());
    assertNextIsPingresp(reader);
  }

  @Test
  void aLargePublishWithoutAnIdentifierHasNone() throws IOException {
    PacketReader reader = reader(publish(QOS_0, 20, 1), PINGRESP);
    IncomingPacket packet = reader.next();
    assertEquals(Optional.of("t".repeat(20)), packet.fields().readText());
    assertEquals(0, packet.fields().remaining());
    assertNextIsPingresp(reader);
  }

  /** A PUBLISH ends with its properties, but the broker's mistake is found later than here. */
  @ParameterizedTest
  @ValueSource(ints = {QOS_0, QOS_1})
  void aLargePublishThatEndsWithItsIdentifierIsPassedOver(int header) throws IOException {
    PacketReader reader = reader(publish(header, 20, 0), PINGRESP);
    assertEquals(Optional.of("t".repeat(20)), reader.next().fields().readText());
    assertNextIsPingresp(reader);
  }

  @ParameterizedTest
  @ValueSource(ints = {QOS_0, QOS_1})
  void aTopicThatIsLongerThanItsPacketIsMalformed(int header) {
    byte[] packet = publish(header, 40, 0);
    packet[1]--; // the Remaining Length
    assertThrows(BrokerException.class, () -> reader(packet, PINGRESP).next());
  }

  @Test
  void aStreamThatEndsWithinALargePublishEnds() throws IOException {
    byte[] whole = publish(QOS_1, 20, 100);
    byte[] part = new byte[whole.length - 1];
    System.arraycopy(whole, 0, part, 0, part.length);
    PacketReader reader = reader(part);
    reader.next();
    assertThrows(EOFException.class, reader::next);
  }

  @Test
  void anExpectedTextStaysInTheStream() throws IOException {
    PacketReader reader =
        new PacketReader(new ByteArrayInputStream("HTTP/1.1".getBytes(US_ASCII)), LIMIT_BYTES);
    assertFalse(reader.isNext("HTTQ"));
    assertTrue(reader.isNext("HTTP"));
    assertEquals('H', reader.peek());
  }
}
