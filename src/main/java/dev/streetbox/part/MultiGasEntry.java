package dev.streetbox.part;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.driver.MultiGas;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/** Describes the DFRobot MultiGas module (wiki SEN0465 to SEN0476). */
final class MultiGasEntry {
  /**
   * Holds the entry. Two switches set the address; the factory sets 0x77, which a BME280 can have
   * too. The module has no identification, because the request would be a frame of nine bytes,
   * which another part at the address might take for a command.
   */
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "multigas",
              new PartWiring.I2c(
                  List.of(0x74, 0x75, 0x76, 0x77), Optional.empty(), MultiGasEntry::driver),
              Quantity.TEMPERATURE)
          .withPrecision(Precision.BOARD, Quantity.TEMPERATURE)
          .withGas("h2s", Quantity.H2S)
          .withGas("nh3", Quantity.NH3);

  private static Sensor driver(I2cPort port, DriverContext context) {
    String gas = context.settings().gas().orElseThrow();
    return new MultiGas(port, context.time(), MultiGas.Gas.of(gas).orElseThrow());
  }

  private MultiGasEntry() {}
}
