package dev.streetbox.driver;

import java.util.List;

/**
 * Follows one receiver at gpsd: its fix, its satellites, and which of its reports were measured
 * anew. Used by one thread.
 */
final class GnssReceiver {
  /** The kinds of a report of a fix. */
  enum Novelty {
    /** The report of a new epoch. */
    NEW,
    /** A further report of the newest epoch: gpsd may report an epoch in two parts. */
    PART,
    /** A report of an epoch that is no longer the receiver's present, also one out of order. */
    REPEATED
  }

  /** Parts of one epoch arrive within this time (ms) of the first. */
  private static final long PARTS_MS = 1_000;

  /** A time earlier by more than this (ms) than the newest epoch means that the clock was set. */
  private static final long SET_BACK_MS = 5_000;

  /** Least time (ms) between the reports of an epoch and of the leap second after it. */
  private static final long LEAP_GAP_MS = 600;

  private final String path;
  private final Epochs epochs = new Epochs();
  private boolean anyEpoch;
  private boolean leapSeen;
  private long newestUtcMs;
  private long newestArrivedMs;
  private long epochTickMs;
  private long reportedMs = Long.MIN_VALUE;
  private int mode;
  private int used;
  private int seen;

  /** Makes the state of a receiver without a report, by its path in gpsd's reports. */
  GnssReceiver(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Returns the mode of the last report: 0 unknown, 1 no fix, 2 two dimensions, 3 three. */
  int mode() {
    return mode;
  }

  int used() {
    return used;
  }

  int seen() {
    return seen;
  }

  /** Returns when the newest epoch was measured, in ms since the boot began. */
  long epochTickMs() {
    return epochTickMs;
  }

  /** Notes the mode of a report that arrived at a tick. */
  void report(int newMode, long arrivedMs) {
    mode = newMode;
    reportedMs = arrivedMs;
  }

  /** Returns whether the last report had a fix and is not older than that many ms. */
  boolean hasFix(long tickMs, long limitMs) {
    return mode >= GnssState.MODE_2D && tickMs - limitMs <= reportedMs;
  }

  /** Notes the satellites of a SKY; a SKY with the dilution alone keeps the counts. */
  void satellites(GpsdReport sky) {
    List<GpsdReport> satellites = sky.list("satellites");
    if (!satellites.isEmpty()) {
      used = (int) satellites.stream().filter(one -> one.is("used")).count();
      seen = satellites.size();
    } else {
      used = count(sky, "uSat", used);
      seen = Math.max(used, count(sky, "nSat", seen));
    }
  }

  private static int count(GpsdReport sky, String name, int otherwise) {
    return (int) Math.max(0, sky.number(name).orElse(otherwise));
  }

  /** Dates a report of a fix by its epoch. */
  Novelty date(long utcMs, long arrivedMs) {
    boolean newer = utcMs > newestUtcMs || utcMs < newestUtcMs - SET_BACK_MS || !anyEpoch;
    if (newer || isLeapSecond(utcMs, arrivedMs)) {
      leapSeen = !newer;
      anyEpoch = true;
      newestUtcMs = utcMs;
      newestArrivedMs = arrivedMs;
      epochTickMs = epochs.tickMs(utcMs, arrivedMs);
      return Novelty.NEW;
    }
    boolean part = utcMs == newestUtcMs && arrivedMs - newestArrivedMs < PARTS_MS;
    return part ? Novelty.PART : Novelty.REPEATED;
  }

  /** Returns whether a repeated time is the second that UTC inserts; at most once per time. */
  private boolean isLeapSecond(long utcMs, long arrivedMs) {
    return utcMs == newestUtcMs
        && !leapSeen
        && arrivedMs - newestArrivedMs >= LEAP_GAP_MS
        && LeapSecond.isPossibleAt(utcMs);
  }
}
