package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static Optional<Reading> of(String sensor) throws IOException {
    return Reading.of(JsonTree.parse(sensor));
  }

  @Test
  void aLineHasEachReadingWithLabelAndUnitAndThenTheFlags() {
    Sample sample =
        new Sample(
            Map.of(Quantity.PM2_5, 27.44, Quantity.PM1, 18.0),
            Set.of(Quality.PM_HUMID, Quality.PM_WARMUP));
    assertEquals(
        "pm  PM1 18 µg/m³  PM2.5 27.4 µg/m³  [pm_warmup, pm_humid]",
        new Reading("pm", sample).line());
  }

  @Test
  void withoutFlagsThereAreNoBracketsAndWithoutReadingsOnlyFlags() {
    Sample good = Sample.of(Map.of(Quantity.LAEQ, -0.04));
    assertEquals("noise  LAeq 0 dB", new Reading("noise", good).line());
    Sample bare = new Sample(Map.of(), Set.of(Quality.NOISE_STUCK));
    assertEquals("noise  [noise_stuck]", new Reading("noise", bare).line());
    assertEquals("noise", new Reading("noise", Sample.NOTHING).line());
  }

  @Test
  void noLineIsWiderThan80Columns() {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      readings.put(quantity, 12_345.678);
    }
    String lines = new Reading("a-sensor", Sample.of(readings)).line();
    lines.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    assertTrue(lines.contains("\n    "), lines);
  }

  @Test
  void theObjectIsTheContractsFieldsAndTheSensorsName() {
    Sample sample = new Sample(Map.of(Quantity.H2S, 0.02), Set.of(Quality.GAS_WARMUP));
    assertEquals(
        "{\"sensor\":\"no\\\"se\",\"h2s_ppm\":0.02,\"q\":256}",
        new Reading("no\"se", sample).json());
    assertEquals("{\"sensor\":\"x\",\"q\":0}", new Reading("x", Sample.NOTHING).json());
  }

  @Test
  void everyQuantityIsReadAgainFromTheObjectThatTheAgentWrites() throws IOException {
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      readings.put(quantity, quantity.rounded(12.3456789 + readings.size()));
    }
    Sample sample = new Sample(readings, Set.of(Quality.values()));
    Reading reading = new Reading("all", sample);
    String written = reading.json().replace("\"sensor\":\"all\",", "");
    assertEquals(Optional.of(reading), of("{\"name\":\"all\",\"readings\":" + written + "}"));
  }

  @Test
  void aSensorWithoutReadingsHasNoReading() throws IOException {
    assertEquals(Optional.empty(), of("{\"name\":\"pm\"}"));
    assertEquals(Optional.empty(), of("{\"name\":\"pm\",\"readings\":{}}"));
  }

  @Test
  void flagsWithoutReadingsAreAReadingAndUnknownNamesAreLeftOut() throws IOException {
    Sample stuck = new Sample(Map.of(), Set.of(Quality.PM_STUCK));
    assertEquals(
        Optional.of(new Reading("pm", stuck)),
        of("{\"name\":\"pm\",\"readings\":{\"q\":8,\"dust\":3}}"));
    assertEquals("?", of("{\"readings\":{\"q\":0}}").orElseThrow().sensor());
  }

  @Test
  void aValueThatIsNoNumberIsABugOfTheAgent() {
    assertThrows(NumberFormatException.class, () -> of("{\"readings\":{\"laeq_db\":\"loud\"}}"));
  }
}
