package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Quantity;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests two parts at the inputs of one simulated converter. */
class SharedConverterTest {
  private static final Set<Quantity> GAS =
      Set.of(Quantity.OX_RESISTANCE, Quantity.RED_RESISTANCE, Quantity.NH3_RESISTANCE);

  private static final String SENSORS =
      """
      [[sensor]]
      name = "gas"
      driver = "mics6814"
      bus = "sim"
      adc = "ads1115"
      [[sensor]]
      name = "noise"
      driver = "sen0232"
      bus = "sim"
      adc = "ads1115"
      address = 0x49
      channel = 3
      """;

  @TempDir private Path folder;

  @Test
  void bothMeasure() throws Exception {
    try (WiredBench bench = bench("")) {
      bench.until(10_000);
      assertTrue(bench.row(10_000).containsAll(GAS), bench.sample(10_000).toString());
      assertTrue(bench.row(10_000).contains(Quantity.LAEQ), bench.sample(10_000).toString());
    }
  }

  @Test
  void unpluggingTheMeterDoesNotAffectTheConverter() throws Exception {
    try (WiredBench bench = bench("at 10s noise unplug\nat 20s noise plug")) {
      bench.until(19_000);
      assertEquals(GAS, bench.row(19_000));
      bench.until(60_000);
      assertTrue(bench.row(60_000).contains(Quantity.LAEQ), bench.sample(60_000).toString());
    }
  }

  @Test
  void unpluggingTheFirstPartUnplugsTheConverter() throws Exception {
    try (WiredBench bench = bench("at 10s gas unplug\nat 20s gas plug")) {
      bench.until(19_000);
      assertEquals(Set.of(), bench.row(19_000));
      bench.until(60_000);
      assertTrue(bench.row(60_000).containsAll(GAS), bench.sample(60_000).toString());
      assertTrue(bench.row(60_000).contains(Quantity.LAEQ), bench.sample(60_000).toString());
    }
  }

  @Test
  void eitherPartCanHangTheBus() throws Exception {
    try (WiredBench bench = bench("at 10s noise bus_hang on")) {
      bench.until(19_000);
      assertEquals(Set.of(), bench.row(19_000));
    }
  }

  private WiredBench bench(String scenario) throws Exception {
    return new WiredBench(KnownDrivers.simulatedText(SENSORS, scenario, folder));
  }
}
