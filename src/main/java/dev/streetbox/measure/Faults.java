package dev.streetbox.measure;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The troubles that the world gives, counted: each distinct one is one entry with its first and
 * last moment, and one line in the log, however often it comes. Safe for every thread.
 */
public final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** Room for this many distinct faults; beyond it the longest silent one is forgotten. */
  static final int CAPACITY = 100;

  /**
   * One distinct trouble.
   *
   * @param subsystem which part of the program it concerns
   * @param place where, as {@code i2c-1/pm} or {@code broker}
   * @param text what, with the likely cause
   * @param count how often, from 1
   * @param firstTickMs when first seen, monotonic milliseconds since the boot began
   * @param lastTickMs when last seen
   * @param active whether it still holds: false once the place has recovered
   */
  public record Fault(
      Subsystem subsystem,
      String place,
      String text,
      long count,
      long firstTickMs,
      long lastTickMs,
      boolean active) {
    private Fault again(long tickMs) {
      return new Fault(subsystem, place, text, count + 1, firstTickMs, tickMs, true);
    }

    private Fault over() {
      return new Fault(subsystem, place, text, count, firstTickMs, lastTickMs, false);
    }
  }

  private record Key(String place, String text) {}

  private final Map<Key, Fault> faults = new LinkedHashMap<>();

  /** Counts a trouble at a place; logs it if it is new there or had been over. */
  public synchronized void raise(Subsystem subsystem, String place, String text, long tickMs) {
    Key key = new Key(place, text);
    Fault known = faults.get(key);
    if (known == null) {
      makeRoom();
      faults.put(key, new Fault(subsystem, place, text, 1, tickMs, tickMs, true));
      LOG.warn("{}: {}", place, text);
      return;
    }
    faults.put(key, known.again(tickMs));
    if (!known.active()) {
      LOG.warn("{}: again: {}", place, text);
    }
  }

  /** The place works again: its faults stay in the list, no longer active; logged once. */
  public synchronized void clear(String place) {
    boolean[] any = {false};
    faults.replaceAll(
        (key, fault) -> {
          if (!fault.active() || !fault.place().equals(place)) {
            return fault;
          }
          any[0] = true;
          return fault.over();
        });
    if (any[0]) {
      LOG.info("{}: works again", place);
    }
  }

  /** Every fault of this boot, the most recent first. */
  public synchronized List<Fault> list() {
    return faults.values().stream()
        .sorted(Comparator.comparingLong(Fault::lastTickMs).reversed())
        .toList();
  }

  private void makeRoom() {
    if (faults.size() >= CAPACITY) {
      faults.entrySet().stream()
          .min(Comparator.comparingLong(entry -> entry.getValue().lastTickMs()))
          .map(Map.Entry::getKey)
          .ifPresent(faults::remove);
    }
  }
}
