package dev.streetbox.part;

import dev.streetbox.driver.Bme280;
import dev.streetbox.measure.Quantity;
import java.util.List;
import java.util.Optional;

/**
 * Describes the Bosch BME280 (BST-BME280-DS001 rev 1.23), and similar parts that have no driver.
 */
final class Bme280Entry {
  private static final int ID = 0xD0;
  private static final List<Integer> ADDRESSES = List.of(0x76, 0x77);

  /**
   * Recognises the parts that have the same addresses and another id; none of them has a driver.
   */
  static final List<PartIdentification> RELATIVES =
      List.of(
          PartIdentification.byRegister("BMP280", ID, 0x58),
          PartIdentification.byRegister("BME680 or BME688", ID, 0x61));

  static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
              "bme280",
              new PartWiring.I2c(
                  ADDRESSES,
                  Optional.of(PartIdentification.byRegister("BME280", ID, 0x60)),
                  (port, context) -> new Bme280(port, context.time())),
              Quantity.TEMPERATURE,
              Quantity.HUMIDITY,
              Quantity.PRESSURE)
          .withPrecision(Precision.HOUSING, Quantity.TEMPERATURE, Quantity.HUMIDITY);

  private Bme280Entry() {}
}
