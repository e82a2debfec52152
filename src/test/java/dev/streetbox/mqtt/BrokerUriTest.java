package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes the host of an address as the resolver needs it. */
class BrokerUriTest {
  @ParameterizedTest
  @CsvSource({
    "mqtt://broker.example:1883, broker.example",
    "mqtt://[::1]:1883, ::1",
    "mqtts://[fe80::1%25eth0]:8883, fe80::1%eth0",
    "mqtts://[fe80::1%eth0]:8883, fe80::1%eth0",
    "mqtts://[fe80::1%25]:8883, fe80::1%25",
    "mqtts://[fe80::1%252]:8883, fe80::1%2"
  })
  void theZoneOfAnIpv6AddressIsDecoded(String uri, String host) {
    assertEquals(host, BrokerUri.host(BrokerUri.parse(uri).orElseThrow()));
  }

  @Test
  void aZoneWithoutAnInterfaceIsNamed() {
    UnknownHostException thrown = new UnknownHostException("no such interface: eth9");
    assertEquals(
        "the IPv6 address in [mqtt] broker ends with % and no such interface: eth9: ip link",
        ConnectionFailure.of(thrown).text());
  }

  @Test
  void thePortIsThatOfTheScheme() {
    assertEquals(8883, BrokerUri.port(URI.create("mqtts://a")));
    assertEquals(1883, BrokerUri.port(URI.create("mqtt://a")));
    assertEquals(1883, BrokerUri.port(URI.create("mqtt://a:0")));
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt://broker.example, mqtt://broker.example:1883",
    "mqtts://broker.example, mqtts://broker.example:8883",
    "mqtt://broker.example:1, mqtt://broker.example:1",
    "mqtts://[::1], mqtts://[::1]:8883",
    "mqtt://127.0.0.1:65535, mqtt://127.0.0.1:65535"
  })
  void anAddressWithoutAPortHasThatOfItsScheme(String text, URI broker) {
    assertEquals(Optional.of(broker), BrokerUri.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a:1883",
        "a:1883",
        "broker.example",
        "mqtt:a",
        "mqtt://",
        "mqtt://:1883",
        "mqtt://a:0",
        "mqtt://a:65536",
        "mqtt://a:-1",
        "mqtt://a/",
        "mqtt://a/topic",
        "mqtt://a?x",
        "mqtt://a#x",
        "mqtt://user@a",
        "mqtt://a b",
        "mqtt://a_b",
        ""
      })
  void whatIsNotHostAndPortOfAKnownSchemeIsNoAddress(String text) {
    assertEquals(Optional.empty(), BrokerUri.parse(text));
  }

  @Test
  void onlyTheSchemeOfTlsIsEncrypted() {
    assertTrue(BrokerUri.isEncrypted(URI.create("mqtts://a:1883")));
    assertFalse(BrokerUri.isEncrypted(URI.create("mqtt://a:8883")));
  }

  @Test
  void anAddressWithItsOwnPortKeepsIt() {
    assertEquals(1, BrokerUri.port(URI.create("mqtts://a:1")));
    assertEquals("broker.example", BrokerUri.host(URI.create("mqtt://broker.example")));
  }
}
