package dev.streetbox.part;

import java.util.Optional;
import java.util.OptionalInt;

/** Describes where one configured part is connected. */
public sealed interface PartPlace {
  /**
   * Returns the name of the bus that the part is read on; each bus has one thread. A part at a
   * serial port or a sound card is alone on its bus.
   *
   * @param sensor the configured part's name
   */
  String bus(String sensor);

  /** Returns the hardware's name of the bus, the serial port or the sound card. */
  String device();

  /** Returns the I2C address of the part, or of its converter; empty if it is on no I2C bus. */
  OptionalInt i2cAddress();

  /** Returns the device file that the agent's user must be allowed to open, if there is one. */
  Optional<String> deviceFile();

  /** Describes an address on an I2C bus. */
  sealed interface OnI2c extends PartPlace {
    /** Returns the bus, as {@code i2c-1}. */
    String bus();

    /** Returns the address of the part or of its converter, 7 bits. */
    int address();

    @Override
    default String bus(String sensor) {
      return bus();
    }

    @Override
    default String device() {
      return bus();
    }

    @Override
    default OptionalInt i2cAddress() {
      return OptionalInt.of(address());
    }

    @Override
    default Optional<String> deviceFile() {
      return Optional.of("/dev/" + bus());
    }
  }

  /**
   * Describes an I2C address of the part's own.
   *
   * @param bus as {@code i2c-1}
   * @param address 7 bits
   */
  record I2c(String bus, int address) implements OnI2c {}

  /**
   * Describes inputs of a converter on an I2C bus.
   *
   * @param address the converter's, 7 bits
   * @param channel the first of the part's inputs, 0 to 3
   */
  record ConverterInput(String bus, int address, Converter converter, int channel)
      implements OnI2c {}

  /**
   * Describes a serial port.
   *
   * @param device as {@code /dev/serial0}
   */
  record Uart(String device) implements PartPlace {
    @Override
    public String bus(String sensor) {
      return "serial-" + sensor;
    }

    @Override
    public OptionalInt i2cAddress() {
      return OptionalInt.empty();
    }

    @Override
    public Optional<String> deviceFile() {
      return Optional.of(device);
    }
  }

  /**
   * Describes a sound card, whose device files ALSA opens by the card's name.
   *
   * @param device its ALSA name, as {@code hw:0,0}
   */
  record Audio(String device) implements PartPlace {
    @Override
    public String bus(String sensor) {
      return "audio-" + sensor;
    }

    @Override
    public OptionalInt i2cAddress() {
      return OptionalInt.empty();
    }

    @Override
    public Optional<String> deviceFile() {
      return Optional.empty();
    }
  }
}
