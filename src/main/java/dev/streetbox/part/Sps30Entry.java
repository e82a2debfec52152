package dev.streetbox.part;

import dev.streetbox.driver.Sps30;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/** Describes the Sensirion SPS30 particle sensor (datasheet v1.0). */
final class Sps30Entry {
  /** Reads the product type (6.3.9). */
  private static final PartIdentification IDENTIFICATION =
      PartIdentification.byText("SPS30", 0xD002, 4, "0008");

  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "sps30",
              new PartWiring.I2c(
                  List.of(0x69),
                  Optional.of(IDENTIFICATION),
                  (port, context) ->
                      new Sps30(
                          port,
                          context.time(),
                          context.mode(Sps30.Format.class),
                          context.fanHours().get())),
              Quantity.PM1,
              Quantity.PM2_5,
              Quantity.PM4,
              Quantity.PM10,
              Quantity.NC0_5,
              Quantity.NC1,
              Quantity.NC2_5,
              Quantity.NC4,
              Quantity.NC10,
              Quantity.PARTICLE_SIZE)
          .withModes("float", "integer");

  private Sps30Entry() {}
}
