package dev.streetbox.publish;

import dev.streetbox.datadir.StoredSection;
import dev.streetbox.measure.JsonTree;
import java.util.Map;

/**
 * Holds the id of the day before whose waiting commands were taken last, so that a restart does not
 * take them again. Safe for every thread.
 */
public final class TakenSession implements StoredSection {
  private static final String BOX = "box";

  private String taken = "";

  /** Returns whether what waited for an id was taken. */
  synchronized boolean isTaken(String box) {
    return taken.equals(box);
  }

  /** Notes that what waited for an id was taken. */
  synchronized void mark(String box) {
    taken = box;
  }

  @Override
  public String key() {
    return "former_session";
  }

  @Override
  public synchronized Map<String, Object> content() {
    return taken.isEmpty() ? Map.of() : Map.of(BOX, taken);
  }

  @Override
  public synchronized void restore(JsonTree content) {
    taken = content.string(BOX).orElse(taken);
  }
}
