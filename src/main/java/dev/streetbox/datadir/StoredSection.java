package dev.streetbox.datadir;

import dev.streetbox.measure.JsonTree;
import java.util.Map;

/**
 * Holds one part of what the city's commands have changed. All sections are saved in one file
 * together with the ids of the commands, so that a command and its effect become durable at once.
 * Safe for every thread.
 */
public interface StoredSection {
  /** Returns the section's name in the file. */
  String key();

  /** Returns the content: maps by text, lists, texts, integers and booleans. */
  Map<String, Object> content();

  /**
   * Takes the content of the file over; passes over what this section cannot have written.
   *
   * @param content the object that {@link #content} was written as
   */
  void restore(JsonTree content);
}
