package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.CountedFan;
import dev.streetbox.driver.Rhythm;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Sample;
import dev.streetbox.simulate.ConnectedParts;
import dev.streetbox.simulate.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests drivers that are configured where another part sits, on simulated chips. */
class AddressedSensorTest {
  private static final Duration BUSY = Duration.ofMillis(250);

  private final ScriptedTime time = new ScriptedTime();

  @ParameterizedTest(name = "{0} where a {1} sits")
  @CsvSource({
    "sps30, sen55, 69, sen55",
    "sen55, sps30, 69, sps30",
    "sht3x, sht4x, 44, sht4x",
    "sht4x, sht3x, 44, sht3x",
    "sht4x, sht3x, 45, sht3x",
    "sgp41, sgp40, 59, sgp40",
    "sgp40, sgp41, 59, sgp41",
    "multigas-h2s, bme280, 76, bme280",
    "multigas-nh3, bme280, 77, bme280",
    "sen0232, pcbartists, 48, pcbartists",
  })
  void theStartNamesThePartThatSitsThere(
      String configured, String present, String address, String driver) throws IOException {
    int at = Integer.parseInt(address, 16);
    try (Simulation simulation = new Simulation(time, 1, time.systemClock())) {
      ConnectedParts.i2c(simulation, present, at);
      Sensor sensor = driver(simulation, configured, at);
      time.pass(Duration.ofSeconds(5));
      for (int attempt = 0; attempt < 3; attempt++) {
        FrameException error = assertThrows(FrameException.class, sensor::start);
        String expected = "driver = \"" + driver + "\"";
        assertTrue(error.getMessage().contains(expected), error.getMessage());
        sensor.close();
        time.pass(Duration.ofSeconds(2));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"sps30, 69", "sen55, 69", "sht4x, 44", "sht3x, 44", "sgp41, 59", "bme280, 76"})
  void aMissingPartIsNotNamedAnother(String configured, String address) {
    try (Simulation simulation = new Simulation(time, 1, time.systemClock())) {
      ConnectedParts.i2c(simulation, "dnms", 0x55);
      Sensor sensor = driver(simulation, configured, Integer.parseInt(address, 16));
      assertThrows(BusException.class, sensor::start);
    }
  }

  private Sensor driver(Simulation simulation, String kind, int address) {
    SensorSettings usual = ConnectedParts.settings(kind);
    PartPlace place =
        usual.part().wiring().converterInput().isPresent()
            ? new PartPlace.ConverterInput("sim", address, Converter.ADS1115, 0)
            : new PartPlace.I2c("sim", address);
    SensorSettings settings =
        new SensorSettings(
            kind,
            usual.part(),
            place,
            true,
            usual.mode(),
            usual.gas(),
            usual.microphone(),
            usual.period());
    return settings.driver(
        new PartPorts(simulation, time),
        new DriverContext(
            time,
            settings.driverSettings(),
            Optional::empty,
            NoGasIndexState::new,
            CountedFan::new));
  }

  /** A driver whose start fails, and that measures nothing. */
  private record Failing(IOException error) implements Sensor {
    @Override
    public void start() throws IOException {
      throw error;
    }

    @Override
    public Sample read() {
      return Sample.NOTHING;
    }

    @Override
    public Rhythm rhythm() {
      return new Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  private Sensor at(IOException error, ScriptedI2c port) {
    Optional<PartIdentification> own = Bme280Entry.ENTRY.wiring().identification();
    return new AddressedSensor(new Failing(error), () -> port, 0x76, own, time);
  }

  @Test
  void aPartWithoutADriverIsNamedToo() {
    ScriptedI2c port =
        new ScriptedI2c(time).waits(BUSY).write("d0").read("58").write("d0").read("58");
    Sensor sensor = at(new FrameException("not a BME280"), port);
    FrameException error = assertThrows(FrameException.class, sensor::start);
    assertEquals("BMP280 is at 0x76, not BME280; there is no driver for it", error.getMessage());
    port.close();
  }

  @Test
  void theErrorOfTheRightPartIsKept() {
    IOException error = new FrameException("its calibration reads differently each time");
    ScriptedI2c port = new ScriptedI2c(time).waits(BUSY).write("d0").read("60");
    assertSame(error, assertThrows(IOException.class, at(error, port)::start));
    port.close();
  }

  @Test
  void aHungBusIsNotAskedAnyMore() {
    IOException error = new BusException("SDA is held low", BusException.ETIMEDOUT);
    ScriptedI2c port = new ScriptedI2c(time);
    assertSame(error, assertThrows(IOException.class, at(error, port)::start));
    port.close();
  }
}
