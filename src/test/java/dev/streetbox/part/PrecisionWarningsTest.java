package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which orders of parts lose precision. */
class PrecisionWarningsTest {
  private static List<String> of(String... kinds) {
    return PrecisionWarnings.of(Arrays.stream(kinds).map(PrecisionWarningsTest::settings).toList());
  }

  /** Describes a part by its key, with {@code :} and a gas or model where it has one. */
  private static SensorSettings settings(String kind) {
    String[] words = kind.split(":", 2);
    CatalogueEntry part = Catalogue.of(words[0]).orElseThrow();
    Optional<String> word = words.length > 1 ? Optional.of(words[1]) : Optional.empty();
    return new SensorSettings(
        words[0],
        part,
        part.wiring().simulatedPlace(words[0]),
        true,
        Optional.empty(),
        word.filter(part.models()::contains),
        word.filter(part.gases()::containsKey),
        Optional.empty(),
        Duration.ZERO);
  }

  @Test
  void theTemperatureOfABoardBeforeAnAirSensorIsAWarning() {
    assertEquals(
        List.of(
            "temp_c of a row come from multigas, which measures them of its board, and not from"
                + " sht4x behind it"),
        of("multigas:h2s", "sht4x"));
    assertEquals(List.of(), of("sht4x", "multigas:h2s"));
    assertEquals(List.of(), of("multigas:h2s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sen55", "sen66", "bme280", "pms5003:pms5003t", "pms5003:pms5003st"})
  void theAirInsideAHousingBeforeAnAirSensorIsAWarning(String kind) {
    List<String> warnings = of(kind, "sps30", "sht3x");
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).startsWith("temp_c and rh_pct of a row"), warnings.get(0));
    assertEquals(List.of(), of("sht3x", kind));
  }

  @Test
  void aBoardIsWorseThanAHousingAndEqualPartsNeedNoOrder() {
    assertEquals(1, of("multigas:nh3", "sen55").size());
    assertEquals(List.of(), of("sen55", "bme280"));
    assertEquals(List.of(), of("sht3x", "sht4x"));
    assertEquals(List.of(), of("pms5003", "sht4x"));
    assertEquals(List.of(), of("sps30", "sds011"));
  }
}
