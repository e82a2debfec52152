package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that a file may hold; those of commands are in RemoteSettingsTest. */
class RemoteKeyTest {
  @ParameterizedTest
  @CsvSource({
    "live_period, 1s, true",
    "live_period, 999ms, false",
    "live_period, 10m, true",
    "live_period, 600001ms, false",
    "diag_period, 59999ms, false",
    "diag_period, 1m, true",
    "diag_period, 1d, true",
    "diag_period, 25h, false",
    "diag_period, 60, false",
    "backlog_rate, 0, false",
    "backlog_rate, 1, true",
    "backlog_rate, 1000, true",
    "backlog_rate, 1001, false",
    "backlog_rate, 1s, false",
    "backlog_rate, 99999999999999999999, false",
    "encoding, json+gzip, true",
    "encoding, xml, false"
  })
  void aStoredTextIsAValueWithinTheBoundsOnly(String key, String text, boolean isValue) {
    assertEquals(isValue, RemoteKey.of(key).orElseThrow().isValue(text));
  }

  @Test
  void aDurationIsWholeSecondsWhereItCanBe() {
    assertEquals("2s", RemoteKey.text(2_000));
    assertEquals("2001ms", RemoteKey.text(2_001));
    assertEquals(Optional.of(86_400_000L), RemoteKey.milliseconds("1d"));
    assertEquals(Optional.of(1L), RemoteKey.milliseconds("1ms"));
    assertEquals(Optional.empty(), RemoteKey.milliseconds("1 s"));
  }

  @Test
  void aSettingOfAnotherNameCannotBeChanged() {
    assertTrue(RemoteKey.of("backlog_rate").isPresent());
    assertFalse(RemoteKey.of("broker").isPresent());
    assertFalse(RemoteKey.of("BACKLOG_RATE").isPresent());
  }
}
