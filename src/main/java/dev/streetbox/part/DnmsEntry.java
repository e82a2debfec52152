package dev.streetbox.part;

import dev.streetbox.driver.Dnms;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/** Describes the DNMS noise node (hbitter/DNMS, firmware 2.4.5). */
final class DnmsEntry {
  /** Compares the beginning of the version text. */
  private static final PartIdentification IDENTIFICATION =
      PartIdentification.byText("DNMS", 0x0002, 9, "DNMS");

  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "dnms",
              new PartWiring.I2c(
                  List.of(0x55),
                  Optional.of(IDENTIFICATION),
                  (port, context) -> new Dnms(port, context.time())),
              Quantity.LAEQ)
          .oncePerSecond();

  private DnmsEntry() {}
}
