package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.Wiring.BusDuty;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that configuration, wiring and simulation agree on the parts. */
class WiringTest {
  private static final Duration GRACE = Duration.ofMillis(250);

  @TempDir private Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();

  static List<String> drivers() {
    return KnownDrivers.names();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drivers")
  void everyDriverOfTheConfigurationMeasuresOnTheSimulation(String driver) throws Exception {
    Wiring wiring = wiring(KnownDrivers.simulated(driver, folder));
    List<BusDuty> buses = wiring.buses();
    assertEquals(1, buses.size());
    BusDuty bus = buses.get(0);
    time.pass(Duration.ofSeconds(1)); // the parts' power is on before the program starts
    while (time.tickMs() < 70_000) {
      time.sleep(bus.sampler().cycle());
    }
    assertFalse(wiring.board().at(time.tickMs(), GRACE).sample().readings().isEmpty());
    assertEquals(List.of(), faults.list());
    bus.sampler().close();
    bus.close().run();
  }

  /** The resolutions differ: a BME280 gives hundredths of a degree, an SHT4x 175/65535ths. */
  @ParameterizedTest(name = "{0} before {1}")
  @CsvSource({"bme280, sht4x, true", "sht4x, bme280, false"})
  void ofTwoPartsWithOneQuantityTheFirstConfiguredOneIsInTheRow(
      String first, String second, boolean hundredths) throws Exception {
    Wiring wiring = wiring(KnownDrivers.simulated(List.of(first, second), "", folder));
    BusDuty bus = wiring.buses().get(0);
    time.pass(Duration.ofSeconds(1));
    while (time.tickMs() < 10_000) {
      time.sleep(bus.sampler().cycle());
    }
    Sample row = wiring.board().at(time.tickMs(), GRACE).sample();
    double celsius = row.get(Quantity.TEMPERATURE).orElseThrow();
    boolean whole = Math.abs(celsius * 100 - Math.rint(celsius * 100)) < 1e-6;
    assertEquals(hundredths, whole, row.toString());
    assertTrue(
        row.get(Quantity.PRESSURE).isPresent(), "a quantity of only one part is present too");
    bus.sampler().close();
    bus.close().run();
  }

  private Wiring wiring(Config config) {
    return new Wiring(
        config,
        new ConfiguredHardware(config, time, Optional.empty()),
        time,
        faults,
        reading -> {},
        tickMs -> OptionalLong.empty(),
        Optional.empty());
  }
}
