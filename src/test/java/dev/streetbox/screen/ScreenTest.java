package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

/** Checks the screen of `watch` character by character. */
class ScreenTest {
  /** Has a part that waits, one that is late, and a broker that is not connected. */
  private static final String STATUS =
      """
      {"v":1,"box":"sb-0042","boot":41,"version":"0.1.0","tick_ms":1801000,\
      "t":1795420800000,"tq":"gnss","row":{"seq":1801,"t":1795420799500,"tq":"gnss",\
      "lat":40.070112,"lon":116.326519,"hacc_m":3.1,"spd_mps":6.4,"pm1_ugm3":18.2,\
      "pm25_ugm3":27.4,"nc05_cm3":182.4,"laeq_db":68.3,"lafmax_db":74.9,"voc_index":112,\
      "voc_raw":29541,"temp_c":21.4,"rh_pct":83.2,"q":33042},"readings":[\
      {"key":"pm1_ugm3","value":18.3,"unit":"µg/m³","sensor":"pm","age_ms":412},\
      {"key":"pm25_ugm3","value":27.5,"unit":"µg/m³","sensor":"pm","age_ms":412},\
      {"key":"h2s_ppm","value":0.02,"unit":"ppm","sensor":"smell","age_ms":75000}],"sensors":[\
      {"name":"pm","bus":"i2c-1","state":"running","age_ms":412,"faults":0},\
      {"name":"gas","bus":"i2c-1","state":"running","age_ms":600,"faults":0},\
      {"name":"air","bus":"i2c-1","state":"waiting","faults":3,"last_fault":"nobody answered"}],\
      "gnss":{"mode":3,"used":9,"seen":14,"receiver":"/dev/ttyS0"},\
      "store":{"newest":1801,"unacknowledged":1204,"uncommitted":4,"events":1,"dropped":0},\
      "link":{"state":"connecting","since_tick_ms":1081000,"broker":"mqtts://broker:8883",\
      "in_flight_rows":0,"last_trouble":"no connection: Connection refused"},\
      "faults":[{"place":"i2c-1/air","text":"nobody answered at 0x44: the part is missing or \
      without power; check the cable","count":3,"active":true},\
      {"place":"serial-pm","text":"wrong checksum","count":1,"active":false}]}
      """;

  private static View view(String status, View.Mode mode, String notice) throws IOException {
    JsonTree tree = JsonTree.parse(status);
    History history = new History();
    for (int seq = 1; seq <= 30; seq++) {
      String row = "{\"pm25_ugm3\":" + (20 + seq % 10) + ",\"laeq_db\":" + (60 + seq / 3) + "}";
      history.add(seq, View.readings(JsonTree.parse(row)));
    }
    return new View(tree, history, notice, mode);
  }

