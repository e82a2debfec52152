package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.datadir.BootDates;
import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Faults;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks what messages of a box with plain names contain. */
class MessageComposerTest {
  @TempDir Path folder;

  @Test
  void anEventIsDatedByItsOwnTickAndNotByTheNewestRow() {
    Outbox outbox = Rows.outbox(folder, 40);
    Event event = outbox.append(Event.Kind.REPORT, 12_345, Map.of("text", "pothole"));
    String text = UplinkRun.text(new MessageComposer(Boxes.box(outbox)).event(event, List.of()));
    assertTrue(text.contains("\"t\":" + (Rows.START_MS + 12_345)), text);
  }

  @Test
  void theStateOnlineNamesTheCalibration() {
    MessageComposer composer = new MessageComposer(Boxes.box(Rows.outbox(folder, 0)));
    String text = UplinkRun.text(composer.online(0));
    assertTrue(text.contains("\"calibration\":\"ca\""), text);
  }

  @Test
  void aStateHasItsTimeOnceThereIsARowAndTheWillHasNone() {
    MessageComposer composer = new MessageComposer(Boxes.box(Rows.outbox(folder, 3)));
    String online = UplinkRun.text(composer.online(4_000));
    assertTrue(online.contains("\"t\":" + (Rows.START_MS + 4_000)), online);
    assertTrue(UplinkRun.text(composer.offline(4_000)).contains("\"tq\":"), online);
    assertFalse(UplinkRun.text(composer.session().will().get(0)).contains("\"t\":"));
    MessageComposer empty = new MessageComposer(Boxes.box(Rows.outbox(folder.resolve("e"), 0)));
    assertFalse(UplinkRun.text(empty.online(4_000)).contains("\"t\":"));
  }

  @Test
  void aPlainNameDoesNotExpire() {
    assertFalse(new PlainNames("sb-0042").isExpired());
  }

  @Test
  void thePlainStateIsKeptForEverAndTheSessionForAWeek() {
    MessageComposer composer = new MessageComposer(Boxes.box(Rows.outbox(folder, 0)));
    assertEquals(0, composer.online(0).expiryS());
    assertEquals(0, composer.session().will().get(0).expiryS());
    assertEquals(604_800, composer.session().expiryS());
  }

  @Test
  void stateWillAndSessionOfADaysNameExpireAfterTwoDays() {
    Outbox outbox = Rows.outbox(folder, 0);
    PublishedBox plain = Boxes.box(outbox);
    DailyNames names =
        new DailyNames(
            Secret.drawn(),
            "board",
            BootDates.of(folder),
            ZoneOffset.UTC,
            Duration.ZERO,
            outbox,
            new ScriptedTime(),
            new Faults());
    MessageComposer composer =
        new MessageComposer(new PublishedBox(plain.info(), names, plain.settings(), outbox));
    assertEquals(172_800, composer.online(0).expiryS());
    assertEquals(172_800, composer.offline(0).expiryS());
    assertEquals(172_800, composer.session().will().get(0).expiryS());
    assertEquals(172_800, composer.session().expiryS());
  }
}
