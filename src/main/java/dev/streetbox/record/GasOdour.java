package dev.streetbox.record;

import dev.streetbox.measure.Quantity;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the odours in the values of one gas. Used by the recorder's thread. */
final class GasOdour {
  /** After this (ms) an odour is the air of the place; it is an event of this length. */
  static final long LONGEST_MS = 60_000;

  /** The time (ms) that a value of a second stands for. */
  private static final long SECOND_MS = 1_000;

  /** Longer than this (ms) without a value: the odour is not followed any more. */
  private static final long LONGEST_GAP_MS = 3_000;

  private final double threshold;
  private final OdourSettings settings;
  private boolean running;
  private boolean waitsForLess;
  private long startMs;
  private long lastHighMs;
  private long lastValueMs;
  private Quantity quantity = Quantity.VOC_INDEX;
  private double peak;
  private long peakMs;
  private Optional<Long> lastEndMs = Optional.empty();

  /**
   * @param threshold the value from which on there is an odour; 0: there is none
   */
  GasOdour(double threshold, OdourSettings settings) {
    this.threshold = threshold;
    this.settings = settings;
  }

  /** Ends an odour without an event, because its values cannot be trusted. */
  void clear() {
    running = false;
    waitsForLess = false;
  }

  /**
   * Adds the value of the next second that has one.
   *
   * @param measured the quantity of the value
   * @param tickMs the end of the second
   * @return the event of an odour that this second ends, if it is one
   */
  Optional<OdourEvents.Odour> add(Quantity measured, double value, long tickMs) {
    if (tickMs - lastValueMs > LONGEST_GAP_MS || measured != quantity) {
      clear();
    }
    lastValueMs = tickMs;
    quantity = measured;
    boolean holds = running || waitsForLess;
    double limit = holds ? threshold * (1 - settings.hysteresisPct() / 100) : threshold;
    boolean high = threshold > 0 && value >= limit;
    if (waitsForLess) {
      waitsForLess = high;
      return Optional.empty();
    }
    if (high) {
      extend(value, tickMs);
      waitsForLess = tickMs - startMs >= LONGEST_MS;
    }
    return running && (!high || waitsForLess) ? end() : Optional.empty();
  }

  private void extend(double value, long tickMs) {
    if (!running) {
      running = true;
      startMs = tickMs - SECOND_MS;
      peak = Double.NEGATIVE_INFINITY;
    }
    if (value > peak) {
      peak = value;
      peakMs = tickMs;
    }
    lastHighMs = tickMs;
  }

  private Optional<OdourEvents.Odour> end() {
    running = false;
    long durationMs = lastHighMs - startMs;
    boolean tooSoon =
        lastEndMs.filter(last -> lastHighMs - last < settings.interval().toMillis()).isPresent();
    if (durationMs < settings.after().toMillis() || tooSoon) {
      return Optional.empty();
    }
    lastEndMs = Optional.of(lastHighMs);
    return Optional.of(new OdourEvents.Odour(peakMs, fields(durationMs)));
  }

  private Map<String, Object> fields(long durationMs) {
    double rounded = quantity.rounded(peak);
    Map<String, Object> fields = new TreeMap<>();
    fields.put("by", "part");
    fields.put("quantity", quantity.key());
    fields.put("peak", quantity.decimals() == 0 ? (Object) Math.round(rounded) : (Object) rounded);
    fields.put("duration_s", durationMs / SECOND_MS);
    return fields;
  }
}
