package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.command.HandledCommand;
import dev.streetbox.command.ReceivedCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends commands to a box in simulated time that reach its lamp and its reports. */
class ReportsLinkTest {
  @TempDir private Path folder;
  private PanelBox box;

  @BeforeEach
  void start() throws Exception {
    box = new PanelBox(folder, false, "at 5s button press\n");
  }

  /** Returns the answer to a command. */
  private String answer(String json) {
    box.wired()
        .commands()
        .receive(
            new ReceivedCommand(
                1,
                "sb-1",
                false,
                "",
                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)),
                "",
                ReceivedCommand.Arrival.RIGHT));
    box.wired().commands().work();
    return box.wired().commands().next().flatMap(HandledCommand::answer).orElseThrow().body();
  }

  private String pattern() throws Exception {
    return box.status().child("lamp").text("pattern").orElseThrow();
  }

  @Test
  void identifyShowsItsPatternForAMinuteThenTheReportAgain() throws Exception {
    box.panelUntil(10_000);
    box.reports().cycle(List.of());
    box.panelUntil(12_000);
    assertEquals("kept", pattern());
    assertTrue(answer("{\"id\":\"a\",\"cmd\":\"identify\"}").contains("\"seconds\":60"));
    long askedMs = box.tickMs();
    box.panelUntil(askedMs + 1_000);
    assertEquals("identify", pattern());
    box.panelUntil(askedMs + 59_000);
    assertEquals("identify", pattern());
    box.panelUntil(askedMs + 62_000);
    assertEquals("kept", pattern());
  }

  @Test
  void theTimeOfIdentifyIsAnArgumentWithBounds() throws Exception {
    answer("{\"id\":\"a\",\"cmd\":\"identify\",\"args\":{\"seconds\":5}}");
    box.panelUntil(4_000);
    assertEquals("identify", pattern());
    box.panelUntil(8_000);
    assertEquals("kept", pattern());
    String refused = answer("{\"id\":\"b\",\"cmd\":\"identify\",\"args\":{\"seconds\":601}}");
    assertTrue(refused.contains("from 1 to 600"), refused);
  }

  /** A city may answer within milliseconds of the PUBACK, before main's next cycle. */
  @Test
  void aStatusForAReportThatWasJustMadeFindsIt() throws Exception {
    String id = box.wired().names().eventId(box.panelUntilReport());
    String done =
        answer(
            "{\"id\":\"a\",\"cmd\":\"report-status\",\"args\":{\"id\":\"%s\",\"status\":\"received\"}}"
                .formatted(id));
    assertTrue(done.contains("\"status\":\"received\""), done);
    box.panelUntil(box.tickMs() + 1_000);
    assertEquals("received", pattern());
  }

  @Test
  void beforeTheLampIsMadeACommandDoesNothing() {
    ReportsLink link = new ReportsLink();
    link.identify(Duration.ofSeconds(60));
    link.updateStates();
    assertEquals(Optional.empty(), box.wired().commands().next());
  }
}
