package dev.streetbox.part;

import dev.streetbox.driver.Sds011;
import dev.streetbox.measure.Quantity;

/** Describes the Nova SDS011 (specification V1.3). */
final class Sds011Entry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "sds011",
              new PartWiring.Uart(
                  9_600,
                  (port, context) ->
                      new Sds011(port, context.time(), context.mode(Sds011.Mode.class))),
              Quantity.PM2_5,
              Quantity.PM10)
          .withModes("active", "query");

  private Sds011Entry() {}
}
