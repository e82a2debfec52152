package dev.streetbox.simulate;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the GPIO lines of one simulated box: switches by name and number, and lamps by number.
 * Switches are connected by one thread, before others use them.
 */
final class SimulatedLines {
  private static final String BUTTON = "button";
  private static final String LID = "lid";

  private final World world;
  private final Map<String, SimulatedLine> named = new HashMap<>();
  private final Map<Integer, SimulatedLine> inputs = new HashMap<>();
  private final Map<Integer, SimulatedLamp> lamps = new HashMap<>();

  SimulatedLines(World world) {
    this.world = world;
  }

  /**
   * Connects a switch to a line; that of the lid is closed at first.
   *
   * @param folder where a person puts the file that presses the button
   */
  void connect(String name, int number, Optional<Path> folder) {
    PressFile file =
        new PressFile(
            folder.filter(any -> name.equals(BUTTON)).map(f -> f.resolve(PressFile.NAME)));
    boolean isClosed = name.equals(LID);
    SimulatedLine line = new SimulatedLine(world.time(), world.seed() + number, isClosed, file);
    named.put(name, line);
    inputs.put(number, line);
  }

  /** Returns the switch of a name, if one is connected. */
  Optional<SimulatedLine> named(String name) {
    return Optional.ofNullable(named.get(name));
  }

  /** Returns the input of a number; one with an open switch if none is connected. */
  SimulatedLine input(int number) {
    return inputs.computeIfAbsent(
        number,
        any ->
            new SimulatedLine(world.time(), world.seed(), false, new PressFile(Optional.empty())));
  }

  /** Returns the lamp of a number. */
  SimulatedLamp lamp(int number) {
    return lamps.computeIfAbsent(number, any -> new SimulatedLamp());
  }
}
