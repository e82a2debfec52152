package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RowColumnsTest {
  private static final int FIRST_QUANTITY = 5;

  @Test
  void eachValueStandsInItsColumnAsItWasSent() {
    List<String> line =
        line("seq", "7", "t", "1795420800000", "tq", "\"gnss\"", "pm25_ugm3", "27.4", "q", "3");
    assertEquals(List.of("12", "7", "5000", "3", "\\N"), line.subList(0, FIRST_QUANTITY));
    assertEquals("27.4", value(line, Quantity.PM2_5));
    assertEquals("\\N", value(line, Quantity.PM10));
  }

  @Test
  void aValueThatDoesNotFitItsColumnIsExtraAndTheRowStays() {
    assertEquals("{\"pm1_ugm3\":\"1e400\"}", extra("pm1_ugm3", "1e400"));
    assertEquals("{\"pm1_ugm3\":1e-60}", extra("pm1_ugm3", "1e-60"));
    assertEquals("{\"voc_index\":112.5}", extra("voc_index", "112.5"));
    assertEquals("{\"voc_index\":3000000000}", extra("voc_index", "3000000000"));
    assertEquals("{\"lat\":\"40\"}", extra("lat", "\"40\""));
    assertEquals("{\"q\":-1}", extra("q", "-1"));
  }

  @Test
  void aFieldOfALaterVersionIsExtra() {
    assertEquals("{\"uv_index\":3}", extra("uv_index", "3"));
  }

  @Test
  void noTextEndsTheLineOrTheColumn() {
    assertEquals("{\"x\":\"a\\\\tb\\\\nc\\\\\\\\d\"}", extra("x", "\"a\\tb\\nc\\\\d\""));
  }

  @Test
  void aRowWithoutTimeHasNoAge() {
    StringBuilder lines = new StringBuilder();
    new RowColumns(lines).append(1, OptionalLong.empty(), new BoxMessage.SentRow(9, Map.of()));
    assertEquals("1\t9\t\\N\t0\t\\N", String.join("\t", columns(lines).subList(0, FIRST_QUANTITY)));
  }

  @Test
  void theNamesHaveTheOrderOfTheLine() {
    List<String> names = Arrays.asList(RowColumns.NAMES.split(", "));
    assertEquals("\"boot_id\"", names.get(0));
    assertEquals("\"lat\"", names.get(FIRST_QUANTITY));
    assertEquals(columns(new StringBuilder(String.join("\t", line()))).size(), names.size());
  }

  private static String extra(String... fields) {
    return line(fields).get(FIRST_QUANTITY - 1);
  }

  private static String value(List<String> line, Quantity quantity) {
    List<Quantity> all = new ArrayList<>(List.of(Quantity.values()));
    return line.get(FIRST_QUANTITY + all.indexOf(quantity));
  }

  private static List<String> line(String... fields) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      row.put(fields[i], fields[i + 1]);
    }
    StringBuilder lines = new StringBuilder();
    new RowColumns(lines).append(12, OptionalLong.of(5_000), new BoxMessage.SentRow(7, row));
    return columns(lines);
  }

  private static List<String> columns(StringBuilder lines) {
    return Arrays.asList(lines.toString().replaceFirst("\n$", "").split("\t", -1));
  }
}
