package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.CountedFan;
import dev.streetbox.driver.Pms5003;
import dev.streetbox.driver.Sds011;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what follows from the settings of one sensor: place, mode, driver. */
class SensorSettingsTest {
  private static final MicrophoneSettings INMP441 =
      MicrophoneSettings.uncalibrated(MicrophonePart.INMP441);

  private final ScriptedTime time = new ScriptedTime();

  private static CatalogueEntry part(String key) {
    return Catalogue.of(key).orElseThrow();
  }

  private static SensorSettings settings(String key, PartPlace place, Optional<String> mode) {
    return new SensorSettings(
        "a", part(key), place, false, mode, Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  private DriverContext context(SensorSettings settings) {
    return new DriverContext(
        time, settings.driverSettings(), Optional::empty, NoGasIndexState::new, CountedFan::new);
  }

  @ParameterizedTest
  @CsvSource({
    "sps30, sim, 105",
    "sht4x, sim, 68",
    "mics6814, sim, 73",
    "sen0232, sim, 72",
    "pms5003, simulated pms5003, -1",
    "microphone, simulated microphone, -1"
  })
  void aSimulatedPartIsAtItsUsualPlace(String key, String device, int address) {
    SensorSettings settings = SensorSettings.simulated("a", part(key));
    assertTrue(settings.simulated());
    assertEquals(device, settings.place().device());
    assertEquals(address, settings.place().i2cAddress().orElse(-1));
    assertEquals(Duration.ZERO, settings.period());
  }

  @Test
  void theSimulatedBusIsTheOneThatHardwareNames() {
    SensorSettings settings = SensorSettings.simulated("air", part("sht4x"));
    assertTrue(Hardware.isSimulated(settings.bus()));
    assertEquals("serial-pm", SensorSettings.simulated("pm", part("pms5003")).bus());
    assertEquals("audio-mic", SensorSettings.simulated("mic", part("microphone")).bus());
  }

  @Test
  void anotherMicrophoneLeavesTheRestAsItWas() {
    SensorSettings before = SensorSettings.simulated("mic", part("microphone"));
    SensorSettings after = before.withMicrophone(INMP441);
    assertEquals(Optional.of(INMP441), after.microphone());
    assertEquals(Optional.of(INMP441), after.driverSettings().microphone());
    assertEquals(before.place(), after.place());
    assertEquals(before.name(), after.name());
    assertEquals(before.period(), after.period());
    assertEquals(before.part(), after.part());
  }

  @Test
  void theDriversModeIsTheConfiguredOneOrTheFirst() {
    PartPlace place = new PartPlace.Uart("/dev/serial0");
    SensorSettings usual = settings("pms5003", place, Optional.empty());
    SensorSettings passive = settings("pms5003", place, Optional.of("passive"));
    SensorSettings query = settings("sds011", place, Optional.of("query"));
    assertEquals(Pms5003.Mode.ACTIVE, context(usual).mode(Pms5003.Mode.class));
    assertEquals(Pms5003.Mode.PASSIVE, context(passive).mode(Pms5003.Mode.class));
    assertEquals(Sds011.Mode.QUERY, context(query).mode(Sds011.Mode.class));
  }

  @Test
  void aModeThatTheDriverLacksIsABug() {
    PartPlace place = new PartPlace.Uart("/dev/serial0");
    DriverContext wrong = context(settings("pms5003", place, Optional.of("query")));
    assertThrows(IllegalArgumentException.class, () -> wrong.mode(Pms5003.Mode.class));
    DriverContext none = context(settings("sht4x", place, Optional.empty()));
    assertThrows(NoSuchElementException.class, () -> none.mode(Pms5003.Mode.class));
  }

  @Test
  void aDriverIsMadeOfThePortOfItsPlaceAndOpensNothing() {
    RecordingHardware hardware = new RecordingHardware();
    PartPorts ports = new PartPorts(hardware, time);
    List<SensorSettings> sensors =
        List.of(
            settings("sht4x", new PartPlace.I2c("i2c-1", 0x45), Optional.empty()),
            settings(
                "mics6814",
                new PartPlace.ConverterInput("i2c-1", 0x49, Converter.ADS1015, 0),
                Optional.empty()),
            settings("sds011", new PartPlace.Uart("/dev/ttyUSB0"), Optional.empty()),
            settings("microphone", new PartPlace.Audio("hw:1,0"), Optional.empty())
                .withMicrophone(INMP441));
    sensors.forEach(sensor -> sensor.driver(ports, context(sensor)));
    assertEquals(List.of("i2c-1 0x45", "i2c-1 0x49", "/dev/ttyUSB0 9600", "hw:1,0"), hardware.made);
  }

  @ParameterizedTest
  @CsvSource({"sht4x", "mics6814", "sds011", "microphone"})
  void aPlaceOfAnotherWiringIsABug(String key) {
    PartPorts ports = new PartPorts(new RecordingHardware(), time);
    PartPlace place =
        key.equals("sds011") ? new PartPlace.Audio("hw:0,0") : new PartPlace.Uart("/dev/serial0");
    SensorSettings wrong = settings(key, place, Optional.empty());
    assertThrows(ClassCastException.class, () -> wrong.driver(ports, context(wrong)));
  }

  @Test
  void aGasPartWithoutAGasIsABug() {
    PartPorts ports = new PartPorts(new RecordingHardware(), time);
    SensorSettings settings =
        settings("multigas", new PartPlace.I2c("i2c-1", 0x74), Optional.empty());
    assertThrows(NoSuchElementException.class, () -> settings.driver(ports, context(settings)));
  }
}
