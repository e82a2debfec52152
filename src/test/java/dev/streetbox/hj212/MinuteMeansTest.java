package dev.streetbox.hj212;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.Quality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinuteMeansTest {
  private static final long START_MS = 1_795_420_800_000L; // a full minute
  private static final long DELAY_MS = 30_000;
  private static final Area AREA = Area.rectangle(40.0, 116.3, 40.1, 116.4);

  private final MinuteMeans means = new MinuteMeans(AREA, DELAY_MS, START_MS);

  private static Map<String, String> row(long t, double lat, int q) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("t", Long.toString(t));
    fields.put("tq", "\"gnss\"");
    fields.put("lat", Double.toString(lat));
    fields.put("lon", "116.32");
    fields.put("q", Integer.toString(q));
    return fields;
  }

  private void add(List<Map<String, String>> rows, boolean simulated) {
    List<BoxMessage.SentRow> sent = new ArrayList<>();
    rows.forEach(fields -> sent.add(new BoxMessage.SentRow(sent.size() + 1, fields)));
    means.add(
        new BoxMessage.Rows("sb-1", 1, 0, true, simulated, sent, List.of()),
        sent,
        START_MS + 59_000);
  }

  private static List<Map<String, String>> seconds(int count, double lat, int q) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Map<String, String> fields = row(START_MS + i * 1000L, lat, q);
      fields.put("pm25_ugm3", Integer.toString(10 + i));
      fields.put("laeq_db", i == 1 ? "80" : "60");
      rows.add(fields);
    }
    return rows;
  }

  private List<MinuteMeans.Closed> closed(long afterMs) {
    return means.close(START_MS + afterMs);
  }

  @Test
  void aMinuteHasLeastMeanAndGreatestOfItsGoodSeconds() {
    add(seconds(60, 40.05, 0), false);
    assertEquals(List.of(), closed(60_000 + DELAY_MS - 1));
    MinuteMeans.Closed minute = closed(60_000 + DELAY_MS).get(0);
    assertEquals(START_MS, minute.startMs());
    assertEquals(
        "a34004-Min=11.0,a34004-Avg=40.5,a34004-Max=70.0,a34004-Flag=N", minute.minute().air());
    // 10 lg((10^8 + 59 * 10^6) / 60); an arithmetic mean would be 60.3.
    assertEquals(
        "Leq-Data=64.2;LMx-Data=80.0;LMn-Data=60.0;L10-Data=60.0;L50-Data=60.0;L90-Data=60.0",
        minute.minute().sound());
    assertEquals(List.of(), closed(600_000));
  }

  @Test
  void theSecondThatEndsWithAMinuteBelongsToIt() {
    add(seconds(60, 40.05, 0), false);
    assertEquals(1, closed(180_000).size());
  }

  @Test
  void doubtedValuesAreLeftOutAndOthersOfTheRowStay() {
    add(seconds(60, 40.05, 1 << Quality.PM_WARMUP.bit()), false);
    MinuteMeans.Closed minute = closed(180_000).get(0);
    assertEquals("", minute.minute().air());
    assertEquals("Leq-Data=64.2", minute.minute().sound().substring(0, 13));
  }

  @Test
  void rowsElsewhereSimulatedUndatedOrWithoutAPlaceDoNotCount() {
    add(seconds(60, 41, 0), false);
    add(seconds(60, 40.05, 0), true);
    List<Map<String, String>> estimated = seconds(60, 40.05, 0);
    estimated.forEach(fields -> fields.put("tq", "\"est\""));
    add(estimated, false);
    List<Map<String, String>> nowhere = seconds(60, 40.05, 0);
    nowhere.forEach(fields -> fields.remove("lat"));
    add(nowhere, false);
    assertEquals(List.of(), closed(180_000));
    assertEquals(0, means.late());
  }

  @Test
  void aQuantityWithFewerThanThirtySecondsIsLeftOut() {
    add(seconds(29, 40.05, 0), false);
    assertEquals("", closed(180_000).get(0).minute().air());
  }

  @Test
  void rowsOfAClosedMinuteAreCountedOnly() {
    assertEquals(List.of(), closed(60_000 + DELAY_MS));
    add(seconds(60, 40.05, 0), false);
    assertEquals(60, means.late());
    assertEquals(List.of(), closed(600_000));
  }

  @Test
  void anAreaHasAnInside() {
    for (double[] wrong :
        new double[][] {
          {41, 116, 40, 117}, {40, 117, 41, 116}, {40, 116, 91, 117}, {Double.NaN, 1, 2, 3}
        }) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Area.rectangle(wrong[0], wrong[1], wrong[2], wrong[3]));
    }
  }
}
