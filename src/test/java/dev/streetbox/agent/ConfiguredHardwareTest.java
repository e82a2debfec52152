package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusTrace;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.KnownDrivers;
import dev.streetbox.driver.Sensor;
import dev.streetbox.simulate.SimulatedLamp;
import dev.streetbox.simulate.SimulatedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which ports the drivers get, real or simulated. */
class ConfiguredHardwareTest {
  @TempDir private Path folder;
  private final ScriptedTime time = new ScriptedTime();

  @Test
  void aBoxOfRealPartsHasNoSimulation() throws Exception {
    Config config = KnownDrivers.wired("sht4x", "bus = \"i2c-119\"\n", folder);
    ConfiguredHardware hardware = new ConfiguredHardware(config, time, Optional.empty());
    assertFalse(hardware.isSimulating());
    assertTrue(hardware.gpsd().isPresent());
    I2cPort port = hardware.i2cPort(config.sensors().get(0), 0x45);
    assertThrows(IOException.class, () -> port.read(1));
    hardware.release("i2c-119");
  }

  @Test
  void oneSimulatedPartIsEnoughForASimulationAndTheOtherStaysReal() throws Exception {
    Config config =
        KnownDrivers.wired(
            "sht4x", "bus = \"i2c-119\"\n[[sensor]]\ndriver = \"sgp41\"\nbus = \"sim\"\n", folder);
    ConfiguredHardware hardware = new ConfiguredHardware(config, time, Optional.empty());
    assertTrue(hardware.isSimulating());
    I2cPort real = hardware.i2cPort(config.sensors().get(0), 0x59);
    assertThrows(IOException.class, () -> real.write(0x36, 0x82));
    I2cPort simulated = hardware.i2cPort(config.sensors().get(1), 0x59);
    simulated.write(0x36, 0x82);
    time.sleep(Duration.ofMillis(1));
    assertEquals(9, simulated.read(9).length);
    hardware.release("i2c-119");
    hardware.release("sim");
  }

  private boolean areLinesSimulated(String sensors, String gnss, String gpio) throws Exception {
    Config config =
        KnownDrivers.text(
            sensors + "[gnss]\nsource = \"" + gnss + "\"\n[report]\ngpio = \"" + gpio + "\"\n",
            folder);
    ConfiguredHardware hardware = new ConfiguredHardware(config, time, Optional.empty());
    boolean isSimulated = hardware.gpioInput(17) instanceof SimulatedLine;
    assertEquals(isSimulated, hardware.gpioOutput(27) instanceof SimulatedLamp);
    return isSimulated;
  }

  @Test
  void linesAreSimulatedIfAllElseIsOrTheConfigurationSaysSo() throws Exception {
    String real = "[[sensor]]\ndriver = \"sht4x\"\nbus = \"i2c-119\"\n";
    String simulated = "[[sensor]]\ndriver = \"sht4x\"\nbus = \"sim\"\n";
    assertTrue(areLinesSimulated(simulated, "sim", ""));
    assertTrue(areLinesSimulated(simulated, "none", ""));
    assertFalse(areLinesSimulated(simulated, "gpsd", ""));
    assertFalse(areLinesSimulated(real, "sim", ""));
    assertFalse(areLinesSimulated("", "none", ""));
    assertTrue(areLinesSimulated(real, "gpsd", "sim"));
    assertFalse(areLinesSimulated(simulated, "sim", "linux"));
  }

  @Test
  void aTraceNamesEachPartAndTwoAtOneConverterTogether() throws Exception {
    Config config =
        KnownDrivers.simulatedText(
            """
            [[sensor]]
            name = "air"
            driver = "sht4x"
            bus = "sim"
            [[sensor]]
            name = "noise"
            driver = "sen0232"
            bus = "sim"
            adc = "ads1115"
            [[sensor]]
            name = "yard"
            driver = "sen0232"
            bus = "sim"
            adc = "ads1115"
            channel = 1
            """,
            "",
            folder);
    List<String> lines = new ArrayList<>();
    try (PartsBench partsBench =
        new PartsBench(config, time, Optional.of(new BusTrace(lines::add, time)))) {
      time.pass(Duration.ofSeconds(1));
      for (PartsBench.Place place : partsBench.places()) {
        try (Sensor sensor = place.sensor()) {
          sensor.start();
          sensor.read();
        }
      }
    }
    Set<String> names = new HashSet<>();
    lines.forEach(line -> names.add(line.strip().split(" +", 3)[1]));
    assertEquals(Set.of("air", "noise+yard"), names);
  }
}
