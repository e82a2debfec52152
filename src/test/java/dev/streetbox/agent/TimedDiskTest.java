package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.datadir.UnansweredException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TimedDiskTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void workOnADiskThatAnswersHasItsResultOrItsError() throws Exception {
    TimedDisk disk = new TimedDisk(LONG);
    assertEquals("41", disk.call(() -> "41"));
    IOException error = new IOException("worn");
    assertSame(
        error,
        assertThrows(
            IOException.class,
            () ->
                disk.call(
                    () -> {
                      throw error;
                    })));
    assertEquals("42", disk.call(() -> "42"));
  }

  @Test
  void aDiskThatDoesNotAnswerFailsThisWorkAndFurtherWorkUntilItAnswers() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    TimedDisk disk = new TimedDisk(Duration.ofMillis(1));
    assertThrows(UnansweredException.class, () -> disk.call(answer::join));
    UnansweredException error =
        assertThrows(
            UnansweredException.class,
            () ->
                disk.call(
                    () -> {
                      throw new IllegalStateException("must not run");
                    }));
    assertEquals("the disk does not answer. Try: sudo dmesg | tail", error.getMessage());
    answer.complete("late");
    String late = "";
    while (!late.equals("again")) {
      late = tried(disk);
    }
  }

  private static String tried(TimedDisk disk) throws IOException {
    try {
      return disk.call(() -> "again");
    } catch (UnansweredException e) {
      return "";
    }
  }

  @Test
  void aBugInTheWorkIsNoErrorOfTheDisk() {
    TimedDisk disk = new TimedDisk(LONG);
    CompletionException bug =
        assertThrows(
            CompletionException.class,
            () ->
                disk.call(
                    () -> {
                      throw new IllegalStateException("bug");
                    }));
    assertEquals("bug", bug.getCause().getMessage());
  }
}
