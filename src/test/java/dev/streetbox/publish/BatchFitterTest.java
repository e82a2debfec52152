package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Range;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks how much of a planned batch is put into a message. */
class BatchFitterTest {
  private static final PlannedBatch PLAN =
      new PlannedBatch(Lane.BACKLOG, new Range(Rows.BOOT, 1, 4));

  @TempDir Path folder;
  private BatchFitter fitter;

  @BeforeEach
  void open() {
    Outbox outbox = Rows.outbox(folder, 4);
    fitter = new BatchFitter(outbox, new MessageComposer(Boxes.box(outbox)));
  }

  @Test
  void aMessageOfExactlyTheMaximumPacketSizeIsNotHalved() throws IOException {
    long wholeBytes = fitter.fit(PLAN, Long.MAX_VALUE).message().packetBytes();
    assertEquals(PLAN, fitter.fit(PLAN, wholeBytes).plan());
    assertEquals(PLAN.halved(), fitter.fit(PLAN, wholeBytes - 1).plan());
  }

  @Test
  void aSingleRowIsReturnedThoughItIsTooLarge() throws IOException {
    assertEquals(new Range(Rows.BOOT, 1, 1), fitter.fit(PLAN, 1).plan().rows());
  }
}
