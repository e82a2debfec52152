package dev.streetbox.simulate;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.SensorSettings;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** Makes the simulated form of one kind of part and connects it, in one way for each wiring. */
sealed interface ChipFactory {
  /**
   * Connects a part at its place.
   *
   * @param simulatedPart the part's plug and faults
   * @throws ClassCastException if the configured place is of another wiring
   */
  void connect(SimulatedPorts ports, SensorSettings settings, SimulatedPart simulatedPart);

  /** Makes a chip at an I2C address. */
  non-sealed interface OnI2c extends ChipFactory {
    /** Makes the chip, without power. */
    Chip make(World world, SensorSettings settings, SimulatedPart simulatedPart);

    @Override
    default void connect(
        SimulatedPorts ports, SensorSettings settings, SimulatedPart simulatedPart) {
      PartPlace.I2c at = (PartPlace.I2c) settings.place();
      ports.attach(at, simulatedPart, make(ports.world(), settings, simulatedPart));
    }
  }

  /** Makes a part at the inputs of a converter. */
  non-sealed interface AtConverter extends ChipFactory {
    /** Returns the voltage as a function of the tick in ms, for one input after the other. */
    List<LongToDoubleFunction> volts(World world, SimulatedPart simulatedPart);

    @Override
    default void connect(
        SimulatedPorts ports, SensorSettings settings, SimulatedPart simulatedPart) {
      PartPlace.ConverterInput at = (PartPlace.ConverterInput) settings.place();
      ports.attach(at, simulatedPart, volts(ports.world(), simulatedPart));
    }
  }

  /** Makes a part at the other end of a serial line. */
  non-sealed interface OnUart extends ChipFactory {
    /** Makes the part, without power. */
    SimSerial.SerialDevice make(World world, SimulatedPart simulatedPart);

    @Override
    default void connect(
        SimulatedPorts ports, SensorSettings settings, SimulatedPart simulatedPart) {
      PartPlace.Uart at = (PartPlace.Uart) settings.place();
      ports.attach(at, simulatedPart, () -> make(ports.world(), simulatedPart));
    }
  }

  /** Makes a sound card. */
  non-sealed interface OnSoundCard extends ChipFactory {
    /** Makes the card, closed. */
    AudioPort make(World world, SimulatedPart simulatedPart);

    @Override
    default void connect(
        SimulatedPorts ports, SensorSettings settings, SimulatedPart simulatedPart) {
      PartPlace.Audio at = (PartPlace.Audio) settings.place();
      ports.attach(at, () -> make(ports.world(), simulatedPart));
    }
  }
}
