package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.datadir.StatusRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the live screen on a scripted terminal, where ten calls without a key are one second. */
class WatchTest {
  private static final int SECOND = 10;

  @TempDir private Path runDir;

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedTerminal terminal = new ScriptedTerminal(time);

  private void write(String status) {
    try {
      Path file = Files.writeString(runDir.resolve("status.json"), status);
      Files.setLastModifiedTime(file, FileTime.from(time.systemClock()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeRow(long seq, double celsius) {
    write(
        "{\"box\":\"sb-1\",\"boot\":%d,\"row\":{\"seq\":%d,\"temp_c\":%s},\"faults\":[%s]}"
            .formatted(7, seq, celsius, "{\"place\":\"i2c-1/pm\",\"text\":\"NACK\",\"count\":3}"));
  }

  private List<String> watch() throws IOException {
    new Watch(runDir, terminal, time).run(() -> false);
    return terminal.drawn();
  }

  @Test
  void theStateIsDrawnAtOnceAndThenOnceASecond() throws IOException {
    writeRow(1, 20);
    terminal.rest(SECOND - 1).then(() -> writeRow(2, 21)).rest(2 * SECOND).then('q');
    List<String> drawn = watch();
    assertEquals(4, drawn.size());
    assertTrue(drawn.get(0).contains(" 20.00 °C"), drawn.get(0));
    assertTrue(drawn.get(1).contains(" 21.00 °C"), drawn.get(1));
    assertTrue(drawn.get(1).contains("▁█"), drawn.get(1));
    assertTrue(drawn.get(2).contains(", 1.1 s old"), drawn.get(2));
    assertEquals(
        drawn.get(2).replace("1.1 s old", "2.1 s old"),
        drawn.get(3),
        "a row that is read twice adds no point");
  }

  @Test
  void theKeyFShowsTheFaultsAndTheQuantitiesAgain() throws IOException {
    writeRow(1, 20);
    terminal.rest(1).then('f').rest(1).then('f').rest(1).then('q');
    List<String> drawn = watch();
    assertEquals(3, drawn.size());
    assertFalse(drawn.get(0).contains(" now  i2c-1/pm: NACK"), drawn.get(0));
    assertTrue(drawn.get(1).contains(" now  i2c-1/pm: NACK (3 times)"), drawn.get(1));
    assertTrue(drawn.get(1).endsWith("f quantities\n"), drawn.get(1));
    assertEquals(drawn.get(0), drawn.get(2));
  }

  @Test
  void aPausedScreenIsNotReadAgainUntilTheKeyPGoesOn() throws IOException {
    writeRow(1, 20);
    terminal.rest(1).then('p').then(() -> writeRow(2, 21)).rest(3 * SECOND).then('p').then('q');
    List<String> drawn = watch();
    assertEquals(3, drawn.size());
    assertTrue(drawn.get(1).contains("PAUSED"), drawn.get(1));
    assertTrue(drawn.get(1).contains(" 20.00 °C"), drawn.get(1));
    assertFalse(drawn.get(2).contains("PAUSED"), drawn.get(2));
    assertTrue(drawn.get(2).contains(" 21.00 °C"), drawn.get(2));
  }

  @Test
  void aKeyWithoutAMeaningDrawsNothing() throws IOException {
    writeRow(1, 20);
    terminal.then('x').then('P').then(27).then('q');
    assertEquals(1, watch().size());
  }

  @Test
  void aNewWindowSizeIsDrawnAtOnceEvenWhilePaused() throws IOException {
    writeRow(1, 20);
    terminal.then('p').then(() -> terminal.resize(50, 12)).rest(5).then('q');
    List<String> drawn = watch();
    assertEquals(3, drawn.size());
    assertEquals(24, drawn.get(1).lines().count());
    assertEquals(12, drawn.get(2).lines().count());
    assertTrue(drawn.get(2).lines().allMatch(line -> line.length() <= 50), drawn.get(2));
    assertTrue(drawn.get(2).contains("p go on"), drawn.get(2));
  }

  @Test
  void aStateThatCannotBeReadLeavesTheLastOneWithTheReason() throws IOException {
    writeRow(1, 20);
    terminal.rest(SECOND - 1).then(() -> write("{\"box\"")).rest(1).then(this::delete);
    terminal.rest(SECOND).then(() -> writeRow(2, 21)).rest(SECOND).then('q');
    List<String> drawn = watch();
    assertEquals(4, drawn.size());
    // The screen wraps at 80 columns, also within a word, so that the length of the folder decides.
    String text = drawn.get(1).replaceAll("\\s+", "");
    assertTrue(text.contains("isnotaJSONobject"), drawn.get(1));
    assertTrue(drawn.get(1).contains(" 20.00 °C"), drawn.get(1));
    assertTrue(drawn.get(2).contains("no agent runs"), drawn.get(2));
    assertFalse(drawn.get(3).contains("no agent runs"), drawn.get(3));
    assertTrue(drawn.get(3).contains(" 21.00 °C"), drawn.get(3));
  }

  private void delete() {
    try {
      Files.delete(runDir.resolve("status.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aStateThatIsNoLongerWrittenIsShownAsOld() throws IOException {
    writeRow(1, 20);
    terminal.rest(16 * SECOND).then('q');
    List<String> drawn = watch();
    assertFalse(drawn.get(15).contains("s old: the agent hangs"), drawn.get(15));
    assertTrue(drawn.get(16).contains("this is 16 s old: the agent hangs"), drawn.get(16));
  }

  @Test
  void theAgentIsAskedOnceASecondAndItsAnswerIsDrawnWhenItIsThere() throws IOException {
    StatusRequest request = new StatusRequest(runDir);
    request.open();
    writeRow(1, 20);
    terminal.rest(2).then(() -> answer(request)).rest(1).then('q');
    List<String> drawn = watch();
    assertEquals(1, drawn.size() - 1, "the first picture has the first state");
    assertTrue(drawn.get(1).contains(" 21.00 °C"), drawn.get(1));
  }

  private void answer(StatusRequest request) {
    assertTrue(request.isPending());
    writeRow(2, 21);
    assertDoesNotThrow(request::answer);
  }

  @Test
  void theCallerEndsItBetweenTwoKeys() throws IOException {
    writeRow(1, 20);
    terminal.rest(100);
    AtomicInteger asked = new AtomicInteger();
    new Watch(runDir, terminal, time).run(() -> asked.incrementAndGet() > 5);
    assertEquals(500, time.tickMs());
  }

  @Test
  void theEndOfTheTerminalEndsIt() throws IOException {
    writeRow(1, 20);
    terminal.then(LiveTerminal.END).rest(100);
    assertEquals(1, watch().size());
    assertEquals(0, time.tickMs());
  }

  @Test
  void withoutAnAgentThereIsNothingToWatch() {
    IOException error = assertThrows(IOException.class, () -> new Watch(runDir, terminal, time));
    assertTrue(error.getMessage().contains("no agent runs"), error.getMessage());
    assertEquals(List.of(), terminal.drawn());
  }
}
