package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.streetbox.Seeds;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowJsonTest {
  private static final JsonFactory JSON = new JsonFactory();

  private static Timeline from(TimeSource source) {
    return new Timeline(List.of(new Anchor(41, 0, 1_795_420_800_000L, source, 0)));
  }

  private static String sent(Row row, TimeSource source) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      RowJson.writeSent(json, row, from(source));
    }
    return text.toString();
  }

  private static Row reread(Row row) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      RowJson.writeStored(json, row);
    }
    try (JsonParser json = JSON.createParser(text.toString())) {
      return RowJson.readStored(json, row.boot());
    }
  }

  @Test
  void aSentRowIsTheContractsObject() throws IOException {
    Sample sample =
        Sample.of(
            Map.of(
                Quantity.LAT, 40.070112,
                Quantity.LON, 116.326519,
                Quantity.PM2_5, 27.4,
                Quantity.LAEQ, 68.3,
                Quantity.VOC_INDEX, 112.0));
    assertEquals(
        "{\"seq\":1801,\"t\":1795420800000,\"tq\":\"gnss\",\"lat\":40.070112,\"lon\":116.326519,"
            + "\"pm25_ugm3\":27.4,\"laeq_db\":68.3,\"voc_index\":112,\"q\":0}",
        sent(new Row(41, 1801, 0, sample), TimeSource.GNSS));
  }

  @Test
  void anEstimatedTimeIsFlagged() throws IOException {
    Row row = new Row(41, 1, 250, new Sample(Map.of(), Set.of(Quality.GNSS_NONE)));
    assertEquals(
        "{\"seq\":1,\"t\":1795420800250,\"tq\":\"est\",\"q\":" + (1 << 11 | 1 << 14) + "}",
        sent(row, TimeSource.EST));
  }

  @Test
  void aValueIsWrittenWithItsQuantitysDecimalsAndNoExponent() {
    assertEquals("27", RowJson.plain(Quantity.PM2_5, 27));
    assertEquals("5.2", RowJson.plain(Quantity.PM2_5, 5.23475647));
    assertEquals("0", RowJson.plain(Quantity.H2S, -0.001));
    assertEquals("120000", RowJson.plain(Quantity.OX_RESISTANCE, 1.2e5));
    assertEquals("-0.05", RowJson.plain(Quantity.TEMPERATURE, -0.05));
  }

  @Test
  void fieldsOfALaterVersionAreSkipped() throws IOException {
    try (JsonParser json =
        JSON.createParser("{\"seq\":3,\"new\":{\"a\":[1]},\"tick\":5,\"temp_c\":1.5,\"q\":1}")) {
      Row row = RowJson.readStored(json, 2);
      assertEquals(
          new Row(
              2, 3, 5, new Sample(Map.of(Quantity.TEMPERATURE, 1.5), Set.of(Quality.PM_WARMUP))),
          row);
    }
  }

  @Test
  void aTextThatIsNoRowIsAnIoException() throws IOException {
    for (String text : List.of("[]", "{\"tick\":5}", "{\"seq\":0,\"tick\":1}", "{\"seq\":\"x\"}")) {
      try (JsonParser json = JSON.createParser(text)) {
        assertThrows(IOException.class, () -> RowJson.readStored(json, 2), text);
      }
    }
  }

  @Test
  void aStoredRowIsReadBackUnchangedAtItsResolution() {
    Seeds.each(50, RowJsonTest::writeAndReadRandomRow);
  }

  private static void writeAndReadRandomRow(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      if (random.nextBoolean()) {
        readings.put(quantity, quantity.rounded(random.nextDouble(-1000, 70_000)));
      }
    }
    Set<Quality> flags = Quality.of(random.nextInt(1 << 19));
    Row row =
        new Row(
            random.nextInt(1, 1000),
            random.nextLong(1, 1L << 31),
            random.nextLong(0, 1L << 40),
            new Sample(readings, flags));
    assertEquals(row, reread(row));
  }

  @Test
  void noQuantityIsEverWrittenWithAnExponentOrMoreThanItsDecimals() {
    double[] values = {0, -0.0, 1e-9, -1e-9, 1e7, -1e7, 123_456_789.987654, 655_340_000, 1.0 / 3};
    for (Quantity quantity : Quantity.values()) {
      for (double value : values) {
        String text = RowJson.plain(quantity, value);
        String form = quantity.decimals() == 0 ? "" : "(\\.\\d{1," + quantity.decimals() + "})?";
        assertTrue(text.matches("-?\\d+" + form), quantity.key() + " " + text);
        assertEquals(value, Double.parseDouble(text), 0.5001 * Math.pow(10, -quantity.decimals()));
      }
    }
  }

  @Test
  void everyValueIsWrittenAsTheShortestDecimalOfTheRoundedValue() {
    List<Quantity> quantities = List.of(Quantity.values());
    Seeds.each(
        20,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          for (int i = 0; i < 2_000; i++) {
            Quantity quantity = quantities.get(random.nextInt(quantities.size()));
            double value = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-8, 18));
            double rounded = quantity.rounded(value);
            String expected =
                rounded == 0
                    ? "0"
                    : BigDecimal.valueOf(rounded).stripTrailingZeros().toPlainString();
            assertEquals(expected, RowJson.plain(quantity, value), quantity + " " + value);
          }
        });
  }

  @Test
  void aValueIsRoundedToTheNearestAndHalfToTheEvenOne() {
    assertEquals("0.2", RowJson.plain(Quantity.PM2_5, 0.25));
    assertEquals("0.4", RowJson.plain(Quantity.PM2_5, 0.35));
    assertEquals("2", RowJson.plain(Quantity.VOC_INDEX, 2.5));
    assertEquals("-0.1", RowJson.plain(Quantity.PM2_5, -0.06));
    assertEquals("0", RowJson.plain(Quantity.PM2_5, -0.04));
  }

  @Test
  void everyFlagIsReadBack() throws IOException {
    for (Quality flag : Quality.values()) {
      Row row = new Row(1, 1, 0, new Sample(Map.of(), Set.of(flag)));
      assertEquals(row, reread(row), flag.key());
    }
  }

  @Test
  void aStoredRowHasItsTickAndASentRowDoesNot() throws IOException {
    Row row = new Row(41, 7, 12_345, Sample.NOTHING);
    assertEquals(12_345, reread(row).tickMs());
    assertFalse(sent(row, TimeSource.GNSS).contains("tick"));
    assertFalse(sent(row, TimeSource.GNSS).contains("boot"));
  }

  @Test
  void aValueCanBeWrittenUnderAnotherName() {
    assertEquals(
        "{\"mean\":27.4}",
        JsonText.object(json -> RowJson.writeValue(json, "mean", Quantity.PM2_5, 27.44)));
  }
}
