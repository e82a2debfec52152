package dev.streetbox.listen;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares rows of one key. */
class FingerprintsTest {
  private final Fingerprints fingerprints = new Fingerprints(1);

  @Test
  void theSameContentIsTheSame() {
    assertTrue(isSame(41, 1, Map.of("temp_c", "1")));
    assertTrue(isSame(41, 1, Map.of("temp_c", "1")));
  }

  @Test
  void anotherValueOrAnotherFieldIsNotTheSame() {
    isSame(41, 1, Map.of("temp_c", "1"));
    assertFalse(isSame(41, 1, Map.of("temp_c", "2")));
    assertFalse(isSame(41, 1, Map.of("rh_pct", "1")));
    assertFalse(isSame(41, 1, Map.of("temp_c", "1", "rh_pct", "1")));
  }

  @Test
  void anotherSeqOrBootIsAnotherKey() {
    isSame(41, 1, Map.of("temp_c", "1"));
    assertTrue(isSame(41, 2, Map.of("temp_c", "2")));
    assertTrue(isSame(42, 1, Map.of("temp_c", "2")));
  }

  @Test
  void ofTheQualityOnlyTheFlagOfAnEstimatedTimeMayChange() {
    isSame(41, 1, Map.of("q", "16388"));
    assertTrue(isSame(41, 1, Map.of("q", "4")));
    assertFalse(isSame(41, 1, Map.of("q", "5")));
  }

  @Test
  void aQualityThatIsNoNumberIsComparedAsText() {
    isSame(41, 1, Map.of("q", "\"x\""));
    assertTrue(isSame(41, 1, Map.of("q", "\"x\"")));
    assertFalse(isSame(41, 1, Map.of("q", "\"y\"")));
  }

  @Test
  void aRowIsKeptForTheWindowAndAtMostTwiceAsLong() {
    isSame(41, 1, Map.of("temp_c", "1"));
    for (int seq = 2; seq <= Fingerprints.WINDOW + 1; seq++) {
      isSame(41, seq, Map.of());
    }
    assertFalse(isSame(41, 1, Map.of("temp_c", "2")), "kept for the window");
    for (int seq = Fingerprints.WINDOW + 2; seq <= 2 * Fingerprints.WINDOW + 1; seq++) {
      isSame(41, seq, Map.of());
    }
    assertTrue(isSame(41, 1, Map.of("temp_c", "2")), "no longer kept");
  }

  @Test
  void everyRowOfTheWindowIsComparedWithItsOwnContent() {
    for (int seq = 1; seq <= Fingerprints.WINDOW; seq++) {
      isSame(seq % 7, seq, Map.of("temp_c", Integer.toString(seq)));
    }
    for (int seq = 1; seq <= Fingerprints.WINDOW; seq++) {
      assertTrue(isSame(seq % 7, seq, Map.of("temp_c", Integer.toString(seq))));
      assertFalse(isSame(seq % 7, seq, Map.of("temp_c", Integer.toString(seq + 1))));
    }
  }

  private boolean isSame(int boot, long seq, Map<String, String> fields) {
    return fingerprints.isSame(boot, new BoxMessage.SentRow(seq, new TreeMap<>(fields)));
  }
}