  private static String text(View view, int columns, int rows) {
    List<AttributedString> lines = Screen.of(view, columns, rows);
    assertEquals(rows, lines.size());
    lines.forEach(line -> assertTrue(line.columnLength() <= columns, line.toString()));
    return lines.stream()
        .map(line -> line.toString().stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private static String text(int columns, int rows) throws IOException {
    return text(view(STATUS, View.Mode.QUANTITIES, ""), columns, rows);
  }

  @Test
  void aWindowOf80ColumnsAnd24Rows() throws IOException {
    assertEquals(
        """
         sb-0042  boot 41, up 30 min                    2026-11-23 08:00:00 UTC by gnss
         faults  1: i2c-1/air: nobody answered at 0x44: the part is missing or without …
         link    connecting for 12 min, no connection: Connection refused   0 in flight
         place   40.070112 116.326519 ±3.1 m, 23 km/h        3D fix, 9 of 14 satellites
         rows    1,801 measured, 1,204 to send, 0 dropped, 1 events               stale
         parts   pm gas run; air wait

         quantity         value unit   last 24 rows                 age flags
         PM1               18.2 µg/m³                             0.4 s humid
         PM2.5             27.4 µg/m³  ▇██▁▁▂▃▄▅▆▇██▁▁▂▃▄▅▆▇██▁   0.4 s humid
         LAeq              68.3 dB     ▁▁▂▂▂▃▃▃▄▄▄▅▅▅▆▆▆▇▇▇████   0.5 s motion
         LAFmax            74.9 dB                                0.5 s motion
         VOC index          112                                   0.5 s warmup
         H₂S               0.02 ppm                                75 s warmup, late
         temperature      21.40 °C                                0.5 s
         humidity         83.20 %                                 0.5 s
         count 0.5 µm    182.40 1/cm³                             0.5 s humid
         VOC raw          29541 ticks                             0.5 s warmup





         q quit   p pause   f faults
        """,
        text(80, 24));
  }

  @Test
  void aLargeWindowHasLongerCurves() throws IOException {
    assertEquals(
        """
         sb-0042  boot 41, up 30 min                                                            2026-11-23 08:00:00 UTC by gnss
         faults  1: i2c-1/air: nobody answered at 0x44: the part is missing or without power; check the cable
         link    connecting for 12 min, no connection: Connection refused                                           0 in flight
         place   40.070112 116.326519 ±3.1 m, 23 km/h                                                3D fix, 9 of 14 satellites
         rows    1,801 measured, 1,204 to send, 0 dropped, 1 events                                                       stale
         parts   pm gas run; air wait

         quantity         value unit   last 60 rows                                                     age flags
         PM1               18.2 µg/m³                                                                 0.4 s humid
         PM2.5             27.4 µg/m³                                ▁▂▃▄▅▆▇██▁▁▂▃▄▅▆▇██▁▁▂▃▄▅▆▇██▁   0.4 s humid
         LAeq              68.3 dB                                   ▁▁▁▁▁▂▂▂▃▃▃▄▄▄▅▅▅▅▅▅▆▆▆▇▇▇████   0.5 s motion
         LAFmax            74.9 dB                                                                    0.5 s motion
         VOC index          112                                                                       0.5 s warmup
         H₂S               0.02 ppm                                                                    75 s warmup, late
         temperature      21.40 °C                                                                    0.5 s
         humidity         83.20 %                                                                     0.5 s
         count 0.5 µm    182.40 1/cm³                                                                 0.5 s humid
         VOC raw          29541 ticks                                                                 0.5 s warmup

         q quit   p pause   f faults
        """,
        text(120, 40).replaceAll("\n{6,}", "\n\n"));
  }

  @Test
  void aSmallWindowKeepsTheMostUrgentLines() throws IOException {
    assertEquals(
        """
         sb-0042  boot 41, up 30 min
         faults  1: i2c-1/air: nobody answered at 0…
         quantity         value unit       age flags
         PM1               18.2 µg/m³    0.4 s humid
         PM2.5             27.4 µg/m³    0.4 s humid
         LAeq              68.3 dB       0.5 s moti…
         LAFmax            74.9 dB       0.5 s moti…
         6 more in a taller window
         q quit   p pause   f faults
        """,
        text(44, 9));
  }

  @Test
  void everyWindowIsFilledAndNoLineIsWiderThanIt() throws IOException {
    for (int columns = 1; columns <= 140; columns += 3) {
      for (int rows = 2; rows <= 50; rows += 3) {
        for (View.Mode mode : View.Mode.values()) {
          View view = view(STATUS, mode, "the agent hangs. Try: something that is long");
          List<AttributedString> lines = Screen.of(view, columns, rows);
          assertEquals(rows, lines.size());
          int widest = Math.max(2, columns);
          lines.forEach(line -> assertTrue(line.columnLength() <= widest, line.toString()));
        }
      }
    }
  }

  @Test
  void faultsTakeThePlaceOfTheQuantities() throws IOException {
    assertEquals(
        """
         sb-0042  boot 41, up 30 min                    2026-11-23 08:00:00 UTC by gnss
         faults  1: i2c-1/air: nobody answered at 0x44: the part is missing or without …
         link    connecting for 12 min, no connection: Connection refused   0 in flight
         place   40.070112 116.326519 ±3.1 m, 23 km/h        3D fix, 9 of 14 satellites

         now  i2c-1/air: nobody answered at 0x44: the part is missing or without power;
        check the cable (3 times)
         over serial-pm: wrong checksum (1 times)





         q quit   p pause   f quantities
        """,
        text(view(STATUS, View.Mode.FAULTS, ""), 80, 14));
  }

  @Test
  void aPausedOrOldStateIsMarked() throws IOException {
    String text =
        text(view(STATUS, View.Mode.PAUSED, "this is 12 s old: the agent hangs. Try: x"), 80, 24);
    assertTrue(text.lines().findFirst().orElseThrow().contains("PAUSED"), text);
    assertTrue(text.contains("\n this is 12 s old: the agent hangs. Try: x\n"), text);
    assertTrue(text.endsWith(" q quit   p go on   f faults\n"), text);
  }

  @Test
  void anAgentThatHasJustStartedHasNoRowYet() throws IOException {
    assertEquals(
        """
         sb-0042  boot ?                                                    no time yet
         faults  none
         link    unknown, no broker                                         0 in flight

         nothing measured yet






         q quit   p pause   f faults
        """,
        text(view("{\"box\":\"sb-0042\"}", View.Mode.QUANTITIES, ""), 80, 12));
  }

  @Test
  void aBoxInAPrivacyZoneIsShownAsDark() throws IOException {
    String hidden = "{\"dark\":true,\"gnss\":{\"mode\":3,\"used\":9,\"seen\":14}}";
    String text = text(view(hidden, View.Mode.QUANTITIES, ""), 80, 20);
    assertTrue(text.contains("\n place   dark: may be in a privacy zone"), text);
  }

  /** Returns a status whose row has every quantity, all with this value. */
  private static String all(String value) {
    return Arrays.stream(Quantity.values())
        .map(quantity -> "\"" + quantity.key() + "\":" + value)
        .collect(Collectors.joining(",", "{\"row\":{\"t\":1,\"seq\":1,", "},\"t\":1}"));
  }

  @Test
  void everyQuantityHasItsLineWithItsUnitAndDecimals() throws IOException {
    assertEquals(
        """
         PM1               12.3 µg/m³                             0.0 s
         PM2.5             12.3 µg/m³                             0.0 s
        """,
        text(view(all("12.3456"), View.Mode.QUANTITIES, ""), 80, 60)
            .lines()
            .filter(line -> line.startsWith(" PM1  ") || line.startsWith(" PM2.5  "))
            .map(line -> line.replaceAll("[\u2581-\u2588]", " ") + "\n")
            .collect(Collectors.joining()));
    String text = text(view(all("12.3456"), View.Mode.QUANTITIES, ""), 80, 60);
    for (Quantity quantity : Quantity.values()) {
      if (quantity.group() != QuantityGroup.PLACE) {
        String value = String.format(Locale.ROOT, "%." + quantity.decimals() + "f", 12.3456);
        String line = " " + quantity.label() + " +" + value + " " + quantity.unit() + " .*";
        assertTrue(text.lines().anyMatch(shown -> shown.matches(line)), line + "\n" + text);
      }
    }
  }

  @Test
  void noValueIsTooWideForItsColumn() throws IOException {
    for (String value : List.of("-1000000", "655340000", "-0.0001")) {
      String text = text(view(all(value), View.Mode.QUANTITIES, ""), 80, 60);
      assertEquals(60, text.lines().count());
      assertTrue(text.contains("%.1f µg/m³".formatted(Double.parseDouble(value))), text);
    }
  }

  @Test
  void detailsFollowTheMainQuantitiesAndAreLeftOutOfASmallWindowFirst() throws IOException {
    String text = text(view(all("1"), View.Mode.QUANTITIES, ""), 80, 40);
    assertTrue(text.contains("\n pressure "), text);
    assertFalse(text.contains("\n count 10 µm "), text);
    assertTrue(text.contains(" more in a taller window\n"), text);
  }

  @Test
  void theFaultsViewOfABootWithoutFaultsHasOneLine() throws IOException {
    String text = text(view("{}", View.Mode.FAULTS, ""), 80, 12);
    assertTrue(text.contains("\n no fault in this boot\n"), text);
  }
}
