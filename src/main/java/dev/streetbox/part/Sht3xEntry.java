package dev.streetbox.part;

import dev.streetbox.driver.Sht3x;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/** Describes the Sensirion SHT3x-DIS (datasheet v4). */
final class Sht3xEntry {
  /** Reads the status register. */
  private static final PartIdentification IDENTIFICATION =
      PartIdentification.byWords("SHT3x", 0xF32D, 1);

  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "sht3x",
          new PartWiring.I2c(
              List.of(0x44, 0x45),
              Optional.of(IDENTIFICATION),
              (port, context) -> new Sht3x(port, context.time())),
          Quantity.TEMPERATURE,
          Quantity.HUMIDITY);

  private Sht3xEntry() {}
}
