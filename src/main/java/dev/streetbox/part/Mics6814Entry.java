package dev.streetbox.part;

import dev.streetbox.driver.Mics6814;
import dev.streetbox.measure.Quantity;
import java.util.List;

/**
 * Describes the SGX MiCS-6814 as connected on Pimoroni's Enviro+ (enviroplus-python 5ef2284,
 * gas.py).
 */
final class Mics6814Entry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "mics6814",
          new PartWiring.ConverterInput(
              0x49,
              List.of(Converter.ADS1115, Converter.ADS1015),
              3,
              (converter, channel, context) -> new Mics6814(converter, context.time(), channel)),
          Quantity.OX_RESISTANCE,
          Quantity.RED_RESISTANCE,
          Quantity.NH3_RESISTANCE);

  private Mics6814Entry() {}
}
