package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which rows are live at a new connection. */
class LiveLaneTest {
  @TempDir Path folder;

  @Test
  void theRowsBeforeTheNewestBatchAreBacklogFromTheStartOfAConnection() {
    LiveLane live = new LiveLane(Rows.outbox(folder, 200), () -> Duration.ofSeconds(5), 60);
    live.onConnected(0);
    assertEquals(140, live.backlogEnd());
    assertEquals(Optional.of(new Range(Rows.BOOT, 141, 200)), live.next(0));
  }
}
