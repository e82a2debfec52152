package dev.streetbox.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.mqtt.ScriptedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checks the subscription to retained messages. */
class BrokerMessagesTest {
  @Test
  void retainedMessagesAreAskedForWithoutAGroupAndWithoutADurableSession() throws IOException {
    ScriptedTime time = new ScriptedTime();
    ScriptedBroker broker = new ScriptedBroker(time);
    try (Subscriber retained =
        BrokerMessages.retained(broker, "t/v1", time, new SplittableRandom(7))) {
      assertEquals(Optional.empty(), retained.next(Duration.ofMillis(200)));
      assertEquals(List.of("t/v1/+/state", "t/v1/+/about"), broker.last().filters());
      assertEquals(0, broker.last().session().expiryS(), "else a broker would keep what comes");
    }
  }
}
