package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receives the reason codes of CONNACK and DISCONNECT from a broker. */
class ReasonCodesIT {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0x8b, CONNECTION, shutting down",
    "0x89, BUSY, busy",
    "0x8d, CONNECTION, has closed the connection",
    "0x96, BUSY, limits this client",
    "0x97, BUSY, limits this client",
    "0x8e, REFUSED, two boxes with one id",
    "0x87, REFUSED, login",
    "0x98, REFUSED, operator",
    "0x95, TOO_LARGE, too large"
  })
  void theCodeOfADisconnectDecidesHowSoonToReconnect(
      String code, ConnectionFailure.Kind kind, String words) throws IOException {
    try (RawBroker broker = new RawBroker()) {
      Connection link = Links.connected(broker.uri());
      broker.disconnect(Integer.decode(code));
      ConnectionFailure failure = Links.next(link, ConnectionEvent.Lost.class).cause();
      link.drop();
      assertEquals(kind, failure.kind(), failure.text());
      assertTrue(failure.text().contains(words), failure.text());
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0x84, REFUSED, MQTT 5",
    "0x85, REFUSED, client id",
    "0x86, REFUSED, login",
    "0x88, BUSY, busy",
    "0x8a, REFUSED, banned",
    "0x9f, BUSY, limits this client"
  })
  void theCodeOfAConnackDecidesHowSoonToReconnect(
      String code, ConnectionFailure.Kind kind, String words) throws IOException {
    try (RawBroker broker = new RawBroker()) {
      broker.connack(Integer.decode(code));
      Connection link = Links.open(broker.uri());
      ConnectionFailure failure = Links.next(link, ConnectionEvent.Lost.class).cause();
      link.drop();
      assertEquals(kind, failure.kind(), failure.text());
      assertTrue(failure.text().contains(words), failure.text());
    }
  }
}
