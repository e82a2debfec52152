package dev.streetbox.part;

import dev.streetbox.driver.Sen66;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/** Describes the Sensirion SEN66 (Sensirion's arduino-i2c-sen66 1.7.0). */
final class Sen66Entry {
  /** Reads the product name: every SEN6x has the same address. */
  private static final PartIdentification IDENTIFICATION =
      PartIdentification.byText("SEN66", 0xD014, 16, "SEN66");

  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "sen66",
              new PartWiring.I2c(
                  List.of(0x6B),
                  Optional.of(IDENTIFICATION),
                  (port, context) -> new Sen66(port, context.time(), context.fanHours().get())),
              Quantity.PM1,
              Quantity.PM2_5,
              Quantity.PM4,
              Quantity.PM10,
              Quantity.NC0_5,
              Quantity.NC1,
              Quantity.NC2_5,
              Quantity.NC4,
              Quantity.NC10,
              Quantity.VOC_INDEX,
              Quantity.NOX_INDEX,
              Quantity.VOC_RAW,
              Quantity.NOX_RAW,
              Quantity.CO2,
              Quantity.TEMPERATURE,
              Quantity.HUMIDITY)
          .withPrecision(Precision.HOUSING, Quantity.TEMPERATURE, Quantity.HUMIDITY);

  private Sen66Entry() {}
}
