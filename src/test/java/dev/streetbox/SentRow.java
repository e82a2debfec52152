package dev.streetbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a row that an independent subscriber printed, parsed without code of the main tree.
 *
 * @param boot the boot number of the batch
 * @param fields the row's members by key, as the text that was sent
 */
record SentRow(int boot, Map<String, String> fields) {
  private static final Pattern BOOT = Pattern.compile("\"boot\":(\\d+)");
  private static final Pattern ROW = Pattern.compile("\\{\"seq\":[^{}]*\\}");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"?([^,\"}]+)");

  /** Returns every row in the lines, in order. */
  static List<SentRow> in(List<String> lines) {
    List<SentRow> rows = new ArrayList<>();
    for (String line : lines) {
      Matcher boot = BOOT.matcher(line);
      Matcher row = ROW.matcher(line);
      while (row.find() && boot.find(0)) {
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(row.group());
        while (field.find()) {
          fields.put(field.group(1), field.group(2));
        }
        rows.add(new SentRow(Integer.parseInt(boot.group(1)), fields));
      }
    }
    return rows;
  }

  /** Returns boot and seq, which are unique for a row of one box (contract). */
  String key() {
    return boot + "/" + fields.get("seq");
  }

  /** Returns the values of the keys; an empty text if the row lacks a key. */
  List<String> values(String... keys) {
    return List.of(keys).stream().map(key -> fields.getOrDefault(key, "")).toList();
  }
}
