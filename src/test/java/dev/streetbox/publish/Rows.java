package dev.streetbox.publish;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.Outbox;
import java.nio.file.Path;
import java.util.Map;

/** Makes rows for tests: one per second, whose temperature is its seq. */
final class Rows {
  static final int BOOT = 41;
  static final long START_MS = 1_795_420_800_000L;

  private Rows() {}

  /** Returns an outbox in memory with that many rows. */
  static Outbox outbox(Path folder, int count) {
    Outbox outbox = new Outbox(BOOT, folder);
    outbox.append(trustedAnchor());
    for (int i = 0; i < count; i++) {
      append(outbox);
    }
    return outbox;
  }

  /** Returns the anchor of the boot. */
  static Anchor trustedAnchor() {
    return new Anchor(BOOT, 0, START_MS, TimeSource.GNSS, 100);
  }

  /** Returns the same anchor of another boot. */
  static Anchor trustedAnchor(int boot) {
    return new Anchor(boot, 0, START_MS, TimeSource.GNSS, 100);
  }

  /** Appends the next row. */
  static void append(Outbox outbox) {
    long seq = outbox.newest() + 1;
    Sample sample = Sample.of(Map.of(Quantity.TEMPERATURE, seq % 100.0));
    outbox.append(new Row(BOOT, seq, seq * 1000, sample));
  }
}
