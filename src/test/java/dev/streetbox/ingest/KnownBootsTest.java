package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KnownBootsTest {
  private final KnownBoots boots = new KnownBoots();

  @Test
  void theBootThatWasNotUsedForLongestIsForgottenFirst() {
    KnownBoots.Key used = key(0);
    for (int boot = 0; boot <= 20_000; boot++) {
      boots.put(key(boot), line(boot));
      boots.find(used);
    }
    assertEquals(Optional.of(line(0)), boots.find(used));
    assertTrue(boots.find(key(1)).isEmpty());
    assertEquals(Optional.of(line(2)), boots.find(key(2)));
  }

  @Test
  void nothingIsLeftAfterClear() {
    boots.put(key(1), line(1));
    boots.clear();
    assertTrue(boots.find(key(1)).isEmpty());
  }

  private static KnownBoots.Key key(int boot) {
    return new KnownBoots.Key("sb-1", boot);
  }

  private static KnownBoots.Line line(long id) {
    return new KnownBoots.Line(
        id, OptionalLong.of(id), true, false, new KnownBoots.Limits(true, true), false, "");
  }
}
