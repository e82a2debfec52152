package dev.streetbox.mqtt;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;

/**
 * Gives Paho the {@link BrokerSocket} that the options of a connection hold. Paho finds this
 * factory through {@code META-INF/services} by a scheme that is used for nothing else; the
 * configuration uses {@code mqtt} and {@code mqtts}.
 */
public final class BrokerSocketFactory implements NetworkModuleFactory {
  private static final String SCHEME = "streetbox";

  /** Holds the options of one connection and its socket. */
  static final class Options extends MqttConnectionOptions {
    private final BrokerSocket socket;

    Options(BrokerSocket socket) {
      this.socket = socket;
    }

    /**
     * {@inheritDoc} Returns null, because Paho 1.2.5 would apply the limit of incoming packets to
     * the outgoing ones; CONNECT has the limit from {@link #getConnectionProperties}.
     */
    @Override
    public Long getMaximumPacketSize() {
      return null;
    }
  }

  /** Returns the address to give Paho, so that Paho calls this factory. */
  static String uri(InetSocketAddress broker) {
    String host = broker.getHostString();
    // A zone is left out, because Paho only parses the address and the socket has the whole.
    String name = host.contains(":") ? "[" + host.replaceFirst("%.*", "") + "]" : host;
    return SCHEME + "://" + name + ":" + broker.getPort();
  }

  @Override
  public Set<String> getSupportedUriSchemes() {
    return Set.of(SCHEME);
  }

  @Override
  public void validateURI(URI uri) {
    // Every URI is made by uri(), so it is valid.
  }

  @Override
  public NetworkModule createNetworkModule(URI uri, MqttConnectionOptions options, String id) {
    return ((Options) options).socket;
  }
}
