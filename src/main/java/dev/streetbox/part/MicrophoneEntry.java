package dev.streetbox.part;

import dev.streetbox.driver.Microphone;
import dev.streetbox.measure.Quantity;

/** Describes a microphone at a sound card; the microphone's type is a setting. */
final class MicrophoneEntry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "microphone",
          new PartWiring.Audio(
              (port, context) ->
                  new Microphone(
                      port, context.time(), context.settings().microphone().orElseThrow())),
          Quantity.LAEQ,
          Quantity.LAFMAX,
          Quantity.LCPEAK,
          Quantity.L10,
          Quantity.L50,
          Quantity.L90);

  private MicrophoneEntry() {}
}
