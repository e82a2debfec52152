package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the tests' own broker and independent subscriber, on which other tests rely. */
class MosquittoIT {
  @TempDir Path folder;

  @Test
  void aMessagePublishedByOneToolIsSeenByTheOther() throws IOException {
    try (Mosquitto broker = Mosquitto.started(folder);
        MosquittoSub sub = new MosquittoSub(broker, "a/#")) {
      broker.publish("a/b", "two words", "-D", "publish", "content-type", "text/plain");
      assertEquals(new MosquittoSub.Message("a/b", false, "text/plain", "two words"), sub.next());
      broker.kill();
      broker.start();
      assertTrue(broker.log().contains("mosquitto version"));
    }
  }
}
