package dev.streetbox.listen;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares rows of one key. */
class FingerprintsTest {
  private final Fingerprints fingerprints = new Fingerprints();

  @Test
  void theSameContentIsTheSame() {
    assertTrue(isSame("sb-1/41", 1, Map.of("temp_c", "1")));
    assertTrue(isSame("sb-1/41", 1, Map.of("temp_c", "1")));
  }

  @Test
  void anotherValueOrAnotherFieldIsNotTheSame() {
    isSame("sb-1/41", 1, Map.of("temp_c", "1"));
    assertFalse(isSame("sb-1/41", 1, Map.of("temp_c", "2")));
    assertFalse(isSame("sb-1/41", 1, Map.of("rh_pct", "1")));
    assertFalse(isSame("sb-1/41", 1, Map.of("temp_c", "1", "rh_pct", "1")));
  }

  @Test
  void anotherSeqOrBootIsAnotherKey() {
    isSame("sb-1/41", 1, Map.of("temp_c", "1"));
    assertTrue(isSame("sb-1/41", 2, Map.of("temp_c", "2")));
    assertTrue(isSame("sb-1/42", 1, Map.of("temp_c", "2")));
  }

  @Test
  void ofTheQualityOnlyTheFlagOfAnEstimatedTimeMayChange() {
    isSame("sb-1/41", 1, Map.of("q", "16388"));
    assertTrue(isSame("sb-1/41", 1, Map.of("q", "4")));
    assertFalse(isSame("sb-1/41", 1, Map.of("q", "5")));
  }

  @Test
  void aQualityThatIsNoNumberIsComparedAsText() {
    isSame("sb-1/41", 1, Map.of("q", "\"x\""));
    assertTrue(isSame("sb-1/41", 1, Map.of("q", "\"x\"")));
    assertFalse(isSame("sb-1/41", 1, Map.of("q", "\"y\"")));
  }

  @Test
  void aRowIsKeptForAQuarterOfAMillionFurtherRows() {
    isSame("sb-1/41", 1, Map.of("temp_c", "1"));
    for (int seq = 2; seq <= 250_000; seq++) {
      isSame("sb-1/41", seq, Map.of());
    }
    assertFalse(isSame("sb-1/41", 1, Map.of("temp_c", "2")));
    isSame("sb-1/41", 250_001, Map.of());
    assertTrue(isSame("sb-1/41", 1, Map.of("temp_c", "2")), "no longer kept");
  }

  private boolean isSame(String boot, long seq, Map<String, String> fields) {
    return fingerprints.isSame(boot, new BoxMessage.SentRow(seq, new TreeMap<>(fields)));
  }
}
