package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.CountedFan;
import dev.streetbox.driver.GasIndex.State;
import dev.streetbox.driver.GasIndexState;
import dev.streetbox.driver.Sensor;
import dev.streetbox.simulate.Simulation;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every entry is complete: its addresses, its recognition, its driver in each of its modes. */
class CatalogueTest {
  private final ScriptedTime time = new ScriptedTime();

  /** Nothing was ever learned, and nothing is kept. */
  private static final class NoState implements GasIndexState {
    @Override
    public void save(long serial, State state) {}

    @Override
    public Optional<Learned> load(long serial) {
      return Optional.empty();
    }
  }

  static List<CatalogueEntry> entries() {
    return Catalogue.entries();
  }

  @Test
  void noTwoPartsHaveOneKey() {
    assertEquals(new HashSet<>(Catalogue.keys()).size(), Catalogue.keys().size());
    assertEquals(Optional.empty(), Catalogue.of("sps31"));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void itsAddressesAreNotReserved(CatalogueEntry part) {
    for (int address : part.wiring().addresses()) {
      assertTrue(address >= 0x08 && address <= 0x77, part + " at " + address);
    }
    assertFalse(part.allQuantities().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void itsDriverIsMadeInEachModeAndForEachGas(CatalogueEntry part) {
    for (SensorSettings settings : variants(part)) {
      try (Simulation simulation = new Simulation(time, 1, time.systemClock())) {
        simulation.connect(settings);
        PartPorts ports = new PartPorts(simulation, time);
        try (Sensor sensor = settings.driver(ports, context(settings))) {
          assertNotNull(sensor);
        }
      }
    }
  }

  @Test
  void aPlaceOfAnotherWiringIsABug() {
    SensorSettings right = variants(Catalogue.of("sht4x").orElseThrow()).get(0);
    SensorSettings wrong =
        new SensorSettings(
            "air",
            right.part(),
            new PartPlace.Uart("/dev/ttyS0"),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            right.period());
    PartPorts ports = new PartPorts(new Simulation(time, 1, time.systemClock()), time);
    assertThrows(ClassCastException.class, () -> wrong.driver(ports, context(wrong)));
  }

  @Test
  void theUsualAddressOfAConverterComesFirstAndAllOthersFollow() {
    assertEquals(
        List.of(0x49, 0x48, 0x4A, 0x4B),
        Catalogue.of("mics6814").orElseThrow().wiring().addresses());
    assertEquals(
        List.of(0x48, 0x49, 0x4A, 0x4B),
        Catalogue.of("sen0232").orElseThrow().wiring().addresses());
  }

  @Test
  void whoMayBeAtAnAddressIsAskedOnceEach() {
    assertEquals(List.of("SPS30", "SEN5x"), labels(0x69));
    assertEquals(List.of("ADS1115 or ADS1015", "PCB Artists decibel module"), labels(0x48));
    assertEquals(List.of("SGP40 or SGP41"), labels(0x59));
    assertEquals(List.of("BME280", "BMP280", "BME680 or BME688"), labels(0x76));
    assertEquals(List.of(), labels(0x23));
  }

  @Test
  void aPartIsRecognisedByAnAnswerAndByNoOther() throws Exception {
    PartIdentification bme280 = Catalogue.identificationsAt(0x76).get(0);
    assertTrue(bme280.matches(answering("60"), time));
    assertFalse(bme280.matches(answering("58"), time));
  }

  private I2cPort answering(String id) {
    return new ScriptedI2c(time).write("d0").read(id);
  }

  private static List<String> labels(int address) {
    return Catalogue.identificationsAt(address).stream().map(PartIdentification::label).toList();
  }

  private static List<SensorSettings> variants(CatalogueEntry part) {
    List<Optional<String>> modes = new ArrayList<>(List.of(Optional.empty()));
    part.modes().forEach(mode -> modes.add(Optional.of(mode)));
    List<Optional<String>> gases = new ArrayList<>();
    part.gases().keySet().forEach(gas -> gases.add(Optional.of(gas)));
    if (gases.isEmpty()) {
      gases.add(Optional.empty());
    }
    SensorSettings usual = SensorSettings.simulated(part.key(), part);
    List<SensorSettings> variants = new ArrayList<>();
    for (Optional<String> mode : modes) {
      for (Optional<String> gas : gases) {
        variants.add(
            new SensorSettings(
                usual.name(),
                part,
                usual.place(),
                true,
                mode,
                gas,
                Optional.of(MicrophoneSettings.uncalibrated(MicrophonePart.INMP441)),
                usual.period()));
      }
    }
    return variants;
  }

  private DriverContext context(SensorSettings settings) {
    return new DriverContext(time, settings, Optional::empty, NoState::new, CountedFan::new);
  }
}
