package dev.streetbox.part;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.PcbArtists;
import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Describes the PCB Artists decibel module (vendor's programming manual). */
final class PcbArtistsEntry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "pcbartists",
              new PartWiring.I2c(
                  List.of(0x48),
                  Optional.of(
                      new PartIdentification(
                          "PCB Artists decibel module", PcbArtistsEntry::hasKnownVersion)),
                  (port, context) -> new PcbArtists(port, context.time())),
              Quantity.LEVEL)
          .oncePerSecond();

  /** Compares the version register with the known values 31, 32 and 81 (hexadecimal). */
  private static boolean hasKnownVersion(I2cPort port, Time time) throws IOException {
    port.write(0);
    byte version = port.read(1)[0];
    return version == 0x31 || version == 0x32 || version == (byte) 0x81;
  }

  private PcbArtistsEntry() {}
}
