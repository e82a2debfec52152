package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares the bytes of events with the contract. */
class EventJsonTest {
  private static final Timeline TIMELINE =
      new Timeline(List.of(new Anchor(41, 1_801_000, 1_795_420_800_000L, TimeSource.GNSS, 50)));

  private final EventJson json =
      new EventJson(Boxes.sharedFields(new PlainNames("sb-0042")), new PlainNames("sb-0042"));

  @Test
  void anEventNamesItsPlaceByTheLastRowItCarries() {
    Event event =
        new Event(41, 7, Event.Kind.REPORT, 1_802_000, 1801, Map.of("text", "a \"hole\""));
    String text = new String(json.of(event, List.of(row()), TIMELINE, 1_802_000), UTF_8);
    assertTrue(
        text.startsWith(
            """
            {"v":1,"box":"sb-0042","boot":41,"id":"sb-0042-41-7","kind":"report",\
            "t":1795420801000,"tq":"gnss","t0":1795418999000,"lat":40.070112,"lon":116.326519,"rows":[{"seq":1801,\
            """),
        text);
    assertTrue(text.endsWith("],\"text\":\"a \\\"hole\\\"\"}"), text);
  }

  @Test
  void aReportHasThePlaceOfItsPressBeforeThatOfItsLastRow() {
    Map<String, Object> body = Map.of("lat", 40.1, "lon", 116.2, "fix_age_s", 40L);
    Event event = new Event(41, 7, Event.Kind.REPORT, 1_802_000, 1801, body);
    String text = new String(json.of(event, List.of(row()), TIMELINE, 1_802_000), UTF_8);
    assertTrue(text.contains("\"t0\":1795418999000,\"rows\":[{\"seq\":1801,"), text);
    assertTrue(text.endsWith("],\"fix_age_s\":40,\"lat\":40.1,\"lon\":116.2}"), text);
  }

  @Test
  void aReportThatTakesAnotherBackNamesItsId() {
    Event event = new Event(41, 8, Event.Kind.REPORT, 1_802_000, 0, Map.of(Event.CANCELLED, 7L));
    String text = new String(json.of(event, List.of(), TIMELINE, 1_802_000), UTF_8);
    assertTrue(text.endsWith(",\"cancelled\":\"sb-0042-41-7\"}"), text);
  }

  @Test
  void aLossNamesTheBootAndTheRows() {
    Map<String, Object> body =
        Map.of("lost_boot", 40, "first", 5121L, "reason", Reason.POWER_CUT.key());
    Event event = new Event(41, 1, Event.Kind.LOSS, 1_801_000, 0, body);
    assertEquals(
        """
        {"v":1,"box":"sb-0042","boot":41,"id":"sb-0042-41-1","kind":"loss",\
        "t":1795420800000,"tq":"gnss","t0":1795418999000,"first":5121,"lost_boot":40,"reason":"power_cut"}\
        """,
        new String(json.of(event, List.of(), TIMELINE, 1_801_000), UTF_8));
  }

  @Test
  void valuesKeepTheirTypes() {
    Map<String, Object> body = new TreeMap<>(Map.of("a", true, "b", 5L, "c", "x"));
    Event event = new Event(41, 2, Event.Kind.FAULT, 1_801_000, 0, body);
    String text = new String(json.of(event, List.of(), TIMELINE, 1_801_000), UTF_8);
    assertTrue(text.endsWith(",\"a\":true,\"b\":5,\"c\":\"x\"}"), text);
  }

  @Test
  void anEventWithoutRowsHasNoPlaceAndNoCalibration() {
    SharedFields calibrated =
        new SharedFields(new PlainNames("sb-1"), false, boot -> Optional.of("c"));
    Event event = new Event(41, 2, Event.Kind.FAULT, 1_801_000, 0, Map.of());
    EventJson events = new EventJson(calibrated, new PlainNames("sb-1"));
    String text = new String(events.of(event, List.of(), TIMELINE, 1_801_000), UTF_8);
    assertFalse(text.contains("\"cal\""), text);
    assertFalse(text.contains("\"lat\""), text);
    String withRow = new String(events.of(event, List.of(row()), TIMELINE, 1_801_000), UTF_8);
    assertTrue(withRow.contains("\"lon\":116.326519,\"cal\":\"c\",\"rows\":["), withRow);
  }

  private static Row row() {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    readings.put(Quantity.LAT, 40.070112);
    readings.put(Quantity.LON, 116.326519);
    return new Row(41, 1801, 1_801_000, Sample.of(readings));
  }
}
