package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final byte[] PAYLOAD = {1, 2, 3};

  @Test
  void aMessageHoldsWhatItWasMadeOf() {
    Message message = new Message("a/b", PAYLOAD, "application/json", true);
    assertEquals("a/b", message.topic());
    assertSame(PAYLOAD, message.payload());
    assertEquals("application/json", message.contentType());
    assertTrue(message.retained());
    assertFalse(new Message("a/b", PAYLOAD, "", false).retained());
    assertEquals(0, message.expiryS());
  }

  @Test
  void onlyTheCopyExpires() {
    Message message = new Message("a/b", PAYLOAD, "text/plain", true);
    Message expiring = message.expiringAfter(60);
    assertEquals(60, expiring.expiryS());
    assertEquals(0, message.expiryS());
    assertEquals("a/b", expiring.topic());
    assertSame(PAYLOAD, expiring.payload());
    assertEquals("text/plain", expiring.contentType());
    assertTrue(expiring.retained());
  }

  @Test
  void thePacketHasTopicPayloadContentTypeAnd22BytesMore() {
    assertEquals(3 + 3 + 10 + 22, new Message("a/b", PAYLOAD, "text/plain", false).packetBytes());
  }

  @Test
  void theRarePropertiesAreIndependentOfEachOther() {
    Message message =
        new Message("t", new byte[2], "", false)
            .expiringAfter(60)
            .correlatedBy(new byte[] {1, 2})
            .repeated(true)
            .without(7);
    assertEquals(60, message.expiryS());
    assertArrayEquals(new byte[] {1, 2}, message.correlationData());
    assertTrue(message.dup());
    assertEquals(7, message.omittedBytes());
    assertEquals(1 + 2 + 22 + 3 + 2, message.packetBytes());
  }

  @Test
  void aDurableSessionIsKeptForSevenDaysAndACleanOneNotAtAll() {
    List<Message> will = new ArrayList<>(List.of(new Message("a/b", PAYLOAD, "", true)));
    Session durable = Session.durable("box", will);
    assertEquals(new Session("box", 604_800, will), durable);
    assertEquals(new Session("box", 0, List.of()), Session.clean("box"));
    assertEquals(new Session("box", 5, will), Session.expiring("box", 5, will));
    will.clear();
    assertEquals(1, durable.will().size(), "the list was copied");
  }
}
