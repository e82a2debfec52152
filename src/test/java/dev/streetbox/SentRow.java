package dev.streetbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row as an independent program printed it, taken apart without any of the program's own code.
 *
 * @param boot the batch's boot
 * @param fields the row's members by key, as the text that was sent
 */
record SentRow(int boot, Map<String, String> fields) {
  private static final Pattern BOOT = Pattern.compile("\"boot\":(\\d+)");
  private static final Pattern ROW = Pattern.compile("\\{\"seq\":[^{}]*\\}");
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"?([^,\"}]+)");

  /** Every row in the lines that have any, in the order printed. */
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

  /** What the contract says no two rows share. */
  String key() {
    return boot + "/" + fields.get("seq");
  }

  /** The members of these keys, with an empty text where the row has none. */
  List<String> values(String... keys) {
    return List.of(keys).stream().map(key -> fields.getOrDefault(key, "")).toList();
  }
}
