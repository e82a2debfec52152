package dev.streetbox.part;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.Pmsa003i;
import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Describes the Plantower PMSA003I (manual V2.6). */
final class Pmsa003iEntry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "pmsa003i",
          new PartWiring.I2c(
              List.of(0x12),
              Optional.of(new PartIdentification("PMSA003I", Pmsa003iEntry::beginsFrame)),
              (port, context) -> new Pmsa003i(port, context.time())),
          Quantity.PM1,
          Quantity.PM2_5,
          Quantity.PM10,
          Quantity.NC0_3,
          Quantity.NC0_5,
          Quantity.NC1,
          Quantity.NC2_5,
          Quantity.NC5,
          Quantity.NC10);

  /** Compares the first two bytes of a frame, which can be read at any time (appendix II). */
  private static boolean beginsFrame(I2cPort port, Time time) throws IOException {
    byte[] frame = port.read(2);
    return frame[0] == 0x42 && frame[1] == 0x4D;
  }

  private Pmsa003iEntry() {}
}
