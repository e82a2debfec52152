package dev.streetbox.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports rows of a real store as NDJSON and GeoJSON. */
class OutboxExportTest {
  private static final Instant NOON = Instant.ofEpochMilli(RideStore.NOON_MS);

  @TempDir private Path data;

  private List<String> ndjson(Instant from, Instant to) throws IOException {
    StringWriter text = new StringWriter();
    try (StoreView view = StoreView.open(data)) {
      new OutboxExport("sb-0042", from, to)
          .print(view, RowPrinter.Format.ndjson, new PrintWriter(text));
    }
    return text.toString().lines().toList();
  }

  private JsonTree geoJson() throws IOException {
    StringWriter text = new StringWriter();
    try (StoreView view = StoreView.open(data)) {
      OutboxExport export = new OutboxExport("sb-0042", Instant.EPOCH, Instant.MAX);
      GeoJson.write(export, view, new PrintWriter(text));
    }
    assertEquals(geoLines(text), JsonTree.parse(text.toString()).children("features").size() + 2);
    return JsonTree.parse(text.toString());
  }

  /** Returns the number of lines: one a feature, so that text tools can count features. */
  private static long geoLines(StringWriter text) {
    return text.toString().lines().count();
  }

  /** Returns a sample of every quantity, each with another value. */
  private static Sample everything() {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      readings.put(quantity, 1.23456789 + readings.size());
    }
    return new Sample(readings, Set.of());
  }

  @Test
  void fromIsIncludedAndToIsNot() throws IOException {
    RideStore.add(data, 10, RideStore.NOON_MS, 0);
    List<String> lines = ndjson(NOON.plusSeconds(3), NOON.plusSeconds(6));
    List<String> seqs = new ArrayList<>();
    for (String line : lines) {
      seqs.add(JsonTree.parse(line).text("seq").orElseThrow());
    }
    assertEquals(List.of("3", "4", "5"), seqs);
    assertEquals(List.of(), ndjson(NOON.plusSeconds(11), Instant.MAX));
    assertEquals(10, ndjson(Instant.EPOCH, Instant.MAX).size());
  }

  @Test
  void noRowIsLostOrRepeatedBetweenTwoPagesOfTheStore() throws IOException {
    RideStore.add(
        data,
        3_605,
        RideStore.NOON_MS,
        TimeSource.GNSS,
        seq -> Sample.of(Map.of(Quantity.LAEQ, 50.0)));
    Set<String> seqs = new HashSet<>();
    for (String line : ndjson(Instant.EPOCH, Instant.MAX)) {
      assertTrue(seqs.add(JsonTree.parse(line).text("seq").orElseThrow()), line);
    }
    assertEquals(3_605, seqs.size());
  }

  @Test
  void bootsFollowOneAnotherAndEachIsDatedByItsOwnAnchor() throws IOException {
    RideStore.add(data, 2, RideStore.NOON_MS, 0);
    RideStore.add(data, 1, RideStore.NOON_MS + 60_000, 0);
    List<String> lines = ndjson(Instant.EPOCH, Instant.MAX);
    assertTrue(lines.get(1).startsWith("{\"box\":\"sb-0042\",\"boot\":1,\"seq\":2,"), lines.get(1));
    JsonTree last = JsonTree.parse(lines.get(2));
    assertEquals(Optional.of("2"), last.text("boot"));
    assertEquals(Optional.of(Long.toString(RideStore.NOON_MS + 61_000)), last.text("t"));
  }

  @Test
  void aRowOfABootWithoutATrustedClockIsFlaggedAsEstimated() throws IOException {
    Sample humid = new Sample(Map.of(), Set.of(Quality.PM_HUMID));
    RideStore.add(data, 1, RideStore.NOON_MS, TimeSource.EST, seq -> humid);
    JsonTree row = JsonTree.parse(ndjson(Instant.EPOCH, Instant.MAX).get(0));
    assertEquals(Optional.of("est"), row.text("tq"));
    assertEquals(Optional.of(Integer.toString(1 << 14 | 1 << 1)), row.text("q"));
    JsonTree properties = geoJson().children("features").get(0).child("properties");
    assertEquals(Optional.of(Integer.toString(1 << 14 | 1 << 1)), properties.text("q"));
  }

  @Test
  void everyQuantityIsWrittenWithItsDecimalsInBothForms() throws IOException {
    RideStore.add(data, 1, RideStore.NOON_MS, TimeSource.GNSS, seq -> everything());
    JsonTree row = JsonTree.parse(ndjson(Instant.EPOCH, Instant.MAX).get(0));
    JsonTree properties = geoJson().children("features").get(0).child("properties");
    for (Quantity quantity : Quantity.values()) {
      String text = row.text(quantity.key()).orElseThrow();
      int point = text.indexOf('.');
      assertTrue(point < 0 || text.length() - point - 1 <= quantity.decimals(), text);
      double value = Double.parseDouble(text);
      assertEquals(
          everything().get(quantity).orElseThrow(), value, Math.pow(10, -quantity.decimals()));
      boolean place = quantity == Quantity.LAT || quantity == Quantity.LON;
      assertEquals(place ? Optional.empty() : Optional.of(text), properties.text(quantity.key()));
    }
  }

  @Test
  void geoJsonHasLongitudeBeforeLatitude() throws IOException {
    Sample south = Sample.of(Map.of(Quantity.LAT, -33.8688, Quantity.LON, 151.2093));
    RideStore.add(data, 1, RideStore.NOON_MS, TimeSource.GNSS, seq -> south);
    JsonTree feature = geoJson().children("features").get(0);
    assertEquals(Optional.of("Feature"), feature.text("type"));
    assertEquals(Optional.of("sb-0042-1-1"), feature.text("id"));
    assertEquals(Optional.of("Point"), feature.child("geometry").text("type"));
    assertEquals(2, feature.child("geometry").size("coordinates"));
    StringWriter text = new StringWriter();
    try (StoreView view = StoreView.open(data)) {
      OutboxExport export = new OutboxExport("sb-0042", Instant.EPOCH, Instant.MAX);
      GeoJson.write(export, view, new PrintWriter(text));
    }
    assertTrue(text.toString().contains("\"coordinates\":[151.2093,-33.8688]"), text.toString());
    assertTrue(text.toString().contains("\"time\":\"2026-11-23T12:00:01Z\""), text.toString());
  }

  @Test
  void aRowInAPrivacyZoneHasNoGeometryAndNoFieldOfThePlace() throws IOException {
    RideStore.add(data, 6, RideStore.NOON_MS, 3);
    List<JsonTree> features = geoJson().children("features");
    assertEquals(6, features.size());
    assertEquals(Optional.of("Point"), features.get(1).child("geometry").text("type"));
    for (JsonTree hidden : features.subList(2, 6)) {
      assertEquals(Optional.of("null"), hidden.text("geometry"));
      for (String key : List.of("lat", "lon", "hacc_m", "alt_m", "spd_mps", "hdg_deg")) {
        assertEquals(Optional.empty(), hidden.child("properties").text(key), key);
      }
    }
  }

  @Test
  void aLatitudeWithoutALongitudeIsNoGeometry() throws IOException {
    RideStore.add(
        data, 1, RideStore.NOON_MS, TimeSource.GNSS, seq -> Sample.of(Map.of(Quantity.LAT, 40.0)));
    assertEquals(Optional.of("null"), geoJson().children("features").get(0).text("geometry"));
  }

  @Test
  void anEmptyStoreIsAnEmptyCollection() throws IOException {
    RideStore.add(data, 0, RideStore.NOON_MS, 0);
    assertEquals(Optional.of("FeatureCollection"), geoJson().text("type"));
    assertEquals(0, geoJson().size("features"));
    assertEquals(List.of(), ndjson(Instant.EPOCH, Instant.MAX));
  }

  @Test
  void aFullDiskEndsTheExport() throws IOException {
    RideStore.add(data, 10, RideStore.NOON_MS, 0);
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int count) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    OutboxExport export = new OutboxExport("sb-0042", Instant.EPOCH, Instant.MAX);
    try (StoreView view = StoreView.open(data)) {
      PrintWriter out = new PrintWriter(full);
      IOException error =
          assertThrows(IOException.class, () -> export.print(view, RowPrinter.Format.csv, out));
      assertTrue(error.getMessage().contains("the disk is full"), error.getMessage());
    }
  }
}
