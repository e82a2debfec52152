package dev.streetbox.config;

import java.util.HashMap;
import java.util.Map;
import org.tomlj.TomlPosition;

/** Finds tables of a list that share what only one of them may have. Used by one thread. */
final class UniqueKeys {
  private final Map<String, TomlPosition> owners = new HashMap<>();

  /** Adds a table's key; reports a mistake at the setting if an earlier table has the same key. */
  void add(String key, Setting setting, ParsedTable table) {
    add(key, key, setting, table);
  }

  /** Adds a table's key as {@link #add(String, Setting, ParsedTable)}, and reports another text. */
  void add(String key, String shown, Setting setting, ParsedTable table) {
    TomlPosition owner = owners.putIfAbsent(key, table.position(setting));
    if (owner != null) {
      table.report(
          setting, shown + " is taken by line " + owner.line() + "; change or delete one of them");
    }
  }
}
