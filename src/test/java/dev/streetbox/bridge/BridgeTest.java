package dev.streetbox.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BridgeTest {
  /** Gives one message and ends the bridge once it has been given. */
  private static final class OneMessage implements MessageSource {
    private boolean given;
    private int acknowledged;
    private boolean closed;

    @Override
    public List<Message> receive() {
      if (given) {
        return List.of();
      }
      given = true;
      return List.of(
          new Message("streetbox/v1/sb-one/live", new byte[10], "application/json", false));
    }

    @Override
    public void acknowledge() {
      acknowledged++;
    }

    @Override
    public boolean canPublish() {
      return false;
    }

    @Override
    public void publish(Message command) {}

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void whileKafkaIsAwayNothingIsAcknowledgedAndTheEndIsStillPossible() throws IOException {
    OneMessage messages = new OneMessage();
    // Port 9 of the loopback interface has no listener.
    KafkaSettings settings = new KafkaSettings("127.0.0.1:9", "streetbox", Map.of());
    try (Bridge bridge = new Bridge(messages, settings, new SystemTime())) {
      bridge.run(() -> messages.given);
    }
    assertEquals(0, messages.acknowledged);
    assertEquals(true, messages.closed);
  }
}
