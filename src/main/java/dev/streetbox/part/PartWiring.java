package dev.streetbox.part;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.Hardware;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.driver.Ads1115;
import dev.streetbox.driver.Sensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Describes how a part is connected, and makes its driver from the port of that connection. */
public sealed interface PartWiring {
  /** Makes a driver from a part's port. */
  @FunctionalInterface
  interface Driver<P> {
    /** Makes the driver, not started; nothing is sent. */
    Sensor make(P port, DriverContext context);
  }

  /** Makes a driver from inputs of a converter. */
  @FunctionalInterface
  interface ConverterDriver {
    /** Makes the driver, not started; nothing is sent. */
    Sensor make(Ads1115 converter, int channel, DriverContext context);
  }

  /** Returns the result of the function for this kind of wiring. */
  <T> T match(
      Function<I2c, T> i2c,
      Function<ConverterInput, T> converter,
      Function<Uart, T> uart,
      Function<Audio, T> audio);

  /**
   * Makes the driver of a part at its place, not started.
   *
   * @throws ClassCastException if the place is of another wiring
   */
  Sensor driver(PartPlace place, PartPorts ports, DriverContext context);

  /** Returns the place of a simulated part if the configuration names none. */
  PartPlace simulatedPlace(String part);

  /** Returns the I2C addresses that the part or its converter can have, the usual one first. */
  default List<Integer> addresses() {
    return List.of();
  }

  /** Returns this wiring if it is at a converter's inputs. */
  default Optional<ConverterInput> converterInput() {
    return Optional.empty();
  }

  /** Returns the part's identification on an I2C bus, if there is one. */
  default Optional<PartIdentification> identification() {
    return Optional.empty();
  }

  /**
   * Describes a part with an I2C address of its own.
   *
   * @param addresses that the part can have, 7 bits, the usual one first
   */
  record I2c(
      List<Integer> addresses, Optional<PartIdentification> identification, Driver<I2cPort> driver)
      implements PartWiring {
    @Override
    public <T> T match(
        Function<I2c, T> i2c,
        Function<ConverterInput, T> converter,
        Function<Uart, T> uart,
        Function<Audio, T> audio) {
      return i2c.apply(this);
    }

    @Override
    public Sensor driver(PartPlace place, PartPorts ports, DriverContext context) {
      return driver.make(ports.i2c((PartPlace.I2c) place), context);
    }

    @Override
    public PartPlace simulatedPlace(String part) {
      return new PartPlace.I2c(Hardware.SIMULATED, addresses.get(0));
    }
  }

  /**
   * Describes a part at inputs of a converter on an I2C bus.
   *
   * @param usualAddress the converter's address, 7 bits, if the configuration names none
   * @param converters that the part can be connected to, the usual one first
   * @param inputs the number of consecutive inputs that the part needs
   */
  record ConverterInput(
      int usualAddress, List<Converter> converters, int inputs, ConverterDriver driver)
      implements PartWiring {
    @Override
    public <T> T match(
        Function<I2c, T> i2c,
        Function<ConverterInput, T> converter,
        Function<Uart, T> uart,
        Function<Audio, T> audio) {
      return converter.apply(this);
    }

    @Override
    public Sensor driver(PartPlace place, PartPorts ports, DriverContext context) {
      PartPlace.ConverterInput input = (PartPlace.ConverterInput) place;
      return driver.make(ports.converter(input), input.channel(), context);
    }

    @Override
    public PartPlace simulatedPlace(String part) {
      return new PartPlace.ConverterInput(Hardware.SIMULATED, usualAddress, converters.get(0), 0);
    }

    @Override
    public List<Integer> addresses() {
      return Converter.addresses(usualAddress);
    }

    @Override
    public Optional<ConverterInput> converterInput() {
      return Optional.of(this);
    }

    @Override
    public Optional<PartIdentification> identification() {
      return Optional.of(Converter.IDENTIFICATION);
    }
  }

  /**
   * Describes a part at a serial port.
   *
   * @param baud bits per second
   */
  record Uart(int baud, Driver<SerialPort> driver) implements PartWiring {
    @Override
    public <T> T match(
        Function<I2c, T> i2c,
        Function<ConverterInput, T> converter,
        Function<Uart, T> uart,
        Function<Audio, T> audio) {
      return uart.apply(this);
    }

    @Override
    public Sensor driver(PartPlace place, PartPorts ports, DriverContext context) {
      return driver.make(ports.uart((PartPlace.Uart) place, baud), context);
    }

    @Override
    public PartPlace simulatedPlace(String part) {
      return new PartPlace.Uart("simulated " + part);
    }
  }

  /** Describes a part at a sound card. */
  record Audio(Driver<AudioPort> driver) implements PartWiring {
    @Override
    public <T> T match(
        Function<I2c, T> i2c,
        Function<ConverterInput, T> converter,
        Function<Uart, T> uart,
        Function<Audio, T> audio) {
      return audio.apply(this);
    }

    @Override
    public Sensor driver(PartPlace place, PartPorts ports, DriverContext context) {
      return driver.make(ports.audio((PartPlace.Audio) place), context);
    }

    @Override
    public PartPlace simulatedPlace(String part) {
      return new PartPlace.Audio("simulated " + part);
    }
  }
}
