package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Program;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the tests' own broker and independent subscriber, on which other tests rely. */
class MosquittoIT {
  @TempDir Path folder;

  @Test
  void aMessagePublishedByOneToolIsSeenByTheOther() throws IOException, InterruptedException {
    try (Mosquitto broker = Mosquitto.started(folder);
        MosquittoSub sub = new MosquittoSub(broker, "a/#")) {
      Process pub =
          Program.MOSQUITTO_PUB
              .process(
                  "-V",
                  "5",
                  "-p",
                  Integer.toString(broker.port()),
                  "-t",
                  "a/b",
                  "-q",
                  "1",
                  "-m",
                  "two words",
                  "-D",
                  "publish",
                  "content-type",
                  "text/plain")
              .start();
      assertEquals(0, pub.waitFor());
      assertEquals(new MosquittoSub.Message("a/b", false, "text/plain", "two words"), sub.next());
      broker.kill();
      broker.start();
      assertTrue(broker.log().contains("mosquitto version"));
    }
  }
}
