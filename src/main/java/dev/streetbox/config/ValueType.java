package dev.streetbox.config;

import dev.streetbox.agent.Config.GnssSource;
import dev.streetbox.bus.Hardware;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.BrokerUri;
import dev.streetbox.simulate.Scenario;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Defines which TOML values a setting may have, and parses them.
 *
 * @param form the allowed values in words, as "a duration from 1s to 1h"
 * @param example a TOML value to type where the default is empty
 * @param parser makes the program's value of a TOML value (String, Long, Double, …)
 */
public record ValueType(String form, Object example, Function<Object, ParsedValue> parser) {
  private static final String NOT = "not ";

  /** Returns the program's value of a TOML value, or an error if it is not of this type. */
  public ParsedValue parse(Object tomlValue) {
    return parser.apply(tomlValue);
  }

  /** Returns the type of a String that matches a pattern. */
  static ValueType text(String pattern, String form, String example) {
    return ofText(form, example, text -> Optional.of(text).filter(t -> t.matches(pattern)));
  }

  /** Returns the type of a String that is one of a list. */
  static ValueType choice(List<String> known) {
    String form = String.join(", ", known).replaceFirst(", ([^,]*)$", " or $1");
    return new ValueType(
        form,
        known.get(0),
        tomlValue ->
            known.contains(tomlValue)
                ? ParsedValue.of(tomlValue)
                : ParsedValue.error(
                    NOT + form,
                    EditDistance.nearest(String.valueOf(tomlValue), known)
                        .map(near -> "type " + TomlText.value(near))
                        .orElse("")));
  }

  /** Returns the type of a String that names an I2C bus of Linux or simulated hardware, or none. */
  static ValueType bus() {
    String sim = Hardware.SIMULATED;
    return text("(i2c-\\d{1,3}|" + sim + ")?", "i2c-N or " + sim, "i2c-1");
  }

  /** Returns the type of a {@link GnssSource}. */
  static ValueType gnssSource() {
    ValueType keys = choice(Stream.of(GnssSource.values()).map(GnssSource::key).toList());
    return new ValueType(
        keys.form(),
        keys.example(),
        tomlValue -> keys.parse(tomlValue).then(key -> ParsedValue.of(gnssSource(key))));
  }

