package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.record.SimulatedCourier.End;
import dev.streetbox.record.SimulatedCourier.Streets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Attacks simulated homes with what a subscriber sees, and compares the misses with the table of
 * {@code deploy/privacy.md}.
 */
class ZoneAttackIT {
  private static final Path PAGE = Path.of("deploy/privacy.md");
  private static final List<Integer> RIDES = List.of(10, 100, 1_000);
  private static final Pattern CELL = Pattern.compile("(\\d+) / (\\d+)");

  /** The misses of one attack after a number of rides, one for each simulated home. */
  private record Misses(List<Double> sorted) {
    long median() {
      return Math.round(sorted.get(sorted.size() / 2));
    }

    long least() {
      return Math.round(sorted.get(0));
    }
  }

  @Test
  void theMissesAreThoseOfThePageAndReachTheAims() throws IOException {
    String page = Files.readString(PAGE);
    StringBuilder tables = new StringBuilder();
    List<String> wrong = new ArrayList<>();
    for (Streets streets : Streets.values()) {
      tables.append(streets).append('\n');
      Map<Integer, Map<ZoneAttack, Misses>> all = new TreeMap<>();
      RIDES.forEach(rides -> all.put(rides, misses(streets, rides)));
      for (ZoneAttack attack : ZoneAttack.values()) {
        String row = row(attack, all);
        tables.append(row).append('\n');
        if (!isLike(row, rowOf(page, streets, attack))) {
          wrong.add(streets + " " + row);
        }
      }
      if (streets != Streets.STRAIGHT) {
        assertAim(all.get(1_000).get(ZoneAttack.TIME_INSIDE), streets + " after 1,000 rides");
        assertAim(all.get(100).get(ZoneAttack.HEADINGS), streets + " after 100 rides");
      }
    }
    assertEquals(List.of(), wrong, "the page has other numbers than the simulation:\n" + tables);
  }

  private static void assertAim(Misses misses, String what) {
    assertTrue(misses.median() >= SimulatedCourier.RADIUS_M / 2, what + ": " + misses.sorted());
  }

  private static Map<ZoneAttack, Misses> misses(Streets streets, int rides) {
    int homes = rides == 1_000 ? 7 : 15;
    Map<ZoneAttack, List<Double>> misses = new EnumMap<>(ZoneAttack.class);
    for (int seed = 1; seed <= homes; seed++) {
      List<End> ends = new SimulatedCourier(seed, streets).ride(rides);
      for (ZoneAttack attack : ZoneAttack.values()) {
        misses.computeIfAbsent(attack, any -> new ArrayList<>()).add(attack.missM(ends));
      }
    }
    Map<ZoneAttack, Misses> sorted = new EnumMap<>(ZoneAttack.class);
    misses.forEach(
        (attack, all) -> {
          Collections.sort(all);
          sorted.put(attack, new Misses(all));
        });
    return sorted;
  }

  private static String row(ZoneAttack attack, Map<Integer, Map<ZoneAttack, Misses>> all) {
    StringBuilder row = new StringBuilder("| " + attack.title + " |");
    all.values()
        .forEach(
            misses ->
                row.append(
                    String.format(
                        Locale.ROOT,
                        " %d / %d |",
                        misses.get(attack).median(),
                        misses.get(attack).least())));
    return row.toString();
  }

  /** Returns an attack's row in the table of a kind of streets; empty if there is none. */
  private static String rowOf(String page, Streets streets, ZoneAttack attack) {
    int table = page.indexOf("<!-- " + streets.name() + " -->");
    int row = page.indexOf("| " + attack.title + " |", Math.max(0, table));
    return table < 0 || row < 0 ? "" : page.substring(row, page.indexOf('\n', row));
  }

  /** Compares two rows; other processors round sines otherwise, which moves single metres. */
  private static boolean isLike(String row, String other) {
    Matcher one = CELL.matcher(row);
    Matcher two = CELL.matcher(other);
    while (one.find()) {
      if (!two.find()
          || !isNear(one.group(1), two.group(1))
          || !isNear(one.group(2), two.group(2))) {
        return false;
      }
    }
    return !two.find();
  }

  private static boolean isNear(String metres, String others) {
    double one = Double.parseDouble(metres);
    return Math.abs(one - Double.parseDouble(others)) <= 10 + one / 10;
  }
}
