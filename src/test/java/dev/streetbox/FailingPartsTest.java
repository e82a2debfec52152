package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.Ads1115;
import dev.streetbox.driver.Bme280;
import dev.streetbox.driver.GasIndex.State;
import dev.streetbox.driver.GasIndexState;
import dev.streetbox.driver.Mics6814;
import dev.streetbox.driver.MultiGas;
import dev.streetbox.driver.Sensor;
import dev.streetbox.driver.Sgp40;
import dev.streetbox.driver.Sgp41;
import dev.streetbox.driver.Sht3x;
import dev.streetbox.driver.Sht4x;
import dev.streetbox.driver.Ze03;
import dev.streetbox.driver.Ze03Gas;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.MeasuredQuantities;
import dev.streetbox.sample.SampledSensor;
import dev.streetbox.sample.Sampler;
import dev.streetbox.simulate.ConnectedParts;
import dev.streetbox.simulate.InjectedFault;
import dev.streetbox.simulate.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Injects faults into simulated gas and air parts that a sampler drives, and checks the rows: no
 * wrong value is in a row without a quality flag.
 */
class FailingPartsTest {
  private final ScriptedTime time = new ScriptedTime();
  private final Simulation simulation =
      new Simulation(time, 1, Instant.parse("2026-11-23T17:30:00Z"));
  private final Board board = new Board(List.of(new MeasuredQuantities("part", Set.of())), 0);
  private final Faults faults = new Faults();

  /** Stores no state of the gas index, so that the index starts without one. */
  private static final class NoState implements GasIndexState {
    @Override
    public void save(long serial, State state) {}

    @Override
    public Optional<Learned> load(long serial) {
      return Optional.empty();
    }
  }

  @AfterEach
  void close() {
    simulation.close();
  }

  private Sensor sensor(String kind) {
    if (kind.equals("ze03-so2")) {
      return new Ze03(ConnectedParts.uart(simulation, kind), time, Ze03Gas.SO2, Ze03.Mode.ACTIVE);
    }
    I2cPort port = ConnectedParts.i2c(simulation, kind);
    return switch (kind) {
      case "sht4x" -> new Sht4x(port, time);
      case "sht3x" -> new Sht3x(port, time);
      case "bme280" -> new Bme280(port, time);
      case "sgp40" -> new Sgp40(port, time, Optional::empty, new NoState());
      case "sgp41" -> new Sgp41(port, time, Optional::empty, new NoState());
      case "multigas-h2s" -> new MultiGas(port, time, MultiGas.Gas.H2S);
      case "multigas-nh3" -> new MultiGas(port, time, MultiGas.Gas.NH3);
      case "mics6814" -> new Mics6814(new Ads1115(port, time), time, 0);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private Sampler measuring(String kind) throws IOException {
    Sampler sampler =
        new Sampler(
            "i2c-1",
            List.of(new SampledSensor("part", sensor(kind), Duration.ZERO)),
            board,
            faults,
            time);
    time.pass(Duration.ofSeconds(1)); // the parts have power before the program starts
    run(sampler, 20);
    assertFalse(row().readings().isEmpty(), kind);
    assertEquals(List.of(), active());
    return sampler;
  }

  private void run(Sampler sampler, int seconds) throws IOException {
    long endTickMs = time.tickMs() + 1000L * seconds;
    while (time.tickMs() < endTickMs) {
      time.pass(sampler.cycle());
      time.slept();
    }
  }

  private List<Faults.Fault> active() {
    return faults.list().stream().filter(Faults.Fault::active).toList();
  }

  private Sample row() {
    return board.at(time.tickMs(), Duration.ZERO).sample();
  }

  @ParameterizedTest(name = "{0}: {1} for {2} s")
  @CsvSource({
    "sht4x, WRONG_CHECKSUM, 10",
    "sht4x, ALL_ZEROS, 10",
    "sht4x, ALL_ONES, 10",
    "sht4x, STUCK, 70",
    "sht3x, WRONG_CHECKSUM, 10",
    "sht3x, ALL_ZEROS, 10",
    "sht3x, ALL_ONES, 10",
    "sht3x, STUCK, 70",
    "bme280, ALL_ZEROS, 10",
    "bme280, ALL_ONES, 10",
    "bme280, STUCK, 70",
    "sgp40, WRONG_CHECKSUM, 10",
    "sgp40, ALL_ZEROS, 10",
    "sgp40, ALL_ONES, 10",
    "sgp41, WRONG_CHECKSUM, 10",
    "sgp41, ALL_ZEROS, 10",
    "sgp41, ALL_ONES, 10",
    "multigas-h2s, WRONG_CHECKSUM, 10",
    "multigas-h2s, ALL_ZEROS, 10",
    "multigas-h2s, ALL_ONES, 10",
    "multigas-h2s, LATE_FRAME, 10",
    "multigas-h2s, WRONG_PART, 10",
    "multigas-nh3, WRONG_CHECKSUM, 10",
    "multigas-nh3, LATE_FRAME, 10",
    "ze03-so2, WRONG_CHECKSUM, 20",
    "ze03-so2, ALL_ZEROS, 20",
    "ze03-so2, ALL_ONES, 20",
    "ze03-so2, TORN_FRAME, 20",
    "ze03-so2, GARBAGE, 20",
    "ze03-so2, SILENCE, 20",
    "ze03-so2, HANG_UP, 20",
    "ze03-so2, WRONG_PART, 10",
    "mics6814, ALL_ZEROS, 10",
    "mics6814, ALL_ONES, 10",
    "mics6814, OPEN_INPUT, 10",
    "mics6814, NO_REFERENCE, 10",
    "mics6814, CLIPPED, 10",
    "sht4x, BUS_HANG, 10",
    "sht3x, BUS_HANG, 10",
    "bme280, BUS_HANG, 10",
    "sgp40, BUS_HANG, 10",
    "sgp41, BUS_HANG, 10",
    "multigas-h2s, BUS_HANG, 10",
    "mics6814, BUS_HANG, 10",
  })
  void aFailingPartIsAFaultWithoutReadingsUntilThePartIsHealed(
      String kind, InjectedFault fault, int seconds) throws IOException {
    Sampler sampler = measuring(kind);
    Set<Quantity> healthy = row().readings().keySet();
    simulation.part(kind).fail(fault);
    run(sampler, seconds);
    assertEquals(Set.of(), row().readings().keySet());
    assertFalse(active().isEmpty());
    simulation.part(kind).heal();
    run(sampler, 60);
    assertTrue(row().readings().keySet().containsAll(healthy), row().toString());
    assertEquals(List.of(), active());
  }

  @ParameterizedTest(name = "{0}: {1} for {2} s")
  @CsvSource({
    "sgp40, GAS_PIXEL, 5, GAS_FAULT",
    "sgp41, GAS_PIXEL, 5, GAS_FAULT",
    "sgp40, STUCK, 310, GAS_STUCK",
    "sgp41, STUCK, 310, GAS_STUCK",
    "multigas-h2s, STUCK, 1810, GAS_STUCK",
    "multigas-nh3, STUCK, 1810, GAS_STUCK",
    "mics6814, STUCK, 1810, GAS_STUCK",
    "mics6814, GAS_PIXEL, 5, GAS_FAULT",
  })
  void aFailingGasPartIsFlaggedUntilThePartIsHealed(
      String kind, InjectedFault fault, int seconds, Quality flag) throws IOException {
    Sampler sampler = measuring(kind);
    simulation.part(kind).fail(fault);
    run(sampler, seconds);
    assertTrue(row().flags().contains(flag), row().toString());
    assertEquals(Set.of(), forbidden(row(), fault), "quantities that the fault must remove");
    simulation.part(kind).heal();
    run(sampler, 10);
    assertFalse(row().flags().contains(flag), row().toString());
  }

  /** Returns the quantities in a row that the fault must have removed from it. */
  private static Set<Quantity> forbidden(Sample row, InjectedFault fault) {
    Set<Quantity> wrong =
        fault == InjectedFault.STUCK
            ? Set.of(Quantity.VOC_INDEX, Quantity.NOX_INDEX)
            : Set.of(Quantity.VOC_RAW, Quantity.NOX_RAW, Quantity.OX_RESISTANCE);
    return wrong.stream()
        .filter(quantity -> row.get(quantity).isPresent())
        .collect(Collectors.toSet());
  }

  // The other parts start anew with each measurement, or cannot detect the reset (SGP40, SGP41).
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"sht3x", "bme280"})
  void aPartThatLostItsSettingsInABrownOutIsAFaultForLessThanTenSeconds(String kind)
      throws IOException {
    Sampler sampler = measuring(kind);
    long before = sampler.status().get(0).faults();
    simulation.part(kind).fail(InjectedFault.BROWN_OUT);
    time.pass(Duration.ofMillis(5));
    run(sampler, 10);
    assertTrue(sampler.status().get(0).faults() > before);
    assertEquals(List.of(), active());
    assertFalse(row().readings().isEmpty());
  }

