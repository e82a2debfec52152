package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TimedTaskTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void theResultIsReturned() throws Exception {
    assertEquals(Optional.of("done"), new TimedTask<>("test", () -> "done").await(LONG));
  }

  @Test
  void workThatHangsIsAbandonedAtTheLimit() throws Exception {
    CompletableFuture<String> never = new CompletableFuture<>();
    TimedTask<String> timedTask = new TimedTask<>("test", never::join);
    assertEquals(Optional.empty(), timedTask.await(Duration.ZERO));
    never.complete("late");
    assertEquals(Optional.of("late"), timedTask.await(LONG));
  }

  @Test
  void anExceptionOfTheWorkIsThrownAtTheWaitingThread() {
    TimedTask<String> timedTask =
        new TimedTask<>(
            "test",
            () -> {
              throw new IllegalStateException("impossible");
            });
    CompletionException bug = assertThrows(CompletionException.class, () -> timedTask.await(LONG));
    assertEquals("impossible", bug.getCause().getMessage());
  }
}
