package dev.streetbox.config;

import dev.streetbox.part.CatalogueEntry;
import dev.streetbox.part.Converter;
import dev.streetbox.part.PartPlace;
import dev.streetbox.part.PartWiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Describes the place that one complete sensor claims.
 *
 * @param device the bus, port or sound card, by one name whichever way the file names it
 */
record Claim(CatalogueEntry part, ParsedTable table, PartPlace place, String device) {
  /**
   * Returns the claim of a sensor without a mistake.
   *
   * @param root the file system's root, below which links to serial ports are followed
   */
  static Claim of(CatalogueEntry part, ParsedTable table, Path root) {
    PartPlace place = PlaceRules.place(part, table);
    String device =
        part.wiring()
            .match(
                i2c -> place.device(),
                converter -> place.device(),
                uart -> serialPort(place.device(), root),
                audio -> soundCard(place.device()));
    return new Claim(part, table, place, device);
  }

  /** Returns the channels of the converter that the part takes; none without a converter. */
  List<Integer> channels() {
    return input().map(input -> channelsFrom(input.channel())).orElse(List.of());
  }

  /** Returns the channels that the part would take from a first one on. */
  List<Integer> channelsFrom(int first) {
    int count = part.wiring().converterInput().map(PartWiring.ConverterInput::inputs).orElse(0);
    return IntStream.range(first, first + count).boxed().toList();
  }

  /** Returns the setting that names the port of a part that is on no I2C bus. */
  Setting port() {
    return part.wiring()
        .match(
            i2c -> Setting.SENSOR_BUS,
            converter -> Setting.SENSOR_BUS,
            uart -> Setting.SENSOR_PORT,
            audio -> Setting.SENSOR_DEVICE);
  }

  /** Returns the converter that the part is connected to, if it is. */
  Optional<Converter> converter() {
    return input().map(PartPlace.ConverterInput::converter);
  }

  /** Returns whether both are at one address of one bus. */
  boolean sharesAddressWith(Claim other) {
    return device.equals(other.device)
        && place.i2cAddress().isPresent()
        && place.i2cAddress().equals(other.place.i2cAddress());
  }

  private Optional<PartPlace.ConverterInput> input() {
    return place instanceof PartPlace.ConverterInput input ? Optional.of(input) : Optional.empty();
  }

  /** Follows links, because {@code /dev/serial0} is a link whose target depends on the board. */
  private static String serialPort(String port, Path root) {
    Path path = root.resolve(Path.of("/").relativize(Path.of("/").resolve(port).normalize()));
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      return path.toString();
    }
  }

  /** Returns one name for {@code hw:0}, {@code plughw:0,0} and {@code hw:CARD=0,DEV=0}. */
  private static String soundCard(String name) {
    String plain = name.replaceFirst("^plug", "").replaceAll("CARD=|DEV=", "");
    return plain.contains(",") ? plain : plain + ",0";
  }
}
