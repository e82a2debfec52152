package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RowReaderTest {
  private static final Range RANGE = new Range(4, 1, 1);
  private static final List<Row> ROWS = List.of(Rig.row(4, 1));
  private static final Duration LONG = Duration.ofSeconds(60);

  private final CountDownLatch answers = new CountDownLatch(1);

  private List<Row> hang(Range range) throws IOException {
    try {
      answers.await();
      return ROWS;
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  /** Cycles once on another thread, as the reader's duty does. */
  private static CompletableFuture<Void> cycleElsewhere(RowReader reader) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            reader.cycle();
          } catch (InterruptedIOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void withoutAThreadOfItsOwnTheCallerReads() throws Exception {
    assertEquals(ROWS, new RowReader(range -> ROWS, LONG).read(RANGE));
  }

  @Test
  @Timeout(120)
  void withAThreadOfItsOwnThatThreadReadsAndTheCallerGetsTheRows() throws Exception {
    Thread[] reading = {null};
    RowReader reader =
        new RowReader(
            range -> {
              reading[0] = Thread.currentThread();
              return ROWS;
            },
            LONG);
    reader.serve();
    CompletableFuture<Void> cycle = cycleElsewhere(reader);
    assertEquals(ROWS, reader.read(RANGE));
    cycle.join();
    assertFalse(reading[0] == Thread.currentThread());
    reader.close();
    assertEquals(ROWS, reader.read(RANGE));
    assertTrue(reading[0] == Thread.currentThread());
  }

  @Test
  @Timeout(120)
  void aDiskThatDoesNotAnswerFailsThisRequestAndFurtherOnesUntilItAnswers() throws Exception {
    RowReader reader = new RowReader(this::hang, Duration.ofMillis(1));
    reader.serve();
    CompletableFuture<Void> cycle = cycleElsewhere(reader);
    assertFalse(reader.isBlocked());
    assertThrows(IOException.class, () -> reader.read(RANGE));
    assertTrue(reader.isBlocked());
    IOException error = assertThrows(IOException.class, () -> reader.read(RANGE));
    assertEquals("the disk does not answer. Try: sudo dmesg | tail", error.getMessage());
    answers.countDown();
    cycle.join();
    assertFalse(reader.isBlocked());
  }

  @Test
  @Timeout(120)
  void anErrorOfTheDiskReachesTheCallerAsItIs() {
    IOException error = new IOException("worn");
    RowReader reader =
        new RowReader(
            range -> {
              throw error;
            },
            LONG);
    reader.serve();
    CompletableFuture<Void> cycle = cycleElsewhere(reader);
    assertEquals(error, assertThrows(IOException.class, () -> reader.read(RANGE)));
    cycle.join();
  }

  @Test
  @Timeout(120)
  void aWakeEndsACycleWithoutARequest() throws Exception {
    RowReader reader = new RowReader(this::hang, LONG);
    reader.wake();
    assertEquals(Duration.ZERO, reader.cycle());
  }
}
