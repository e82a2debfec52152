package dev.streetbox.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Remembers the lines of table boot that were used last. Used by one thread. */
final class KnownBoots {
  /** Limits the lines; each takes about 200 bytes. */
  private static final int LIMIT = 20_000;

  /**
   * Names a boot of a box.
   *
   * @param box the box's id
   * @param boot its boot
   */
  record Key(String box, int boot) {}

  /**
   * Holds one line.
   *
   * @param id the boot's id in the database
   * @param startMs its start, in ms since 1970 (UTC); empty if the database has none
   * @param trusted whether a trusted clock gave the start
   * @param expired whether retention has removed the boot's rows
   * @param limits which limits of an estimated start need no better ones
   * @param simulated whether the boot is marked as simulated
   * @param calibration the id of the calibration of its last rows; empty if there is none
   */
  record Line(
      long id,
      OptionalLong startMs,
      boolean trusted,
      boolean expired,
      Limits limits,
      boolean simulated,
      String calibration) {}

  /** Tells which limits of a boot's start are stored, or given by a correction. */
  record Limits(boolean earliest, boolean latest) {}

  /** The lines, the one not used for longest first. */
  private final Map<Key, Line> lines = new LinkedHashMap<>(16, 0.75f, true);

  /** Returns the line of a boot, if it is remembered. */
  Optional<Line> find(Key key) {
    return Optional.ofNullable(lines.get(key));
  }

  /** Remembers a line. */
  void put(Key key, Line line) {
    lines.put(key, line);
    if (lines.size() > LIMIT) {
      lines.remove(lines.keySet().iterator().next());
    }
  }

  /** Forgets a line, because the database may have changed it. */
  void remove(Key key) {
    lines.remove(key);
  }

  /** Forgets every line, because the database may have changed them. */
  void clear() {
    lines.clear();
  }
}