  @Test
  void aMultiGasThatFallsBackToActiveModeIsSetBackBeforeItsActiveFramesAreRead()
      throws IOException {
    Sampler sampler = measuring("multigas-h2s");
    simulation.part("multigas-h2s").fail(InjectedFault.BROWN_OUT);
    for (int i = 0; i < 200; i++) {
      run(sampler, 1);
      Sample row = row();
      row.get(Quantity.H2S).ifPresent(ppm -> assertTrue(ppm <= 3, row.toString()));
    }
    assertTrue(row().get(Quantity.H2S).isPresent());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "sht4x",
        "sht3x",
        "bme280",
        "sgp40",
        "sgp41",
        "multigas-h2s",
        "multigas-nh3",
        "ze03-so2",
        "mics6814"
      })
  void aPartThatIsUnpluggedHasNoReadingsUntilItIsPluggedIn(String kind) throws IOException {
    Sampler sampler = measuring(kind);
    simulation.part(kind).unplug();
    run(sampler, 10);
    assertEquals(new Sample(Map.of(), Set.of()), row());
    simulation.part(kind).plug();
    run(sampler, 40);
    assertFalse(row().readings().isEmpty());
    assertEquals(List.of(), active());
    assertEquals(List.of(), simulation.part(kind).violations());
  }

  @Test
  void aBmp280AtTheAddressOfABme280IsNamedInTheFault() throws IOException {
    Sampler sampler = measuring("bme280");
    simulation.part("bme280").unplug();
    run(sampler, 5);
    simulation.part("bme280").fail(InjectedFault.WRONG_PART);
    simulation.part("bme280").plug();
    run(sampler, 20);
    assertEquals(Set.of(), row().readings().keySet());
    assertTrue(active().toString().contains("BMP280"), active().toString());
  }
}
