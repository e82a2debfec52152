package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  }
}
