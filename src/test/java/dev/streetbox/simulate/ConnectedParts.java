package dev.streetbox.simulate;

import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.SensorSettings;
import java.time.Duration;
import java.util.Optional;

/** Connects a part to a simulation and returns its port, as the program does. */
public final class ConnectedParts {
  private ConnectedParts() {}

  /** Connects a part at its usual address. */
  public static I2cPort i2c(Simulation simulation, String kind) {
    return i2c(simulation, settings(kind));
  }

  /** Connects a part at an address. */
  public static I2cPort i2c(Simulation simulation, String kind, int address) {
    SensorSettings usual = settings(kind);
    PartPlace place =
        usual.place() instanceof PartPlace.ConverterInput input
            ? new PartPlace.ConverterInput(input.bus(), address, input.converter(), input.channel())
            : new PartPlace.I2c(usual.bus(), address);
    return i2c(
        simulation,
        new SensorSettings(
            usual.name(),
            usual.part(),
            place,
            true,
            usual.mode(),
            usual.gas(),
            usual.microphone(),
            usual.period()));
  }

  /** Connects a part to a serial line. */
  public static SerialPort uart(Simulation simulation, String kind) {
    SensorSettings settings = settings(kind);
    simulation.connect(settings);
    return simulation.uart(settings.place().device(), 9_600);
  }

  /** Connects a microphone. */
  public static AudioPort audio(Simulation simulation) {
    SensorSettings settings = settings("microphone");
    simulation.connect(settings);
    return simulation.audio(settings.place().device());
  }

  /** Describes a simulated part by its key, or by its key and gas as {@code multigas-h2s}. */
  public static SensorSettings settings(String kind) {
    String[] words = kind.split("-", 2);
    CatalogueEntry part = Catalogue.of(words[0]).orElseThrow();
    Optional<String> gas = words.length > 1 ? Optional.of(words[1]) : Optional.empty();
    return new SensorSettings(
        kind,
        part,
        part.wiring().simulatedPlace(part.key()),
        true,
        Optional.empty(),
        gas,
        Optional.empty(),
        Duration.ZERO);
  }

  private static I2cPort i2c(Simulation simulation, SensorSettings settings) {
    simulation.connect(settings);
    return simulation.i2c(settings.bus(), settings.place().i2cAddress().orElseThrow());
  }
}