  private static GnssSource gnssSource(Object key) {
    return Stream.of(GnssSource.values())
        .filter(source -> source.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the type of an {@link Encoding}. */
  static ValueType encoding() {
    return ofText("json, json+gzip or compact", Encoding.JSON.key(), Encoding::of);
  }

  /** Returns the type of an Integer between two, both included. */
  static ValueType integer(int least, int most) {
    return integer(least + " to " + most, least, most);
  }

  /** Returns the type of an Integer that is a seven-bit I2C address, or 0 for the part's first. */
  static ValueType address() {
    return integer("0x08 to 0x77, 0: the part's first", 0, 0x77);
  }

  private static ValueType integer(String form, int least, int most) {
    return new ValueType(
        form,
        (long) least,
        tomlValue ->
            tomlValue instanceof Long number && number >= least && number <= most
                ? ParsedValue.of(number.intValue())
                : ParsedValue.error(NOT + form));
  }

  /** Returns the type of a Double between two, both included; a whole number is allowed too. */
  static ValueType number(double least, double most) {
    return number(least, most, least);
  }

  /** Returns the type of a Double between two, both included, with an example of its own. */
  static ValueType number(double least, double most, double example) {
    String form = "a number from " + least + " to " + most;
    return new ValueType(
        form,
        example,
        tomlValue ->
            tomlValue instanceof Number number
                    && number.doubleValue() >= least
                    && number.doubleValue() <= most
                ? ParsedValue.of(number.doubleValue())
                : ParsedValue.error(NOT + form));
  }

  /** Returns the type of a {@link Duration} between two, both included. */
  static ValueType duration(String least, String most) {
    return between(Units::duration, "a duration", least, most);
  }

  /** Returns the type of a Long of bytes between two sizes, both included. */
  static ValueType size(String least, String most) {
    return between(Units::bytes, "a size", least, most);
  }

  private static <T extends Comparable<T>> ValueType between(
      Function<String, Optional<T>> units, String noun, String least, String most) {
    T low = units.apply(least).orElseThrow();
    T high = units.apply(most).orElseThrow();
    return ofText(
        noun + " from " + least + " to " + most,
        least,
        text -> units.apply(text).filter(v -> v.compareTo(low) >= 0 && v.compareTo(high) <= 0));
  }

  /** Returns the type of a folder's {@link Path} from the root. */
  static ValueType folder(String example) {
    return ofText(
        "a folder's full path",
        example,
        text -> Optional.of(text).filter(t -> t.matches("/\\P{C}*")).flatMap(ValueType::path));
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Returns the type of a String that is a file's path from the root, or empty. */
  static ValueType file(String example) {
    return ofText(
        "a file's full path, or empty",
        example,
        text -> Optional.of(text).filter(t -> t.matches("(/\\P{C}+)?") && path(t).isPresent()));
  }

  /** Returns the type of a {@link ZoneId}; empty text is the zone of this machine. */
  static ValueType timeZone() {
    return ofText(
        "a time zone, or empty",
        "Asia/Shanghai",
        text -> {
          try {
            return Optional.of(text.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(text));
          } catch (DateTimeException e) {
            return Optional.empty();
          }
        });
  }

  /** Returns the type of the {@link Scenario} in a file; empty text is no scenario. */
  static ValueType scenario() {
    ValueType file = file("/etc/streetbox/scenario.txt");
    return new ValueType(
        file.form(),
        file.example(),
        tomlValue -> file.parse(tomlValue).then(path -> scenario((String) path)));
  }

  private static ParsedValue scenario(String path) {
    try {
      return ParsedValue.of(path.isEmpty() ? Scenario.NONE : Scenario.read(Path.of(path)));
    } catch (IOException e) {
      return ParsedValue.error("not a scenario", e.getMessage());
    }
  }

  /** Returns the type of a {@link URI} of which only host and port are used. */
  static ValueType hostAndPort(String example) {
    return withPort(
        ofText(
            "HOST:PORT", example, text -> host("tcp://" + text).filter(uri -> uri.getPort() > 0)));
  }

  /** Returns the type of a {@link URI} of a broker; a port that is left out is filled in. */
  public static ValueType broker() {
    return withPort(
        ofText("mqtt://HOST:PORT or mqtts://HOST:PORT", BrokerUri.LOCAL, BrokerUri::parse));
  }

  /** Returns a type whose error states the range of a port if the text ends with a number. */
  private static ValueType withPort(ValueType type) {
    return new ValueType(
        type.form(),
        type.example(),
        tomlValue -> {
          ParsedValue parsed = type.parse(tomlValue);
          boolean wrongPort =
              parsed.value().isEmpty()
                  && tomlValue instanceof String text
                  && text.matches("[^@]*[^:/@]:-?\\d*");
          return wrongPort
              ? ParsedValue.error(parsed.error() + " with a PORT from 1 to 65535")
              : parsed;
        });
  }

  /** Returns this type with empty text allowed too. */
  ValueType orEmpty() {
    return new ValueType(
        form, example, tomlValue -> tomlValue.equals("") ? ParsedValue.of("") : parse(tomlValue));
  }

  /** Returns this type with one allowed value only; all others are reserved. */
  ValueType only(Object known) {
    return refusing(tomlValue -> !tomlValue.equals(known));
  }

  private ValueType refusing(Predicate<Object> refused) {
    return new ValueType(
        form,
        example,
        tomlValue ->
            refused.test(tomlValue)
                ? ParsedValue.error("which is not in this version", "leave it out")
                : parse(tomlValue));
  }

  private static ValueType ofText(String form, String example, Function<String, Optional<?>> text) {
    return new ValueType(
        form,
        example,
        tomlValue ->
            (tomlValue instanceof String string ? text.apply(string) : Optional.empty())
                .map(ParsedValue::of)
                .orElseGet(() -> ParsedValue.error(NOT + form)));
  }

  /** Returns a URI that has a host, perhaps a port, and no login, path or query. */
  private static Optional<URI> host(String text) {
    try {
      URI uri = new URI(text);
      return BrokerUri.isHostAndPort(uri) ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
