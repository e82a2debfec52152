package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTableTest {
  private static final Map<String, String> RIDING =
      Map.of(
          "t", "1795435201999",
          "lat", "40.070012",
          "lon", "116.326584",
          "spd_mps", "6.9",
          "pm25_ugm3", "34.7",
          "laeq_db", "62.8",
          "voc_index", "112",
          "temp_c", "-4.66",
          "rh_pct", "49.6",
          "q", "0");

  private final RowTable table = new RowTable();

  private List<String> add(Map<String, String> fields) {
    return table.add(fields).lines().toList();
  }

  /** Returns the row's line without the header before it. */
  private String line(Map<String, String> fields) {
    List<String> lines = add(fields);
    return lines.get(lines.size() - 1);
  }

  @Test
  void aRowIsOneLineBelowTheHeader() {
    assertEquals(
        List.of(
            "UTC       latitude longitude km/h PM2.5 µg/m³  LAeq dB     VOC index    °C %RH",
            "12:00:01  40.07001 116.32658   25  34.7 █▏     62.8 ██▎          112  -4.7  50"),
        add(RIDING));
  }

  @Test
  void aQuantityThatWasNotMeasuredIsBlankAndAMissingPositionIsNamed() {
    assertEquals("12:00:01  no fix", line(Map.of("t", "1795435201000", "q", "0")));
  }

  @Test
  void aVocIndexThatIsStillLearningIsNamed() {
    String line = line(Map.of("t", "0", "voc_raw", "29541", "q", "256"));
    assertTrue(line.endsWith("warming up"), line);
  }

  @Test
  void theHeaderIsRepeatedEveryTwentyRows() {
    for (int row = 0; row < 60; row++) {
      assertEquals(row % 20 == 0 ? 2 : 1, add(RIDING).size(), "row " + row);
    }
  }

  @Test
  void flagsArePrintedOnlyWhenTheyChange() {
    Map<String, String> warming = Map.of("t", "0", "q", "256");
    assertEquals("          quality: gas_warmup", add(warming).get(1));
    assertEquals(1, add(warming).size());
    assertEquals("          quality: good", add(RIDING).get(0));
    assertEquals(1, add(RIDING).size());
  }

  @ParameterizedTest(name = "{0} dB")
  @CsvSource({"39, ''", "40, ''", "41.3, ▏", "65, ██▌", "89, ████▉", "90, █████", "140, █████"})
  void aBarSpans40To90DbAndNoMore(String level, String bar) {
    String line = line(Map.of("t", "0", "laeq_db", level, "q", "0"));
    assertEquals(bar, line.substring(line.indexOf('.') + 2).strip(), line);
  }

  @Test
  void noLineIsWiderThan80Columns() {
    Map<String, String> widest =
        Map.of(
            "t",
            "0",
            "lat",
            "-89.999999",
            "lon",
            "-179.999999",
            "spd_mps",
            "99",
            "pm25_ugm3",
            "999.9",
            "laeq_db",
            "140.0",
            "voc_raw",
            "65535",
            "temp_c",
            "-40.0",
            "rh_pct",
            "100",
            "q",
            "0");
    add(widest).forEach(line -> assertTrue(line.length() <= 80, line));
  }
}
