package dev.streetbox.mqtt;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;

/**
 * Hands a connection the {@link BrokerSocket} that its own options bring; Paho finds it through
 * {@code META-INF/services}. The scheme is ours alone: people write {@code mqtt} and {@code mqtts}.
 */
public final class BrokerSocketFactory implements NetworkModuleFactory {
  private static final String SCHEME = "streetbox";

  /** The options of one connection, with the wire that belongs to it. */
  static final class Options extends MqttConnectionOptions {
    private final BrokerSocket socket;

    Options(BrokerSocket socket) {
      this.socket = socket;
    }
  }

  /** What Paho has to be given as the broker's address in order to ask here. */
  static String uri(InetSocketAddress broker) {
    return SCHEME + "://" + broker.getHostString() + ":" + broker.getPort();
  }

  @Override
  public Set<String> getSupportedUriSchemes() {
    return Set.of(SCHEME);
  }

  @Override
  public void validateURI(URI uri) {
    // Made by uri(), so there is nothing left to find wrong.
  }

  @Override
  public NetworkModule createNetworkModule(URI uri, MqttConnectionOptions options, String id) {
    return ((Options) options).socket;
  }
}
