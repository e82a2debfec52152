package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.outbox.Event;
import dev.streetbox.report.ReportStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presses the button of a box in simulated time, and checks the event and when it is durable. */
class OutboxPublicationTest {
  private static final String PRESS = "at 5s button press\n";

  /** A press of 200 ms, and the window of 600 ms for a second one, after contacts that bounce. */
  private static final long WINDOW_CLOSES_MS = 5_808;

  @TempDir private Path folder;

  @Test
  void aPressIsDurableAtTheTickAtWhichItsWindowCloses() throws Exception {
    PanelBox box = new PanelBox(folder, false, PRESS);
    Event event = box.panelUntilReport();
    assertTrue(box.tickMs() <= WINDOW_CLOSES_MS, "published at " + box.tickMs());
    assertTrue(event.tickMs() >= 5_000 && event.tickMs() <= 5_008, "pressed at " + event.tickMs());
    long publishedMs = box.tickMs();
    box.reports().cycle(List.of());
    assertEquals(publishedMs, box.tickMs());
    assertEquals(
        ReportStatus.KEPT, box.wired().reportStates().list().get(0).status(), "it is on the disk");
    assertEquals(0, box.wired().outbox().status().uncommitted());
  }

  @Test
  void aReportFromWithinAZoneIsPublishedAtOnceWithoutAPlaceAndRows() throws Exception {
    PanelBox box = new PanelBox(folder, true, PRESS);
    assertTrue(box.wired().recorder().isHidden());
    Event event = box.panelUntilReport();
    assertTrue(box.tickMs() <= WINDOW_CLOSES_MS, "published at " + box.tickMs());
    assertEquals(Map.of(), event.body());
    assertEquals(0, event.seq(), "no row belongs to it");
  }

  @Test
  void aDoublePressWithinAZoneIsNoEvent() throws Exception {
    PanelBox box = new PanelBox(folder, true, "at 5s button double_press\n");
    box.panelUntil(20_000);
    assertEquals(0, box.wired().outbox().status().events());
  }

  @Test
  void aReportHasThePlaceOfItsPressAndTheAgeOfAnOlderFix() throws Exception {
    PanelBox box = new PanelBox(folder, false, "at 5s button press\nat 60s button press\n");
    Sample place = Sample.of(Map.of(Quantity.LAT, 40.1, Quantity.LON, 116.2));
    box.wired().board().post(Wiring.GNSS, place, 3_900, Duration.ofSeconds(3));
    box.panelUntil(5_100);
    box.wired().recorder().cycle();
    assertEquals(4_000, box.wired().recorder().last().map(Row::tickMs).orElse(0L));
    Event first = box.panelUntilReport();
    assertEquals(40.1, first.body().get("lat"));
    assertFalse(first.body().containsKey("fix_age_s"));
    box.wired().outbox().acknowledge(first);
    Event second = box.panelUntilReport();
    assertEquals(116.2, second.body().get("lon"));
    assertEquals(56L, second.body().get("fix_age_s"));
  }
}
