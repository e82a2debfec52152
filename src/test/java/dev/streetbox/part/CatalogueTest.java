package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.CountedFan;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.QuantityGroup;
import dev.streetbox.simulate.Simulation;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that every entry is complete: addresses, identification, a driver in each mode. */
class CatalogueTest {
  private final ScriptedTime time = new ScriptedTime();

  static List<CatalogueEntry> entries() {
    return Catalogue.entries();
  }

  @Test
  void noTwoPartsHaveOneKey() {
    assertEquals(new HashSet<>(Catalogue.keys()).size(), Catalogue.keys().size());
    assertEquals(Optional.empty(), Catalogue.of("sps31"));
  }

  /** Addresses of the datasheets, and those that are usual for parts at a converter. */
  @ParameterizedTest
  @CsvSource({
    "sps30, 69",
    "sht4x, 44 45 46",
    "sht3x, 44 45",
    "bme280, 76 77",
    "sgp41, 59",
    "sgp40, 59",
    "multigas, 74 75 76 77",
    "mics6814, 49 48 4a 4b",
    "sen0232, 48 49 4a 4b",
    "dnms, 55",
    "pcbartists, 48",
    "pmsa003i, 12",
    "sen55, 69",
    "sen66, 6b"
  })
  void theAddressesAreThoseOfTheDatasheetTheUsualFirst(String key, String addresses) {
    List<Integer> expected =
        Stream.of(addresses.split(" ")).map(hex -> Integer.parseInt(hex, 16)).toList();
    assertEquals(expected, Catalogue.of(key).orElseThrow().wiring().addresses());
  }

  @Test
  void modesAndGasesAreListedOnceEach() {
    assertTrue(
        Catalogue.modes().containsAll(List.of("float", "integer", "active", "passive", "query")));
    assertEquals(Catalogue.modes().stream().distinct().toList(), Catalogue.modes());
    assertTrue(Catalogue.gases().containsAll(List.of("h2s", "nh3")));
    assertEquals(Catalogue.gases().stream().distinct().toList(), Catalogue.gases());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aKeyIsInLowerCaseAndNamesItsEntry(CatalogueEntry part) {
    assertTrue(part.key().matches("[a-z][a-z0-9]*"), part.key());
    assertEquals(Optional.of(part), Catalogue.of(part.key()));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aPartWithModesHasAtLeastTwo(CatalogueEntry part) {
    assertNotEquals(1, part.modes().size());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void noAddressIsReserved(CatalogueEntry part) {
    for (int address : part.wiring().addresses()) {
      assertTrue(address >= 0x08 && address <= 0x77, part + " at " + address);
    }
    assertFalse(part.allQuantities().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aDriverIsMadeInEachModeAndForEachGas(CatalogueEntry part) {
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
  void aPartsGroupsAreThoseOfItsQuantitiesAndOfItsGases() {
    assertEquals(
        Set.of(QuantityGroup.PARTICLES, QuantityGroup.GAS, QuantityGroup.AIR), groups("sen55"));
    assertEquals(Set.of(QuantityGroup.GAS, QuantityGroup.AIR), groups("multigas"));
    assertEquals(Set.of(QuantityGroup.NOISE), groups("microphone"));
  }

  @Test
  void aPartWithoutAConfiguredModeIsMadeInItsFirst() {
    CatalogueEntry sps30 = Catalogue.of("sps30").orElseThrow();
    assertEquals(
        Optional.of("float"), SensorSettings.simulated("pm", sps30).driverSettings().mode());
    assertEquals(Optional.of("integer"), variants(sps30).get(2).driverSettings().mode());
    CatalogueEntry sht4x = Catalogue.of("sht4x").orElseThrow();
    assertEquals(Optional.empty(), SensorSettings.simulated("air", sht4x).driverSettings().mode());
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
  void eachPartThatMayBeAtAnAddressHasOneIdentification() {
    assertEquals(List.of("SPS30", "SEN5x"), labels(0x69));
    assertEquals(List.of("ADS1115 or ADS1015", "PCB Artists decibel module"), labels(0x48));
    assertEquals(List.of("SGP40 or SGP41"), labels(0x59));
    assertEquals(List.of("BME280", "BMP280", "BME680 or BME688"), labels(0x76));
    assertEquals(List.of(), labels(0x23));
  }

  @Test
  void aPartIsRecognisedByItsIdOnly() throws Exception {
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

  private static Set<QuantityGroup> groups(String key) {
    return Catalogue.of(key).orElseThrow().groups();
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
    return new DriverContext(
        time, settings.driverSettings(), Optional::empty, NoGasIndexState::new, CountedFan::new);
  }
}
