package dev.streetbox.part;

import dev.streetbox.driver.Sgp40;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/** Describes the Sensirion SGP40 (datasheet v1.2). */
final class Sgp40Entry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "sgp40",
              new PartWiring.I2c(
                  List.of(0x59),
                  Optional.of(Sgp41Entry.IDENTIFICATION),
                  (port, context) ->
                      new Sgp40(
                          port, context.time(), context.air(), context.gasIndexState().get())),
              Quantity.VOC_INDEX,
              Quantity.VOC_RAW)
          .oncePerSecond();

  private Sgp40Entry() {}
}
