package dev.streetbox.part;

import dev.streetbox.bus.SerialPort;
import dev.streetbox.driver.Sensor;
import dev.streetbox.driver.Ze03;
import dev.streetbox.driver.Ze03Gas;

/** Describes the Winsen ZE03; its cell, and so its quantity, is a setting. */
final class Ze03Entry {
  static final CatalogueEntry ENTRY = withGases();

  private static CatalogueEntry withGases() {
    CatalogueEntry entry =
        CatalogueEntry.of("ze03", new PartWiring.Uart(9_600, Ze03Entry::driver))
            .withModes("active", "query");
    for (Ze03Gas gas : Ze03Gas.values()) {
      entry = entry.withGas(gas.key(), gas.quantity());
    }
    return entry;
  }

  private static Sensor driver(SerialPort port, DriverContext context) {
    String gas = context.settings().gas().orElseThrow();
    return new Ze03(
        port, context.time(), Ze03Gas.of(gas).orElseThrow(), context.mode(Ze03.Mode.class));
  }

  private Ze03Entry() {}
}
