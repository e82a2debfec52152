package dev.streetbox.compact;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.measure.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes random JSON batches: missing values, holes, all flags, every quantity, extreme values. */
final class RandomBatches {
  private RandomBatches() {}

  /** Returns the JSON of a batch of at most 60 rows. */
  static byte[] next(SplittableRandom random) {
    int boot = 1 + random.nextInt(1000);
    long tick = random.nextLong(1, 1_000_000_000);
    long seq = random.nextLong(1, 1L << 32);
    List<Anchor> anchors = new ArrayList<>();
    long utcMs = 1_700_000_000_000L + random.nextLong(1_000_000_000_000L);
    anchors.add(new Anchor(boot, tick, utcMs, source(random), 1_000));
    anchors.add(new Anchor(boot, tick + 20_000, utcMs + 20_003, source(random), 1_000));
    Timeline timeline = new Timeline(anchors);
    List<Row> rows = new ArrayList<>();
    Set<Quantity> quantities = some(random);
    int count = random.nextInt(61);
    for (int i = 0; i < count; i++) {
      rows.add(new Row(boot, seq, tick, sample(random, quantities)));
      int step = random.nextInt(20) == 0 ? 1 + random.nextInt(1000) : 1;
      seq += step;
      tick += 1000L * step + random.nextInt(2);
    }
    long last = seq;
    return JsonText.object(
            json -> {
              json.writeNumberField("v", 1);
              json.writeStringField("box", "sb-" + random.nextInt(10_000));
              json.writeNumberField("boot", boot);
              if (random.nextBoolean()) {
                json.writeBooleanField("sim", true);
              }
              json.writeNumberField("first", Math.max(1, last - 1_000_000));
              json.writeNumberField("last", last);
              if (random.nextBoolean()) {
                json.writeStringField("cal", "3-5f1c09a2");
              }
              if (!rows.isEmpty()) {
                json.writeNumberField("t0", utcMs - random.nextLong(100_000_000));
                if (random.nextBoolean()) {
                  json.writeNumberField("t0_min", utcMs - 200_000_000);
                }
                if (random.nextBoolean()) {
                  json.writeNumberField("t0_max", utcMs);
                }
              }
              json.writeArrayFieldStart("rows");
              for (Row row : rows) {
                RowJson.writeSent(json, row, timeline);
              }
              json.writeEndArray();
              if (random.nextInt(4) == 0) {
                json.writeArrayFieldStart("drops");
                for (int i = 0; i <= random.nextInt(3); i++) {
                  json.writeStartArray();
                  json.writeNumber(1 + i);
                  json.writeNumber(random.nextLong(10, 1L << 40));
                  json.writeString("store_full");
                  json.writeEndArray();
                }
                json.writeEndArray();
              }
            })
        .getBytes(StandardCharsets.UTF_8);
  }

  private static TimeSource source(SplittableRandom random) {
    return random.nextBoolean() ? TimeSource.GNSS : TimeSource.NTP;
  }

  private static Set<Quantity> some(SplittableRandom random) {
    Set<Quantity> quantities = EnumSet.allOf(Quantity.class);
    quantities.removeIf(quantity -> random.nextInt(3) == 0);
    return quantities;
  }

  private static Sample sample(SplittableRandom random, Set<Quantity> quantities) {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (Quantity quantity : quantities) {
      double low = quantity.least();
      double high = quantity.greatest();
      switch (random.nextInt(12)) {
        case 0 -> {} // Not measured.
        case 1 -> readings.put(quantity, low);
        case 2 -> readings.put(quantity, high);
        default -> readings.put(quantity, random.nextDouble(low, high));
      }
    }
    Set<Quality> flags = EnumSet.allOf(Quality.class);
    flags.removeIf(flag -> random.nextInt(4) > 0);
    return new Sample(readings, flags);
  }
}
