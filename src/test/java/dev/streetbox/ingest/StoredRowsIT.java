package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.measure.Quantity;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in a real PostgreSQL that each row is stored once and whole. */
class StoredRowsIT {
  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;

  /** Uses tables of its own. */
  StoredRowsIT() throws SQLException {
    tables = SHARED.tables();
  }

  @Test
  void aMessageThatComesAgainChangesNothingButTheCountOfDuplicates()
      throws IOException, SQLException {
    Message[] messages = {
      box.batch(1, 1, 5, SentMessages.startMs(1), "gnss", ",\"drops\":[[6,7,\"store_full\"]]"),
      box.message("event", 1, ",\"id\":\"e-1\",\"kind\":\"report\",\"text\":\"ice\""),
      box.message("event", 1, ",\"kind\":\"brake\",\"t\":1795507201000"),
      box.message("event", 2, ",\"kind\":\"loss\",\"lost_boot\":1,\"first\":8,\"last\":9"),
      box.message("about", 1, ",\"parts\":[]"),
      box.message("ack", 1, ",\"id\":\"c-1\",\"cmd\":\"ping\",\"ok\":true")
    };
    assertTrue(tables.store(messages));
    List<String> before = everything();
    assertTrue(tables.store(messages));
    assertTrue(tables.store(messages));
    assertEquals(before, everything());
    assertEquals("10", tables.line("select duplicates from boot where boot = 1"));
  }

  private List<String> everything() throws SQLException {
    List<String> lines = new ArrayList<>();
    for (String table : List.of("row", "gap", "event", "about", "answer", "quarantine")) {
      lines.addAll(tables.lines("select ctid, t from " + table + " t order by 1"));
    }
    lines.addAll(tables.lines("select box, boot, t0, tq, rows, top from boot order by 1, 2"));
    return lines;
  }

  @Test
  void piecesInAnyOrderAreOneAccount() {
    Seeds.each(4, this::piecesInAnyOrderAreOneAccount);
  }

  private void piecesInAnyOrderAreOneAccount(long seed) throws IOException, SQLException {
    Random random = new Random(seed);
    int boot = (int) seed;
    List<Message> pieces = new ArrayList<>();
    for (int first = 1; first <= 60; first += 5) {
      pieces.add(box.batch(boot, first, Math.min(60, first + random.nextInt(5, 12))));
    }
    Collections.shuffle(pieces, random);
    while (!pieces.isEmpty()) {
      List<Message> some = pieces.subList(0, 1 + random.nextInt(pieces.size()));
      assertTrue(tables.store(some.toArray(Message[]::new)));
      some.clear();
    }
    String account = "select received, declared, unexplained, holes from account where boot = ";
    assertEquals("60 0 0 {}", tables.line(account + boot));
    assertEquals("60 60", tables.line("select rows, top from boot where boot = " + boot));
    String values = "select min(seq), max(seq), sum(pm25_ugm3 - seq) from sample where boot = ";
    assertEquals("1 60 0", tables.line(values + boot));
  }

  @Test
  void eachQuantityTakesTheEndsOfItsRange() throws IOException, SQLException {
    StringBuilder least = new StringBuilder();
    StringBuilder greatest = new StringBuilder();
    for (Quantity quantity : Quantity.values()) {
      least.append(",\"%s\":%s".formatted(quantity.key(), number(quantity.least())));
      greatest.append(",\"%s\":%s".formatted(quantity.key(), number(quantity.greatest())));
    }
    assertTrue(tables.store(box.oneRow(1, 1, least + ""), box.oneRow(1, 2, greatest + "")));
    for (Quantity quantity : Quantity.values()) {
      String ends =
          "select min(value) = min(least)::%1$s and max(value) = min(greatest)::%1$s"
              + " from %2$s, quantity where key = '%2$s'";
      String asked = ends.formatted(RowColumns.type(quantity), quantity.key());
      assertEquals("t", tables.line(asked), quantity.key());
    }
  }

  @Test
  void aPlaceKeepsItsSevenDecimals() throws IOException, SQLException {
    assertTrue(tables.store(box.oneRow(1, 1, ",\"lat\":40.0712345,\"lon\":-116.3212345")));
    assertEquals("40.0712345 -116.3212345", tables.line("select lat, lon from sample"));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  @Test
  void anImpossibleValueIsKeptBesideTheRowAndTheOthersAreStored() throws IOException, SQLException {
    assertTrue(
        tables.store(
            box.oneRow(1, 1, ",\"pm25_ugm3\":1e39,\"temp_c\":21.5"),
            box.oneRow(1, 2, ",\"voc_index\":2147483648,\"temp_c\":22.5"),
            box.oneRow(1, 3, ",\"lat\":1e-310,\"temp_c\":23.5")));
    assertEquals(
        List.of(
            "1 21.5 0 {\"pm25_ugm3\": 1000000000000000000000000000000000000000}",
            "2 22.5 0 {\"voc_index\": 2147483648}",
            "3 23.5 0 {\"lat\": 0." + "0".repeat(309) + "1}"),
        tables.lines("select seq, temp_c, q, extra from row order by 1"));
    assertEquals("0", tables.line("select count(*) from quarantine"));
  }

  @Test
  void aTextOfALaterVersionArrivesAsItWasSent() throws IOException, SQLException {
    String sent =
        "tab\\t line\\n return\\r back\\\\slash \\\\N \\\\. \\\"quote\\\" null\\u0000 \\ud83d";
    assertTrue(tables.store(box.oneRow(1, 1, ",\"new_field\":\"" + sent + "\"")));
    assertEquals(
        "tab\t line\n return\r back\\slash \\N \\. \"quote\" null\ufffd \ufffd",
        tables.line("select extra ->> 'new_field' from row"));
  }
}
