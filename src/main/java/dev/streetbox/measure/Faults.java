package dev.streetbox.measure;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds and counts the faults of the environment: each distinct fault is one entry with its first
 * and last time. Each place has a {@link FaultLog}, so that a fault is logged once and a fault that
 * comes and goes is logged with its count. Safe for every thread.
 */
public final class Faults {
  /**
   * Limits the number of distinct faults; beyond it the fault raised least recently is removed, of
   * those that are over if there are any.
   */
  static final int CAPACITY = 100;

  /**
   * Limits the distinct faults of one place, so that texts from outside, such as a broker's Reason
   * Strings, do not remove the faults of other places.
   */
  static final int PLACE_CAPACITY = 20;

  /** Limits the length of a fault's text, in characters. */
  static final int TEXT_LIMIT = 400;

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

  private final Logger logger;
  private final Map<Key, Fault> faults = new LinkedHashMap<>();
  private final Map<String, FaultLog> logs = new HashMap<>();

  /** The latest time seen, in ms of the rows' clock. */
  private long nowMs;

  /** Creates an empty list that logs as {@code streetbox}. */
  public Faults() {
    this(LoggerFactory.getLogger("streetbox"));
  }

  /**
   * @param logger takes the lines
   */
  Faults(Logger logger) {
    this.logger = logger;
  }

  /**
   * Counts a fault at a place. Logs the fault if it is new there or was no longer active, unless
   * the place has logged much lately.
   *
   * @param text the effect and its likely cause; control characters become spaces, and a long text
   *     is cut
   */
  public synchronized void raise(Subsystem subsystem, String place, String text, long tickMs) {
    nowMs = Math.max(nowMs, tickMs);
    Key key = new Key(place, PrintableText.of(text, TEXT_LIMIT));
    Optional<Fault> known = Optional.ofNullable(faults.get(key));
    if (known.isEmpty()) {
      makeRoom(place);
      faults.put(key, new Fault(subsystem, place, key.text(), 1, tickMs, tickMs, true));
    } else {
      faults.put(key, known.get().repeated(tickMs));
    }
    if (known.isEmpty() || !known.get().active()) {
      log(place).onRaised(key.text(), known.isEmpty(), nowMs);
    }
  }

  /**
   * Declares that a place works again: its faults stay in the list, no longer active. Logs this
   * once, unless the place has logged much lately.
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
      log(place).onCleared(nowMs);
    }
  }

  /** Logs what was only counted and is now due; to be called about once a second. */
  public synchronized void logDue(long tickMs) {
    nowMs = Math.max(nowMs, tickMs);
    logs.values().forEach(log -> log.logDue(nowMs));
  }

  /** Returns whether a fault is active. */
  public synchronized boolean isAnyActive() {
    for (Fault fault : faults.values()) {
      if (fault.active()) {
        return true;
      }
    }
    return false;
  }

  /** Returns every fault of this boot, the most recent first. */
  public synchronized List<Fault> list() {
    return faults.values().stream()
        .sorted(Comparator.comparingLong(Fault::lastTickMs).reversed())
        .toList();
  }

  private FaultLog log(String place) {
    return logs.computeIfAbsent(place, name -> new FaultLog(name, logger));
  }

  private void makeRoom(String place) {
    long ofPlace = faults.keySet().stream().filter(key -> key.place().equals(place)).count();
    if (ofPlace >= PLACE_CAPACITY) {
      removeOldest(key -> key.place().equals(place));
    } else if (faults.size() >= CAPACITY) {
      removeOldest(key -> true);
    }
  }

  private void removeOldest(Predicate<Key> among) {
    Key oldest =
        faults.entrySet().stream()
            .filter(entry -> among.test(entry.getKey()))
            .min(
                Comparator.comparing((Map.Entry<Key, Fault> entry) -> entry.getValue().active())
                    .thenComparingLong(entry -> entry.getValue().lastTickMs()))
            .map(Map.Entry::getKey)
            .orElseThrow();
    faults.remove(oldest);
    if (faults.keySet().stream().noneMatch(key -> key.place().equals(oldest.place()))) {
      logs.remove(oldest.place());
    }
  }
}
