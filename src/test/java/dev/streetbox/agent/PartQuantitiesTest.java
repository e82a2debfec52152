package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Quantity;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a part's catalogue entry, driver and simulated form name the same quantities. */
class PartQuantitiesTest {
  /** The time by which a gas index and a minute's percentiles are present. */
  private static final long SETTLED_MS = 130_000;

  @TempDir private Path folder;

  static Stream<Arguments> variants() {
    return Catalogue.entries().stream()
        .flatMap(
            part ->
                part.gases().isEmpty()
                    ? Stream.of(arguments(part, ""))
                    : part.gases().keySet().stream().map(gas -> arguments(part, gas)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("variants")
  void theDriverReadsTheQuantitiesOfTheEntryFromTheSimulatedPart(CatalogueEntry part, String gas)
      throws Exception {
    Set<Quantity> expected = EnumSet.noneOf(Quantity.class);
    expected.addAll(part.quantities());
    Optional.ofNullable(part.gases().get(gas)).ifPresent(expected::add);
    if (part.key().equals("sen0232")) {
      expected.remove(Quantity.LAFMAX); // only in mode fast
    }
    Set<Quantity> given = EnumSet.noneOf(Quantity.class);
    Config config =
        gas.isEmpty()
            ? KnownDrivers.simulated(List.of(part.key()), "", folder)
            : KnownDrivers.simulatedFor(gas, part.key(), folder);
    try (WiredBench bench = new WiredBench(config)) {
      for (long tickMs = 1_000; tickMs <= SETTLED_MS; tickMs += 1_000) {
        bench.until(tickMs);
        given.addAll(bench.row(tickMs));
      }
    }
    assertEquals(expected, given, "quantities of the entry of " + part + " and of its driver");
  }
}
