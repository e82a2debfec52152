package dev.streetbox.part;

import dev.streetbox.driver.PlantowerModel;
import dev.streetbox.driver.Pms5003;
import dev.streetbox.measure.Quantity;

/**
 * Describes the Plantower PMS5003 and PMS7003 (manual V2.3) and their relatives with other words in
 * the frame. Temperature and humidity are no quantities of the entry, because only two of the
 * models have them.
 */
final class Pms5003Entry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "pms5003",
              new PartWiring.Uart(
                  9_600,
                  (port, context) ->
                      new Pms5003(
                          port,
                          context.time(),
                          context.mode(Pms5003.Mode.class),
                          context.settings().model().flatMap(PlantowerModel::of))),
              Quantity.PM1,
              Quantity.PM2_5,
              Quantity.PM10,
              Quantity.NC0_3,
              Quantity.NC0_5,
              Quantity.NC1,
              Quantity.NC2_5,
              Quantity.NC5,
              Quantity.NC10)
          .withModes("active", "passive")
          .withModels(PlantowerModel.keys())
          .withPrecision(Precision.HOUSING, Quantity.TEMPERATURE, Quantity.HUMIDITY);

  private Pms5003Entry() {}
}
