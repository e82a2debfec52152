package dev.streetbox.measure;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds and counts the faults of the environment: each distinct fault is one entry with its first
 * and last time, and one log line however often it is raised. Safe for every thread.
 */
public final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** Limits the number of distinct faults; beyond it the fault raised least recently is removed. */
  static final int CAPACITY = 100;

  private static final int TEXT_LIMIT = 1_000;

  /**
   * Holds one distinct fault.
   *
   * @param subsystem the part of the program that the fault concerns
   * @param place the place, as {@code i2c-1/pm} or {@code broker}
   * @param text the effect and its likely cause
   * @param count how often it was raised, from 1
   * @param firstTickMs when it was first raised, in monotonic ms since the boot began
   * @param lastTickMs when it was last raised
   * @param active false once the place has recovered
   */
  public record Fault(
      Subsystem subsystem,
      String place,
      String text,
      long count,
      long firstTickMs,
      long lastTickMs,
      boolean active) {
    private Fault repeated(long tickMs) {
      return new Fault(subsystem, place, text, count + 1, firstTickMs, tickMs, true);
    }

    private Fault cleared() {
      return new Fault(subsystem, place, text, count, firstTickMs, lastTickMs, false);
    }
  }

  private record Key(String place, String text) {}

  private final Map<Key, Fault> faults = new LinkedHashMap<>();

  /**
   * Counts a fault at a place; logs the fault if it is new there or was no longer active.
   *
   * @param words may quote text from outside, which becomes {@link Printable}
   */
  public synchronized void raise(Subsystem subsystem, String place, String words, long tickMs) {
    String text = Printable.of(words, TEXT_LIMIT);
    Key key = new Key(place, text);
    Fault known = faults.get(key);
    if (known == null) {
      makeRoom();
      faults.put(key, new Fault(subsystem, place, text, 1, tickMs, tickMs, true));
      LOG.warn("{}: {}", place, text);
      return;
    }
    faults.put(key, known.repeated(tickMs));
    if (!known.active()) {
      LOG.warn("{}: again: {}", place, text);
    }
  }

  /**
   * Declares that a place works again: its faults stay in the list, no longer active. Logs this
   * once.
   */
  public synchronized void clear(String place) {
    boolean[] anyActive = {false};
    faults.replaceAll(
        (key, fault) -> {
          if (!fault.active() || !fault.place().equals(place)) {
            return fault;
          }
          anyActive[0] = true;
          return fault.cleared();
        });
    if (anyActive[0]) {
      LOG.info("{}: works again", place);
    }
  }

  /** Returns every fault of this boot, the most recent first. */
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
