package dev.streetbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.DisconnectedBufferOptions;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MqttDefaultFilePersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Publishes each line of a TCP source with QoS 1, as a small agent with Paho does: a file a message
 * until the message is acknowledged, and Paho's buffer while there is no connection. {@code
 * src/bench/peers} measures it.
 */
public final class PahoPeer {
  private static final String TOPIC = "peer/rows";
  private static final int BUFFERED_MESSAGES = 10_000;
  private static final int MAX_RECONNECT_DELAY_S = 2;
  private static final int RETRY_MS = 5;

  private PahoPeer() {}

  /**
   * Runs until the source ends.
   *
   * @param args the source's port on loopback, the broker's URI, a folder for the messages
   */
  public static void main(String[] args) throws IOException, MqttException, InterruptedException {
    MqttAsyncClient client =
        new MqttAsyncClient(args[1], "peer", new MqttDefaultFilePersistence(args[2]));
    DisconnectedBufferOptions buffer = new DisconnectedBufferOptions();
    buffer.setBufferEnabled(true);
    buffer.setPersistBuffer(true);
    buffer.setBufferSize(BUFFERED_MESSAGES);
    client.setBufferOpts(buffer);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(3600L);
    options.setAutomaticReconnect(true);
    options.setAutomaticReconnectDelay(1, MAX_RECONNECT_DELAY_S);
    client.connect(options).waitForCompletion();
    try (Socket source = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(source.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        publish(client, line.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Publishes one message; waits while the broker's window is full. */
  private static void publish(MqttAsyncClient client, byte[] body)
      throws MqttException, InterruptedException {
    while (true) {
      try {
        client.publish(TOPIC, body, 1, false);
        return;
      } catch (MqttException e) {
        if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
          throw e;
        }
        Thread.sleep(RETRY_MS);
      }
    }
  }
}
