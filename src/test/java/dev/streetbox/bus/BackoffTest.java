package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the waits between attempts. */
class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private List<Long> seconds(int count) {
    return Stream.generate(backoff::next).limit(count).map(Duration::toSeconds).toList();
  }

  @Test
  void waitsDoubleUpToTheLimitAndStayThere() {
    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L), seconds(11));
  }

  @Test
  void aResetBringsTheFirstWaitBack() {
    seconds(20);
    backoff.reset();
    assertEquals(List.of(1L, 2L), seconds(2));
  }

  @Test
  void aThousandAttemptsDoNotOverflow() {
    seconds(1000);
    assertEquals(Duration.ofMinutes(5), backoff.next());
  }
}
