package dev.streetbox.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quantity;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {
  @TempDir private Path data;

  private String page(String box, long mostRows) throws IOException {
    StringWriter text = new StringWriter();
    OutboxExport export = new OutboxExport(box, Instant.EPOCH, Instant.MAX);
    try (StoreView view = StoreView.open(data)) {
      new HtmlPage(export, Optional.of(Quantity.LAEQ), mostRows).write(view, new PrintWriter(text));
    }
    return text.toString();
  }

  /** Returns the data that the page's script reads. */
  private static JsonTree data(String page) throws IOException {
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(start) + start.length();
    return JsonTree.parse(page.substring(from, page.indexOf("</script>", from)));
  }

  private static long rows(String page) {
    return page.lines().filter(line -> line.matches(",?\\[\\d+,\\d+,\\d+,.*")).count();
  }

  @Test
  void aPageHoldsItsRowsAndLoadsNothing() throws IOException {
    RideStore.add(data, 10, RideStore.NOON_MS, 4);
    String page = page("sb-0042", 100);
    assertEquals("10", data(page).child("summary").text("rows").orElseThrow());
    assertEquals("laeq_db", data(page).text("choice").orElseThrow());
    assertEquals(10, rows(page));
    assertTrue(page.contains("\n,[1,3,1795435203000,256,40.07,116.3265,"), page);
    assertTrue(page.contains("\n,[1,4,1795435204000,8448,null,null,null,null,"), page);
    assertFalse(page.contains("http:") || page.contains("https:"), "an address");
    assertFalse(page.contains(" src="), "something to load");
  }

  @Test
  void ofTooManyRowsEveryNthIsDrawnAndAllAreCounted() throws IOException {
    RideStore.add(data, 10, RideStore.NOON_MS, 0);
    String page = page("sb-0042", 4);
    assertEquals("3", data(page).text("stride").orElseThrow());
    assertEquals("10", data(page).child("summary").text("rows").orElseThrow());
    assertEquals(4, rows(page));
  }

  @Test
  void noTextOfTheDataEndsItsElement() throws IOException {
    RideStore.add(data, 1, RideStore.NOON_MS, 0);
    String hostile = "</script><script>alert(1)</script><!--&";
    String page = page(hostile, 4);
    assertEquals(hostile, data(page).text("box").orElseThrow());
    assertFalse(page.contains("<script>alert"), page);
  }
}
