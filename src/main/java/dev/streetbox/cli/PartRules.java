package dev.streetbox.cli;

import static dev.streetbox.cli.Setting.SENSOR_ADC;
import static dev.streetbox.cli.Setting.SENSOR_ADDRESS;
import static dev.streetbox.cli.Setting.SENSOR_BUS;
import static dev.streetbox.cli.Setting.SENSOR_CHANNEL;
import static dev.streetbox.cli.Setting.SENSOR_DRIVER;
import static dev.streetbox.cli.Setting.SENSOR_PORT;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a part needs to be found, filled in or asked for; and what it has not, refused. */
final class PartRules {
  private static final String SIM = "sim";

  private final Part part;
  private final Values sensor;

  /**
   * Nothing is checked yet.
   *
   * @param sensor receives what the part brings, and the mistakes
   */
  PartRules(Part part, Values sensor) {
    this.part = part;
    this.sensor = sensor;
  }

  /** Checks the sensor against its part and fills in what the file leaves to it. */
  void complete() {
    refuseWhatItLacks();
    switch (part.wiring()) {
      case I2C -> completeI2c();
      case CONVERTER -> {
        completeI2c();
        require(SENSOR_ADC);
      }
      case SERIAL -> checkSerial();
    }
  }

  private void refuseWhatItLacks() {
    Set<Setting> foreign =
        switch (part.wiring()) {
          case I2C -> EnumSet.of(SENSOR_PORT, SENSOR_ADC, SENSOR_CHANNEL);
          case CONVERTER -> EnumSet.of(SENSOR_PORT);
          case SERIAL -> EnumSet.of(SENSOR_ADDRESS, SENSOR_ADC, SENSOR_CHANNEL);
        };
    for (Setting setting : foreign) {
      if (!sensor.isDefault(setting)) {
        sensor.mistake(setting, driver() + " has no " + setting.key() + "; delete the line");
      }
    }
  }

  private void completeI2c() {
    if (sensor.isDefault(SENSOR_BUS)) {
      sensor.set(SENSOR_BUS, SENSOR_BUS.kind().example());
    }
    List<String> addresses =
        part.addresses().stream().map(address -> TomlText.value(SENSOR_ADDRESS, address)).toList();
    if (sensor.isDefault(SENSOR_ADDRESS)) {
      sensor.set(SENSOR_ADDRESS, (long) part.addresses().get(0));
    } else if (!part.addresses().contains(sensor.get(SENSOR_ADDRESS, Integer.class))) {
      sensor.mistake(
          SENSOR_ADDRESS,
          "address is %s, but %s answers at %s; type address = %s"
              .formatted(
                  TomlText.value(SENSOR_ADDRESS, sensor.written(SENSOR_ADDRESS)),
                  driver(),
                  addresses.stream().collect(Collectors.joining(", ")),
                  addresses.get(0)));
    }
  }

  private void checkSerial() {
    if (sensor.isDefault(SENSOR_BUS)) {
      require(SENSOR_PORT);
    } else if (!sensor.text(SENSOR_BUS).equals(SIM)) {
      sensor.mistake(
          SENSOR_BUS,
          driver() + " is at a serial port; instead of bus, type " + TomlText.example(SENSOR_PORT));
    } else if (!sensor.isDefault(SENSOR_PORT)) {
      sensor.mistake(SENSOR_PORT, "bus = \"sim\" has no port; delete one of the two lines");
    }
  }

  private void require(Setting setting) {
    if (sensor.isDefault(setting)) {
      sensor.mistake(
          setting, driver() + " needs " + setting.key() + "; type " + TomlText.example(setting));
    }
  }

  private String driver() {
    return sensor.text(SENSOR_DRIVER);
  }
}
