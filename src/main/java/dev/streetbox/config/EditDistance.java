package dev.streetbox.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name that a mistyped one is nearest to, by Levenshtein's distance. */
final class EditDistance {
  private EditDistance() {}

  /**
   * Returns the name with the smallest distance; empty if more than a third of the letters of the
   * longer of the two would have to be edited.
   */
  static Optional<String> nearest(String typed, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> between(typed, name)))
        .filter(name -> between(typed, name) <= Math.max(typed.length(), name.length()) / 3);
  }

  /** Returns how many letters to insert, delete or replace make one text of the other. */
  static int between(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
