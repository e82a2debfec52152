package dev.streetbox.part;

import dev.streetbox.driver.Sen55;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/** Describes the Sensirion SEN55, and the SEN54, which has no NOx (datasheet v2). */
final class Sen55Entry {
  /** Compares the beginning of the product name. */
  private static final PartIdentification IDENTIFICATION =
      PartIdentification.byText("SEN5x", 0xD014, 16, "SEN5");

  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "sen55",
              new PartWiring.I2c(
                  List.of(0x69),
                  Optional.of(IDENTIFICATION),
                  (port, context) -> new Sen55(port, context.time(), context.fanHours().get())),
              Quantity.PM1,
              Quantity.PM2_5,
              Quantity.PM4,
              Quantity.PM10,
              Quantity.NC0_5,
              Quantity.NC1,
              Quantity.NC2_5,
              Quantity.NC4,
              Quantity.NC10,
              Quantity.PARTICLE_SIZE,
              Quantity.VOC_INDEX,
              Quantity.NOX_INDEX,
              Quantity.VOC_RAW,
              Quantity.NOX_RAW,
              Quantity.TEMPERATURE,
              Quantity.HUMIDITY)
          .withPrecision(Precision.HOUSING, Quantity.TEMPERATURE, Quantity.HUMIDITY);

  private Sen55Entry() {}
}
