package dev.streetbox.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.listen.BoxMessage;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.TextFormatException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowPrinterTest {
  private final StringWriter text = new StringWriter();

  private static BoxMessage.Rows batch(long startMs) {
    return new BoxMessage.Rows("sb-0042", 41, startMs, true, false, List.of(), List.of());
  }

  private static Map<String, String> fields(String... keysAndTexts) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < keysAndTexts.length; i += 2) {
      fields.put(keysAndTexts[i], keysAndTexts[i + 1]);
    }
    return fields;
  }

  private List<String> printed(RowPrinter.Format format, long startMs, Map<String, String> row) {
    RowPrinter printer = new RowPrinter(format, new PrintWriter(text));
    printer.print(batch(startMs), new BoxMessage.SentRow(7, row));
    return text.toString().lines().toList();
  }

  private List<String> csv(Map<String, String> row) {
    return printed(RowPrinter.Format.csv, 0, row);
  }

  private String ndjson(long startMs, Map<String, String> row) {
    return printed(RowPrinter.Format.ndjson, startMs, row).get(0);
  }

  @Test
  void theHeaderNamesEveryQuantityInTheOrderOfTheContract() {
    List<String> header = List.of(csv(fields("seq", "7")).get(0).split(","));
    assertEquals(List.of("box", "boot", "seq", "t", "tq"), header.subList(0, 5));
    assertEquals(
        Arrays.stream(Quantity.values()).map(Quantity::key).toList(),
        header.subList(5, header.size() - 1));
    assertEquals("q", header.get(header.size() - 1));
  }

  @Test
  void theHeaderIsPrintedOnce() {
    RowPrinter printer = new RowPrinter(RowPrinter.Format.csv, new PrintWriter(text));
    printer.print(batch(0), new BoxMessage.SentRow(1, fields("seq", "1")));
    printer.print(batch(0), new BoxMessage.SentRow(2, fields("seq", "2")));
    assertEquals(3, text.toString().lines().count());
    assertEquals(1, text.toString().lines().filter(line -> line.startsWith("box,")).count());
  }

  @Test
  void aQuantityThatWasNotMeasuredIsAnEmptyCell() {
    List<String> lines = csv(fields("seq", "7", "t", "1", "tq", "\"gnss\"", "q", "0"));
    int columns = Quantity.values().length + 6;
    assertEquals(columns, lines.get(0).split(",", -1).length);
    assertEquals(columns, lines.get(1).split(",", -1).length);
    assertEquals("sb-0042,41,7,1,gnss" + ",".repeat(columns - 5) + "0", lines.get(1));
  }

  @Test
  void everyQuantityStandsInItsOwnColumn() {
    List<String> header = List.of(csv(fields("seq", "7")).get(0).split(","));
    for (Quantity quantity : Quantity.values()) {
      text.getBuffer().setLength(0);
      String[] cells = csv(fields("seq", "7", quantity.key(), "-12.5")).get(1).split(",", -1);
      assertEquals("-12.5", cells[header.indexOf(quantity.key())], quantity.key());
      assertEquals(1, Arrays.stream(cells).filter("-12.5"::equals).count(), quantity.key());
    }
  }

  @Test
  void noValueCanBeginAnotherCell() {
    String line = csv(fields("seq", "7", "laeq_db", "6\"8,3", "tq", "\"gn,ss\"")).get(1);
    assertTrue(line.startsWith("sb-0042,41,7,,gnss,"), line);
    assertTrue(line.contains(",6 8 3,"), line);
    assertEquals(Quantity.values().length + 6, line.split(",", -1).length);
  }

  @Test
  void aFieldOfALaterVersionHasNoColumnButStandsInTheObject() {
    Map<String, String> row = fields("seq", "7", "co2_g", "412", "q", "0");
    assertEquals(
        "{\"box\":\"sb-0042\",\"boot\":41,\"seq\":7,\"co2_g\":412,\"q\":0}", ndjson(0, row));
    text.getBuffer().setLength(0);
    assertTrue(csv(row).stream().noneMatch(line -> line.contains("co2_g") || line.contains("412")));
  }

  @Test
  void onlyARowWithAnEstimatedTimeHasTheStartOfItsBoot() throws TextFormatException {
    assertEquals(
        Optional.of("1795420800000"),
        JsonTree.parse(ndjson(1_795_420_800_000L, fields("seq", "7", "tq", "\"est\""))).text("t0"));
    text.getBuffer().setLength(0);
    assertEquals(
        "{\"box\":\"sb-0042\",\"boot\":41,\"seq\":7,\"tq\":\"gnss\"}",
        ndjson(1_795_420_800_000L, fields("seq", "7", "tq", "\"gnss\"")));
    text.getBuffer().setLength(0);
    assertEquals(
        "{\"box\":\"sb-0042\",\"boot\":41,\"seq\":7,\"tq\":\"est\"}",
        ndjson(0, fields("seq", "7", "tq", "\"est\"")));
  }

  private List<String> influx(Map<String, String> row) {
    text.getBuffer().setLength(0);
    return printed(RowPrinter.Format.influx, 0, row);
  }

  @Test
  void aRowIsALineOfLineProtocolWithItsTimeInNanoseconds() {
    Map<String, String> row =
        fields(
            "t",
            "1795420800000",
            "tq",
            "\"gnss\"",
            "voc_index",
            "112",
            "q",
            "4",
            "pm25_ugm3",
            "27.4");
    assertEquals(
        List.of(
            "streetbox,box=sb-0042 pm25_ugm3=27.4,voc_index=112,boot=41i,seq=7i,q=4i"
                + " 1795420800000000000"),
        influx(row));
  }

  @Test
  void aRowWithoutAQuantityMakesNoLineOfLineProtocol() {
    assertEquals(List.of(), influx(fields("t", "1795420800000", "tq", "\"gnss\"", "q", "0")));
    assertEquals(List.of(), influx(fields("pm25_ugm3", "27.4", "q", "0")));
  }

  @Test
  void noValueCanBeginAnotherFieldOfLineProtocol() {
    for (String hostile : List.of("1,owned=1", "1 2", "\"x\"", "NaN", "1e400", "1\n2", "")) {
      Map<String, String> row = fields("t", "1795420800000", "pm25_ugm3", hostile, "co_ppm", "1");
      assertEquals(
          List.of("streetbox,box=sb-0042 co_ppm=1,boot=41i,seq=7i 1795420800000000000"),
          influx(row),
          hostile);
    }
  }

  @Test
  void aSimulatedRowHasATagOfItsOwn() {
    RowPrinter printer = new RowPrinter(RowPrinter.Format.influx, new PrintWriter(text));
    printer.print(
        new BoxMessage.Rows("sb-1", 1, 0, true, true, List.of(), List.of()),
        new BoxMessage.SentRow(1, fields("t", "5", "co_ppm", "1")));
    assertEquals("streetbox,box=sb-1,sim=true co_ppm=1,boot=1i,seq=1i 5000000\n", text.toString());
  }

  @Test
  void aCorrectionOfTimesIsALineOfNdjsonAndNoneOfCsv() {
    BoxMessage.Times times =
        new BoxMessage.Times("sb-0042", 41, 1801, fields("t0", "5", "tq", "\"gnss\""));
    new RowPrinter(RowPrinter.Format.csv, new PrintWriter(text)).print(times);
    assertEquals("", text.toString());
    new RowPrinter(RowPrinter.Format.ndjson, new PrintWriter(text)).print(times);
    assertEquals(
        "{\"box\":\"sb-0042\",\"boot\":41,\"last\":1801,\"t0\":5,\"tq\":\"gnss\"}\n",
        text.toString());
  }
}
