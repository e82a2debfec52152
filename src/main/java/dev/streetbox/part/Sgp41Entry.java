package dev.streetbox.part;

import dev.streetbox.driver.Sgp41;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/** Describes the Sensirion SGP41 (datasheet v1.0). */
final class Sgp41Entry {
  /** Reads the serial number; an SGP40 answers the same command. */
  static final PartIdentification IDENTIFICATION =
      PartIdentification.byWords("SGP40 or SGP41", 0x3682, 3);

  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "sgp41",
              new PartWiring.I2c(
                  List.of(0x59),
                  Optional.of(IDENTIFICATION),
                  (port, context) ->
                      new Sgp41(
                          port, context.time(), context.air(), context.gasIndexState().get())),
              Quantity.VOC_INDEX,
              Quantity.NOX_INDEX,
              Quantity.VOC_RAW,
              Quantity.NOX_RAW)
          .oncePerSecond();

  private Sgp41Entry() {}
}
