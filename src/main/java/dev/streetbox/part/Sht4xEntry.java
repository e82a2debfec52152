package dev.streetbox.part;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.SensirionPort;
import dev.streetbox.driver.Sht4x;
import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Describes the Sensirion SHT4x (datasheet v6.1). */
final class Sht4xEntry {
  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "sht4x",
          new PartWiring.I2c(
              List.of(0x44, 0x45, 0x46),
              Optional.of(new PartIdentification("SHT4x", Sht4xEntry::hasSerial)),
              (port, context) -> new Sht4x(port, context.time())),
          Quantity.TEMPERATURE,
          Quantity.HUMIDITY);

  /** Reads the serial number by a one-byte command (4.5) and checks the CRC of its two words. */
  private static boolean hasSerial(I2cPort port, Time time) throws IOException {
    port.write(0x89);
    time.sleep(Duration.ofMillis(10));
    byte[] bytes = port.read(6);
    return SensirionPort.hasValidCrc(bytes, 0) && SensirionPort.hasValidCrc(bytes, 3);
  }

  private Sht4xEntry() {}
}
