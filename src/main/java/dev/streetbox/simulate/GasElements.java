package dev.streetbox.simulate;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;

/**
 * An SGX MiCS-6814 on an Enviro+: three elements, each below 56 kΩ to 3.3 V. Exhaust raises the
 * first one's resistance and lowers the second's, smell lowers the third's.
 */
final class GasElements {
  private static final double SUPPLY_V = 3.3;
  private static final double LOAD_OHM = 56_000;

  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;

  /** Elements that are hot, in the air of that world. */
  GasElements(LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.world = world;
    this.simulatedPart = simulatedPart;
  }

  /** The voltages at a tick at the elements for oxidising gases, reducing ones and ammonia. */
  List<LongToDoubleFunction> volts() {
    return List.of(
        tick ->
            simulatedPart.has(InjectedFault.GAS_PIXEL)
                ? SUPPLY_V // open
                : volts(10_000 * (1 + 3 * air(tick).exhaust())),
        tick -> volts(300_000 / (1 + 4 * air(tick).exhaust())),
        tick -> volts(400_000 / (1 + 3 * air(tick).smell())));
  }

  private double volts(double ohms) {
    return simulatedPart.has(InjectedFault.NO_REFERENCE) ? 0 : SUPPLY_V * ohms / (ohms + LOAD_OHM);
  }

  private GroundTruth.Air air(long tick) {
    return world.apply(tick).air();
  }
}
