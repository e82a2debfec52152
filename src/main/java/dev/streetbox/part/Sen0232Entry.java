package dev.streetbox.part;

import dev.streetbox.driver.Sen0232;
import dev.streetbox.measure.Quantity;
import java.util.List;

/**
 * Describes the DFRobot SEN0232 sound level meter, which needs the 16-bit resolution of an ADS1115.
 */
final class Sen0232Entry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "sen0232",
              new PartWiring.ConverterInput(
                  0x48,
                  List.of(Converter.ADS1115),
                  1,
                  (converter, channel, context) ->
                      new Sen0232(converter, channel, context.mode(Sen0232.Mode.class))),
              Quantity.LAEQ,
              Quantity.LAFMAX)
          .withModes("normal", "fast");

  private Sen0232Entry() {}
}
