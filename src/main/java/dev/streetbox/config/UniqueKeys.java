package dev.streetbox.config;

import java.util.HashMap;
import java.util.Map;
import org.tomlj.TomlPosition;

/** What only one table of a list may have. Used by one thread. */
final class UniqueKeys {
  private final Map<String, TomlPosition> lines = new HashMap<>();

  /** Takes something for a table; if another table has it, that is a mistake at that setting. */
  void add(String what, Setting setting, ParsedTable table) {
    TomlPosition first = lines.putIfAbsent(what, table.at(setting));
    if (first != null) {
      table.mistake(
          setting, what + " is taken by line " + first.line() + "; change or delete one of them");
    }
  }
}
