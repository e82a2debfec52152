package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.CountedFan;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the entries of parts whose gas is a setting, and of the SEN66. */
class GasModuleEntriesTest {
  private static final CatalogueEntry ZE03 = Catalogue.of("ze03").orElseThrow();
  private static final CatalogueEntry MULTIGAS = Catalogue.of("multigas").orElseThrow();
  private static final CatalogueEntry SEN66 = Catalogue.of("sen66").orElseThrow();

  private final RecordingHardware hardware = new RecordingHardware();
  private final ScriptedTime time = new ScriptedTime();

  private static SensorSettings at(PartPlace place, CatalogueEntry part, Optional<String> gas) {
    return new SensorSettings(
        "gas", part, place, false, Optional.empty(), gas, Optional.empty(), Duration.ofSeconds(1));
  }

  private Sensor driver(SensorSettings settings) {
    DriverContext context =
        new DriverContext(
            time,
            settings.driverSettings(),
            Optional::empty,
            NoGasIndexState::new,
            CountedFan::new);
    return settings.driver(new PartPorts(hardware, time), context);
  }

  @ParameterizedTest
  @CsvSource({
    "h2s, H2S",
    "nh3, NH3",
    "co, CO",
    "no2, NO2",
    "so2, SO2",
    "o3, O3",
    "cl2, CL2",
  })
  void aGasOfTheZe03IsOneQuantityInPpm(String gas, Quantity quantity) {
    assertEquals(quantity, ZE03.gases().get(gas));
    assertEquals(gas + "_ppm", quantity.key());
    assertEquals(QuantityGroup.GAS, quantity.group());
  }

  @Test
  void theGasesAreListedInTheOrderOfTheMessages() {
    assertEquals(
        List.of("h2s", "nh3", "co", "no2", "so2", "o3", "cl2"), List.copyOf(ZE03.gases().keySet()));
    assertEquals(List.of("h2s", "nh3"), List.copyOf(MULTIGAS.gases().keySet()));
  }

  @Test
  void aZe03IsReadAtASerialPortOf9600Baud() {
    PartPlace port = new PartPlace.Uart("/dev/ttyAMA0");
    assertNotNull(driver(at(port, ZE03, Optional.of("so2"))));
    assertEquals(List.of("/dev/ttyAMA0 9600"), hardware.made);
    assertEquals(List.of(), ZE03.wiring().addresses());
    assertEquals(List.of("active", "query"), ZE03.modes());
  }

  @Test
  void aGasModuleWithoutAGasIsABugBecauseTheConfigurationRequiresIt() {
    SensorSettings ze03 = at(new PartPlace.Uart("/dev/ttyAMA0"), ZE03, Optional.empty());
    assertThrows(NoSuchElementException.class, () -> driver(ze03));
    SensorSettings multigas = at(new PartPlace.I2c("i2c-1", 0x74), MULTIGAS, Optional.empty());
    assertThrows(NoSuchElementException.class, () -> driver(multigas));
  }

  @Test
  void theSen66HasOneAddressAndIsRecognisedByItsName() {
    assertEquals(List.of(0x6B), SEN66.wiring().addresses());
    assertEquals(
        List.of("SEN66"),
        Catalogue.identificationsAt(0x6B).stream().map(PartIdentification::label).toList());
    assertNotNull(driver(at(new PartPlace.I2c("i2c-1", 0x6B), SEN66, Optional.empty())));
    assertEquals(List.of("i2c-1 0x6b"), hardware.made);
  }

  @Test
  void theSen66MeasuresCarbonDioxideBesideWhatASen55Measures() {
    Set<Quantity> sen55 = Catalogue.of("sen55").orElseThrow().allQuantities();
    assertTrue(SEN66.allQuantities().contains(Quantity.CO2));
    assertFalse(sen55.contains(Quantity.CO2));
    assertEquals(
        Set.of(QuantityGroup.PARTICLES, QuantityGroup.GAS, QuantityGroup.AIR), SEN66.groups());
  }
}
