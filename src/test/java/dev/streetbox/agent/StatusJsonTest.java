package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.command.ReceivedCommand;
import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what a technician is told about former ids, changed settings and commands. */
class StatusJsonTest {
  @TempDir private Path folder;

  private PanelBox start() throws Exception {
    return new PanelBox(folder, false, "");
  }

  /** Measures rows in a boot and ends it. */
  private void ride(int rows) throws Exception {
    WiredBox box = start().wired();
    int boot = box.outbox().boot();
    box.outbox().append(new Anchor(boot, 0, 0, TimeSource.NTP, 50));
    for (int seq = 1; seq <= rows; seq++) {
      box.outbox().append(new Row(boot, seq, seq * 1_000L, Sample.of(Map.of())));
    }
    box.committer().close();
  }

  private static void send(PanelBox box, int number, String cmd, String arguments) {
    String json = "{\"id\":\"c%d\",\"cmd\":\"%s\",\"args\":{%s}}".formatted(number, cmd, arguments);
    box.wired()
        .commands()
        .receive(
            new ReceivedCommand(
                number,
                "sb-1",
                false,
                "",
                ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)),
                "",
                ReceivedCommand.Arrival.RIGHT));
    box.wired().commands().work();
    while (box.wired().commands().next().isPresent()) {
      // The answer is not sent.
    }
  }

  @Test
  void unsentRowsOfFormerIdsAreCountedByIdAndThoseOfThePresentOneNot() throws Exception {
    ride(3);
    ride(4);
    ride(5);
    Files.writeString(folder.resolve("data/ids"), "1 sb-0\n3 sb-1\n");
    JsonTree status = start().status();
    assertEquals(7, status.child("other_ids").number("sb-0").orElseThrow());
    assertTrue(status.child("other_ids").text("sb-1").isEmpty());
    assertEquals(12, status.child("store").number("unacknowledged").orElseThrow());
  }

  @Test
  void aSettingThatWasChangedFromAfarIsShownWithTheTimeUntilItIsTakenBack() throws Exception {
    PanelBox box = start();
    assertEquals(List.of(), box.status().children("set"));
    send(box, 1, "set", "\"key\":\"live_period\",\"value\":\"7s\"");
    JsonTree set = box.status().children("set").get(0);
    assertEquals(Optional.of("live_period"), set.string("key"));
    assertEquals(Optional.of("7s"), set.string("value"));
    assertEquals(600, set.number("taken_back_in_s").orElseThrow());
  }

  @Test
  void commandsThatWereDoneRefusedAndRepeatedAreCountedApart() throws Exception {
    PanelBox box = start();
    send(box, 1, "ping", "");
    send(box, 2, "set", "\"key\":\"backlog_rate\",\"value\":20");
    send(box, 2, "set", "\"key\":\"backlog_rate\",\"value\":20");
    send(box, 3, "set", "\"key\":\"colour\",\"value\":20");
    JsonTree commands = box.status().child("commands");
    assertEquals(2, commands.number("done").orElseThrow());
    assertEquals(1, commands.number("repeated").orElseThrow());
    assertEquals(1, commands.number("refused").orElseThrow());
  }
}
