package dev.streetbox.config;

import static dev.streetbox.config.Setting.SENSOR_ADC;
import static dev.streetbox.config.Setting.SENSOR_ADDRESS;
import static dev.streetbox.config.Setting.SENSOR_BUS;
import static dev.streetbox.config.Setting.SENSOR_CHANNEL;
import static dev.streetbox.config.Setting.SENSOR_DEVICE;
import static dev.streetbox.config.Setting.SENSOR_DRIVER;
import static dev.streetbox.config.Setting.SENSOR_GAS;
import static dev.streetbox.config.Setting.SENSOR_MODE;
import static dev.streetbox.config.Setting.SENSOR_PART;
import static dev.streetbox.config.Setting.SENSOR_PERIOD;
import static dev.streetbox.config.Setting.SENSOR_PORT;
import static dev.streetbox.config.Setting.SENSOR_SENSITIVITY;

import dev.streetbox.driver.MicrophonePart;
import dev.streetbox.driver.MicrophoneSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a part needs to be found, filled in or asked for; and what it has not, refused. */
final class PartRules {
  private static final String SIM = "sim";

  /** Of a converter. */
  private static final int INPUTS = 4;

  /** What says where a part is, each of a certain wiring only. */
  private static final Set<Setting> PLACES =
      EnumSet.of(
          SENSOR_ADDRESS,
          SENSOR_PORT,
          SENSOR_ADC,
          SENSOR_CHANNEL,
          SENSOR_PART,
          SENSOR_DEVICE,
          SENSOR_SENSITIVITY,
          SENSOR_GAS);

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
        checkConverter();
      }
      case SERIAL -> checkPlace(SENSOR_PORT, "a serial port");
      case AUDIO -> {
        checkPlace(SENSOR_DEVICE, "a sound card");
        checkMicrophone();
      }
    }
    checkMode();
    if (ONCE_A_SECOND.contains(part)) {
      checkRhythm();
    }
    if (part == Part.MULTIGAS) {
      require(SENSOR_GAS);
    }
  }

  private void refuseWhatItLacks() {
    Set<Setting> own =
        switch (part.wiring()) {
          case I2C -> EnumSet.of(SENSOR_ADDRESS);
          case CONVERTER -> EnumSet.of(SENSOR_ADDRESS, SENSOR_ADC, SENSOR_CHANNEL);
          case SERIAL -> EnumSet.of(SENSOR_PORT);
          case AUDIO -> EnumSet.of(SENSOR_DEVICE, SENSOR_PART, SENSOR_SENSITIVITY);
        };
    if (part == Part.MULTIGAS) {
      own.add(SENSOR_GAS);
    }
    Set<Setting> foreign = EnumSet.copyOf(PLACES);
    foreign.removeAll(own);
    for (Setting setting : foreign) {
      if (!sensor.isDefault(setting)) {
        sensor.mistake(setting, driver() + " has no " + setting.key() + "; delete the line");
      }
    }
  }

  private void checkMode() {
    if (sensor.isDefault(SENSOR_MODE) || part.modes().contains(sensor.text(SENSOR_MODE))) {
      return;
    }
    sensor.mistake(
        SENSOR_MODE,
        part.modes().isEmpty()
            ? driver() + " has no mode; delete the line"
            : "mode is \"%s\", but %s has %s; type mode = \"%s\""
                .formatted(
                    sensor.text(SENSOR_MODE),
                    driver(),
                    String.join(" and ", part.modes()),
                    part.modes().get(0)));
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

  private void checkConverter() {
    if (part == Part.SEN0232 && sensor.text(SENSOR_ADC).equals("ads1015")) {
      sensor.mistake(
          SENSOR_ADC,
          driver() + " needs the fine steps of an ads1115; type " + TomlText.example(SENSOR_ADC));
    }
    int channel = sensor.get(SENSOR_CHANNEL, Integer.class);
    if (channel + part.inputs() > INPUTS) {
      sensor.mistake(
          SENSOR_CHANNEL,
          "channel is %d, but %s takes %d from there on; type channel = %d"
              .formatted(channel, driver(), part.inputs(), INPUTS - part.inputs()));
    }
  }

  private void checkPlace(Setting place, String where) {
    if (sensor.isDefault(SENSOR_BUS)) {
      require(place);
    } else if (!sensor.text(SENSOR_BUS).equals(SIM)) {
      sensor.mistake(
          SENSOR_BUS,
          "%s is at %s; instead of bus, type %s"
              .formatted(driver(), where, TomlText.example(place)));
    } else if (!sensor.isDefault(place)) {
      sensor.mistake(
          place, "bus = \"sim\" has no " + place.key() + "; delete one of the two lines");
    }
  }

  private void checkMicrophone() {
    require(SENSOR_PART);
    Optional<MicrophonePart> type = MicrophonePart.of(sensor.text(SENSOR_PART));
    if (type.isEmpty() || sensor.isDefault(SENSOR_SENSITIVITY)) {
      return;
    }
    double own = type.get().sensitivityDbfs();
    double configured = sensor.get(SENSOR_SENSITIVITY, Double.class);
    if (Math.abs(configured - own) > MicrophoneSettings.FURTHEST_DB) {
      sensor.mistake(
          SENSOR_SENSITIVITY,
          "sensitivity_dbfs is %s, over %.0f dB from an %s's %s; calibrate it again"
              .formatted(configured, MicrophoneSettings.FURTHEST_DB, type.get().key(), own));
    }
  }

  /**
   * The gas index, and the conditioning that protects its part, count in seconds; an average level
   * is that of a row's second.
   */
  private void checkRhythm() {
    if (!sensor.isDefault(SENSOR_PERIOD)
        && !sensor.get(SENSOR_PERIOD, Duration.class).equals(Duration.ofSeconds(1))) {
      sensor.mistake(SENSOR_PERIOD, driver() + " is read once a second; delete the line");
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
