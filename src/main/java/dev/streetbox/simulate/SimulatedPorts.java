package dev.streetbox.simulate;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Pi4jBus;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.part.PartPlace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;

/**
 * Holds the ports of one simulated box and what is connected to each: one I2C bus, serial ports and
 * sound cards. Parts are connected by one thread, before others use the ports; each port belongs to
 * the thread that uses it.
 */
final class SimulatedPorts {
  private static final int BUS = 1;

  /** Time that parts have had power at tick 0; a Pi needs at least as long to start the program. */
  private static final Duration STARTING = Duration.ofSeconds(10);

  private final World world;
  private final SimI2cBus i2cBus;
  private final Pi4jBus pi4jBus;
  private final Map<String, Supplier<SerialPort>> serial = new HashMap<>();
  private final Map<String, Supplier<AudioPort>> audio = new HashMap<>();

  /** Makes ports with nothing connected. */
  SimulatedPorts(World world) {
    this.world = world;
    this.i2cBus = new SimI2cBus(world.time());
    this.pi4jBus = new Pi4jBus(BUS, () -> new SimI2cProvider(i2cBus));
  }

  /** Returns the time, the ride and the seed that all connected parts share. */
  World world() {
    return world;
  }

  /**
   * Connects a chip at an I2C address; it has had power for 10 s.
   *
   * @throws IllegalArgumentException if the address is reserved or another chip has it
   */
  void attach(PartPlace.I2c at, SimulatedPart simulatedPart, Chip chip) {
    pi4jBus.port(at.address()); // throws if the address is reserved
    i2cBus.attach(at.address(), simulatedPart, chip, STARTING);
  }

  /**
   * Connects a part to inputs of a converter. Parts at one address share its converter, if it is of
   * the kind that each of them names.
   *
   * @param volts the voltage at a tick in ms, for one input after the other
   * @throws IllegalArgumentException if the address is reserved or another chip has it
   */
  void attach(
      PartPlace.ConverterInput at, SimulatedPart simulatedPart, List<LongToDoubleFunction> volts) {
    Ads1115Chip.Model model = Ads1115Chip.Model.valueOf(at.converter().name());
    Ads1115Chip converter;
    if (i2cBus.chip(at.address()).orElse(null) instanceof Ads1115Chip there && there.is(model)) {
      converter = there;
      i2cBus.share(at.address(), simulatedPart);
    } else {
      converter = new Ads1115Chip(world.time(), model);
      attach(new PartPlace.I2c(at.bus(), at.address()), simulatedPart, converter);
    }
    for (int i = 0; i < volts.size(); i++) {
      converter.connect(at.channel() + i, simulatedPart, volts.get(i));
    }
  }

  /** Connects a part to a serial port; each port that is made gets a new device. */
  void attach(
      PartPlace.Uart at, SimulatedPart simulatedPart, Supplier<SimSerial.SerialDevice> device) {
    serial.put(at.device(), () -> serialPort(at.device(), simulatedPart, device.get()));
  }

  /** Connects a sound card; each port that is made is a new one. */
  void attach(PartPlace.Audio at, Supplier<AudioPort> card) {
    audio.put(at.device(), card);
  }

  /** Makes a port to an I2C address. */
  I2cPort i2c(int address) {
    return pi4jBus.port(address);
  }

  /**
   * Makes a port to the part at a serial device.
   *
   * @throws IllegalArgumentException if no part is connected there
   */
  SerialPort uart(String device) {
    return required(serial, device).get();
  }

  /**
   * Makes a port to a sound card.
   *
   * @throws IllegalArgumentException if no microphone is connected there
   */
  AudioPort audio(String device) {
    return required(audio, device).get();
  }

  /** Makes a closed serial port with this device at its other end. */
  SerialPort serialPort(String name, SimulatedPart simulatedPart, SimSerial.SerialDevice device) {
    return new SimSerial(name, world.time(), simulatedPart, device, world.seed());
  }

  /** Shuts the I2C bus down. Called by the bus's own thread, or after it has ended. */
  void close() {
    pi4jBus.close();
  }

  /**
   * Returns what is connected under a name.
   *
   * @throws IllegalArgumentException if nothing is; its message lists the names that are
   */
  static <T> T required(Map<String, T> connected, String name) {
    if (!connected.containsKey(name)) {
      throw new IllegalArgumentException(
          "no simulated part '"
              + name
              + "' here; connected: "
              + String.join(", ", new TreeSet<>(connected.keySet())));
    }
    return connected.get(name);
  }
}
