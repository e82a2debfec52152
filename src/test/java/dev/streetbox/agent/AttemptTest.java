package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void whatCameOfItIsGiven() throws Exception {
    assertEquals(Optional.of("done"), new Attempt<>("test", () -> "done").await(LONG));
  }

  @Test
  void whatHangsIsLeftBehind() throws Exception {
    CompletableFuture<String> never = new CompletableFuture<>();
    Attempt<String> attempt = new Attempt<>("test", never::join);
    assertEquals(Optional.empty(), attempt.await(Duration.ZERO));
    never.complete("late");
    assertEquals(Optional.of("late"), attempt.await(LONG));
  }

  @Test
  void aBugOnTheSideIsABugOfTheCaller() {
    Attempt<String> attempt =
        new Attempt<>(
            "test",
            () -> {
              throw new IllegalStateException("impossible");
            });
    CompletionException bug = assertThrows(CompletionException.class, () -> attempt.await(LONG));
    assertEquals("impossible", bug.getCause().getMessage());
  }
}
