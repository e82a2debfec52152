package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.datadir.StatusRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentStateTest {
  private static final Time TIME = new SystemTime();

  @TempDir private Path runDir;

  private Path write(String text) throws IOException {
    return Files.writeString(runDir.resolve("status.json"), text);
  }

  private static AgentState aged(Duration age) {
    return new AgentState(Path.of("status.json"), "{}", age);
  }

  @Test
  void theStateIsReadWithItsAge() throws IOException {
    Path file = write("{\"boot\":41}");
    AgentState state = AgentState.read(runDir, TIME);
    assertEquals(file, state.file());
    assertEquals("{\"boot\":41}", state.text());
    assertEquals(Optional.of("41"), state.tree().text("boot"));
    assertTrue(AgentState.running(runDir, TIME).isPresent());
  }

  @Test
  void withoutAFileNoAgentRunsAndTheMessageSaysWhatToType() throws IOException {
    IOException error = assertThrows(IOException.class, () -> AgentState.read(runDir, TIME));
    assertTrue(error.getMessage().contains("no agent runs"), error.getMessage());
    assertTrue(error.getMessage().endsWith("Try: sudo systemctl start streetbox"));
    assertEquals(Optional.empty(), AgentState.running(runDir, TIME));
  }

  @Test
  void aFileThatIsNotOneObjectIsNamedInTheError() throws IOException {
    for (String text : new String[] {"", "{", "[]", "{\"a\":1}x"}) {
      write(text);
      IOException error =
          assertThrows(IOException.class, () -> AgentState.read(runDir, TIME).tree());
      assertTrue(error.getMessage().contains("status.json is not a JSON object; "), text);
    }
  }

  @Test
  void aStateMayBeFifteenSecondsOldAndNoMore() {
    assertEquals(Optional.empty(), aged(Duration.ofSeconds(15)).staleMessage());
    String stale = aged(Duration.ofMillis(15_001)).staleMessage().orElseThrow();
    assertTrue(stale.startsWith("this is 15 s old: the agent hangs or was killed. Try: "), stale);
  }

  @Test
  void aStateFromTheFutureIsNotStale() {
    assertFalse(aged(Duration.ofHours(-1)).staleMessage().isPresent());
  }

  @Test
  void anAgentThatNoLongerWritesItsStateDoesNotRun() throws IOException {
    Files.setLastModifiedTime(write("{}"), FileTime.from(Instant.now().minusSeconds(60)));
    assertEquals(Optional.empty(), AgentState.running(runDir, TIME));
    assertTrue(AgentState.read(runDir, TIME).staleMessage().isPresent());
  }

  private void age(Duration age) throws IOException {
    Files.setLastModifiedTime(
        runDir.resolve("status.json"), FileTime.from(TIME.systemClock().minus(age)));
  }

  @Test
  void anOldStateIsRequestedAndTheAnswerIsReadWithItsAge() throws Exception {
    write("{\"boot\":41}");
    age(Duration.ofSeconds(4));
    StatusRequest request = new StatusRequest(runDir);
    request.open();
    CompletableFuture<Void> agent =
        CompletableFuture.runAsync(
            () -> {
              while (!request.isPending()) {
                Thread.onSpinWait();
              }
              assertDoesNotThrow(() -> write("{\"boot\":42}"));
              assertDoesNotThrow(request::answer);
            });
    AgentState state = AgentState.request(runDir, TIME);
    agent.get();
    assertEquals(Optional.of("42"), state.tree().text("boot"));
    assertTrue(Long.parseLong(state.tree().text("age_ms").orElseThrow()) < 4_000);
  }

  @Test
  void withoutAnAnswerTheLastStateIsReadAndNoRequestStays() throws IOException {
    write("{\"boot\":41}");
    age(Duration.ofSeconds(4));
    StatusRequest request = new StatusRequest(runDir);
    assertFalse(request.submit(), "there is no folder");
    assertEquals(Optional.of("41"), AgentState.request(runDir, TIME).tree().text("boot"));
    request.open();
    ScriptedTime time = new ScriptedTime();
    AgentState state = AgentState.request(runDir, time);
    assertEquals(Optional.of("41"), state.tree().text("boot"));
    assertFalse(request.isPending());
    assertEquals(1_000, time.tickMs());
  }
}
