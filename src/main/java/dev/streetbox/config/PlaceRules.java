package dev.streetbox.config;

import static dev.streetbox.config.Setting.SENSOR_ADC;
import static dev.streetbox.config.Setting.SENSOR_ADDRESS;
import static dev.streetbox.config.Setting.SENSOR_BUS;
import static dev.streetbox.config.Setting.SENSOR_CHANNEL;
import static dev.streetbox.config.Setting.SENSOR_DEVICE;
import static dev.streetbox.config.Setting.SENSOR_GAS;
import static dev.streetbox.config.Setting.SENSOR_PART;
import static dev.streetbox.config.Setting.SENSOR_PORT;
import static dev.streetbox.config.Setting.SENSOR_SENSITIVITY;
import static dev.streetbox.config.Setting.SENSOR_SLOT;

import dev.streetbox.bus.Hardware;
import dev.streetbox.part.CatalogueEntry;
import dev.streetbox.part.Converter;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.PartWiring;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks where one sensor is connected, and the settings that depend on that kind of wiring. */
final class PlaceRules {
  private final CatalogueEntry part;
  private final ParsedTable sensor;

  /**
   * Checks nothing yet.
   *
   * @param sensor the table, which receives the part's defaults and the mistakes
   */
  PlaceRules(CatalogueEntry part, ParsedTable sensor) {
    this.part = part;
    this.sensor = sensor;
  }

  /** Returns the settings that describe the place of a part with this wiring. */
  static Set<Setting> keys(PartWiring wiring) {
    return wiring.match(
        i2c -> EnumSet.of(SENSOR_ADDRESS),
        converter -> EnumSet.of(SENSOR_ADDRESS, SENSOR_ADC, SENSOR_CHANNEL),
        uart -> EnumSet.of(SENSOR_PORT),
        audio -> EnumSet.of(SENSOR_DEVICE, SENSOR_PART, SENSOR_SLOT, SENSOR_SENSITIVITY));
  }

  /** Returns the place of a complete sensor without a mistake. */
  static PartPlace place(CatalogueEntry part, ParsedTable sensor) {
    String bus = sensor.text(SENSOR_BUS);
    PartWiring wiring = part.wiring();
    return wiring.match(
        i2c -> new PartPlace.I2c(bus, sensor.get(SENSOR_ADDRESS, Integer.class)),
        converter ->
            new PartPlace.ConverterInput(
                bus,
                sensor.get(SENSOR_ADDRESS, Integer.class),
                Converter.of(sensor.text(SENSOR_ADC)).orElseThrow(),
                sensor.get(SENSOR_CHANNEL, Integer.class)),
        uart ->
            sensor.isSimulated()
                ? wiring.simulatedPlace(simulatedName(part, sensor))
                : new PartPlace.Uart(sensor.text(SENSOR_PORT)),
        audio ->
            sensor.isSimulated()
                ? wiring.simulatedPlace(part.key())
                : new PartPlace.Audio(sensor.text(SENSOR_DEVICE)));
  }

  /** Returns the key, and the gas if it has one: modules for two gases have a port each. */
  private static String simulatedName(CatalogueEntry part, ParsedTable sensor) {
    return part.gases().isEmpty() ? part.key() : part.key() + "-" + sensor.text(SENSOR_GAS);
  }

  /** Checks the place and fills in a missing bus and address. */
  void complete() {
    Set<Setting> keys = keys(part.wiring());
    if (keys.contains(SENSOR_ADDRESS)) {
      completeAddress(part.wiring().addresses());
    }
    if (keys.contains(SENSOR_PORT)) {
      checkPort(SENSOR_PORT, "a serial port");
    }
    if (keys.contains(SENSOR_DEVICE)) {
      checkPort(SENSOR_DEVICE, "a sound card");
      checkMicrophone();
    }
    part.wiring().converterInput().ifPresent(this::checkConverter);
  }

  private void completeAddress(List<Integer> addresses) {
    if (sensor.isDefault(SENSOR_BUS)) {
      sensor.set(SENSOR_BUS, SENSOR_BUS.type().example());
    }
    if (sensor.isDefault(SENSOR_ADDRESS)) {
      sensor.set(SENSOR_ADDRESS, (long) addresses.get(0));
    } else if (!addresses.contains(sensor.get(SENSOR_ADDRESS, Integer.class))) {
      List<String> texts = addresses.stream().map(address -> SENSOR_ADDRESS.text(address)).toList();
      sensor.report(
          SENSOR_ADDRESS,
          "address is %s, but %s answers at %s; type address = %s"
              .formatted(
                  SENSOR_ADDRESS.text(sensor.tomlValue(SENSOR_ADDRESS)),
                  part.key(),
                  String.join(", ", texts),
                  texts.get(0)));
    }
  }

  private void checkConverter(PartWiring.ConverterInput wiring) {
    sensor.require(SENSOR_ADC, part.key());
    Optional<Converter> converter = Converter.of(sensor.text(SENSOR_ADC));
    if (converter.isPresent() && !wiring.converters().contains(converter.get())) {
      String usual = wiring.converters().get(0).key();
      sensor.report(
          SENSOR_ADC,
          "%s needs the resolution of an %s; type %s"
              .formatted(part.key(), usual, SENSOR_ADC.line(usual)));
    }
    int channel = sensor.get(SENSOR_CHANNEL, Integer.class);
    int last = Converter.INPUTS - wiring.inputs();
    if (channel > last) {
      sensor.report(
          SENSOR_CHANNEL,
          "channel is %d, but %s takes %d from there on; type channel = %d"
              .formatted(channel, part.key(), wiring.inputs(), last));
    }
  }

  private void checkPort(Setting port, String where) {
    if (sensor.isDefault(SENSOR_BUS)) {
      sensor.require(port, part.key());
    } else if (!sensor.isSimulated()) {
      sensor.report(
          SENSOR_BUS,
          "%s is at %s; instead of bus, type %s".formatted(part.key(), where, port.example()));
    } else if (!sensor.isDefault(port)) {
      sensor.report(
          port,
          SENSOR_BUS.line(Hardware.SIMULATED)
              + " has no "
              + port.key()
              + "; delete one of the two lines");
    }
  }

  private void checkMicrophone() {
    sensor.require(SENSOR_PART, part.key());
    Optional<MicrophonePart> type = MicrophonePart.of(sensor.text(SENSOR_PART));
    if (type.isEmpty() || sensor.isDefault(SENSOR_SENSITIVITY)) {
      return;
    }
    double configured = sensor.get(SENSOR_SENSITIVITY, Double.class);
    if (!MicrophoneSettings.isPlausible(type.get(), configured)) {
      sensor.report(
          SENSOR_SENSITIVITY,
          "sensitivity_dbfs is %s, over %.0f dB from an %s's %s; calibrate it again"
              .formatted(
                  configured,
                  MicrophoneSettings.MAX_DEVIATION_DB,
                  type.get().key(),
                  type.get().sensitivityDbfs()));
    }
  }
}
