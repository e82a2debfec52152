package dev.streetbox.part;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.Ads1115;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the ports of one hardware for the drivers of its parts; parts at one converter share the
 * converter. Opens nothing. Used by the thread that starts the program; the ports belong to the
 * buses' threads.
 */
public final class PartPorts {
  private final Hardware hardware;
  private final Time time;
  private final Map<PartPlace.I2c, Ads1115> converters = new HashMap<>();

  /** Makes the ports of this hardware. */
  public PartPorts(Hardware hardware, Time time) {
    this.hardware = hardware;
    this.time = time;
  }

  /** Makes a port to an I2C address. */
  I2cPort i2c(PartPlace.I2c at) {
    return hardware.i2c(at.bus(), at.address());
  }

  /** Returns the converter at an address, which is made at the first call. */
  Ads1115 converter(PartPlace.ConverterInput at) {
    return converters.computeIfAbsent(
        new PartPlace.I2c(at.bus(), at.address()), place -> new Ads1115(i2c(place), time));
  }

  /** Makes a port to a serial device, at a rate in bits per second. */
  SerialPort uart(PartPlace.Uart at, int baud) {
    return hardware.uart(at.device(), baud);
  }

  /** Makes a port to a sound card. */
  AudioPort audio(PartPlace.Audio at) {
    return hardware.audio(at.device());
  }
}
