package dev.streetbox.record;

import dev.streetbox.record.SimulatedCourier.End;
import dev.streetbox.record.SimulatedCourier.Streets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZoneAttackIT {
  @Test
  void table() {
    for (Streets streets : Streets.values()) {
      for (int rides : new int[] {10, 100, 1_000}) {
        int seeds = rides == 1_000 ? 7 : 15;
        Map<ZoneAttack, List<Double>> misses = new EnumMap<>(ZoneAttack.class);
        for (int seed = 1; seed <= seeds; seed++) {
          List<End> ends = new SimulatedCourier(seed, streets).ride(rides);
          for (ZoneAttack attack : ZoneAttack.values()) {
            misses.computeIfAbsent(attack, any -> new ArrayList<>()).add(attack.missM(ends));
          }
        }
        misses.forEach(
            (attack, all) -> {
              Collections.sort(all);
              System.out.printf(
                  Locale.ROOT,
                  "%s %d %s: median %.0f, least %.0f%n",
                  streets,
                  rides,
                  attack.title,
                  all.get(all.size() / 2),
                  all.get(0));
            });
      }
    }
  }
}
