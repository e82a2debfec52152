package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ServiceLoader;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;
import org.junit.jupiter.api.Test;

/** Checks that Paho finds the factory by the service file, which names the class as text. */
class BrokerSocketFactoryTest {
  @Test
  void pahoFindsTheFactoryByItsServiceFile() {
    assertTrue(
        ServiceLoader.load(NetworkModuleFactory.class).stream()
            .anyMatch(provider -> provider.type() == BrokerSocketFactory.class));
  }
}
