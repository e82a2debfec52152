package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Range;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResendQueueTest {
  private final ResendQueue queue = new ResendQueue();

  @BeforeEach
  void add() {
    queue.add(new Range(7, 10, 20));
    queue.add(new Range(3, 100, 104));
    queue.add(new Range(7, 15, 30));
    queue.add(new Range(7, 50, 50));
  }

  @Test
  void overlappingRequestsAreOneRange() {
    assertEquals(
        List.of(new Range(3, 100, 104), new Range(7, 10, 30), new Range(7, 50, 50)),
        queue.ranges());
    assertEquals(5 + 21 + 1, queue.rows());
  }

  @Test
  void whatIsMissingOfARangeIsWhatWasNotRequested() {
    assertEquals(
        List.of(new Range(7, 5, 9), new Range(7, 31, 49)), queue.missing(new Range(7, 5, 50)));
    assertEquals(List.of(new Range(8, 1, 2)), queue.missing(new Range(8, 1, 2)));
  }

  @Test
  void theLowestRowsOfTheOldestBootComeFirst() {
    assertEquals(Optional.of(new Range(3, 100, 102)), queue.next(List.of(), 3, boot -> true));
    assertEquals(Optional.of(new Range(7, 10, 30)), queue.next(List.of(), 21, boot -> boot != 3));
    assertEquals(Optional.empty(), queue.next(List.of(), 1, boot -> false));
  }

  @Test
  void rowsOnTheirWayArePassedOver() {
    List<Range> sent = List.of(new Range(3, 100, 104), new Range(7, 10, 12));
    assertEquals(Optional.of(new Range(7, 13, 30)), queue.next(sent, 100, boot -> true));
    List<Range> both = List.of(new Range(3, 102, 102), new Range(7, 10, 50));
    assertEquals(Optional.of(new Range(3, 100, 101)), queue.next(both, 100, boot -> true));
    assertEquals(Optional.empty(), queue.next(both, 100, boot -> boot == 7));
  }

  @Test
  void removedRowsAreNotSent() {
    queue.remove(new Range(7, 12, 60));
    queue.remove(new Range(3, 1, 200));
    queue.remove(new Range(9, 1, 2));
    assertEquals(List.of(new Range(7, 10, 11)), queue.ranges());
    assertEquals(Optional.of(new Range(7, 10, 11)), queue.next(List.of(), 9, boot -> true));
  }

  @Test
  void aCopyDoesNotChangeWithItsOriginal() {
    ResendQueue copy = queue.copy();
    queue.remove(new Range(7, 10, 50));
    assertEquals(27, copy.rows());
    assertEquals(5, queue.rows());
  }
}
