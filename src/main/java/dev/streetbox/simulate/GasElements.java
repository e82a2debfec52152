package dev.streetbox.simulate;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;

/**
 * Simulates an SGX MiCS-6814 on an Enviro+: three elements, each between ground and 56 kΩ to 3.3 V.
 * Exhaust raises the resistance of the first element and lowers that of the second; smell lowers
 * that of the third.
 */
final class GasElements {
  private static final double SUPPLY_V = 3.3;
  private static final double LOAD_OHM = 56_000;

  private final LongFunction<GroundTruth> world;
  private final SimulatedPart simulatedPart;

  /** Makes elements that are hot already. */
  GasElements(LongFunction<GroundTruth> world, SimulatedPart simulatedPart) {
    this.world = world;
    this.simulatedPart = simulatedPart;
  }

  /**
   * Returns the voltage as a function of the tick in ms, for the elements for oxidising gases,
   * reducing gases and ammonia in this order.
   */
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
