package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "0s, PT0S",
    "250ms, PT0.25S",
    "10s, PT10S",
    "5m, PT5M",
    "2h, PT2H",
    "7d, PT168H",
    "999999999d, PT23999999976H"
  })
  void aDurationIsAWholeNumberAndAUnit(String text, Duration duration) {
    assertEquals(Optional.of(duration), Units.duration(text));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"64kB, 64000", "512MB, 512000000", "2GB, 2000000000"})
  void aSizeIsDecimal(String text, long bytes) {
    assertEquals(Optional.of(bytes), Units.bytes(text));
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {"", "5", "s", "5 s", " 5s", "-5s", "1.5s", "5S", "5min", "1h30m", "9999999999s"})
  void anythingElseIsNoDuration(String text) {
    assertEquals(Optional.empty(), Units.duration(text));
  }

  @Test
  void binaryAndMisspelledSizesAreNoSizes() {
    assertEquals(Optional.empty(), Units.bytes("2GiB"));
    assertEquals(Optional.empty(), Units.bytes("2gb"));
  }
}
