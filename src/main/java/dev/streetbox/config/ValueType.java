package dev.streetbox.config;

import dev.streetbox.agent.Config.GnssSource;
import dev.streetbox.bus.Hardware;
import dev.streetbox.measure.Encoding;
import dev.streetbox.mqtt.BrokerUri;
import dev.streetbox.simulate.Scenario;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
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
 * What a setting may be.
 *
 * @param form in words, for people, as "a duration from 1s to 1h"
 * @param example what to type where the default is empty: a TOML value
 * @param meaning from the TOML value to the program's own
 */
public record ValueType(String form, Object example, Meaning meaning) {
  /** What a TOML value (String, Long, Double, …) means to the program. */
  public interface Meaning {
    /**
     * The program's value.
     *
     * @throws WrongValueException if the TOML value is not of the kind; its message says why
     */
    Object of(Object written) throws WrongValueException;
  }

  /** A String that matches a pattern. */
  static ValueType text(String pattern, String form, String example) {
    return ofText(form, example, text -> Optional.of(text).filter(t -> t.matches(pattern)));
  }

  /** A String: one of those known. */
  static ValueType choice(List<String> known) {
    String form = String.join(", ", known).replaceFirst(", ([^,]*)$", " or $1");
    Meaning meaning =
        written -> {
          if (known.contains(written)) {
            return written;
          }
          throw new WrongValueException(
              "not " + form,
              Nearest.to(String.valueOf(written), known)
                  .map(near -> "type " + TomlText.value(near))
                  .orElse(""));
        };
    return new ValueType(form, known.get(0), meaning);
  }

  /** A String: an I2C bus of Linux, or what stands for simulated hardware, or empty. */
  static ValueType bus() {
    String sim = Hardware.SIMULATED;
    return text("(i2c-\\d{1,3}|" + sim + ")?", "i2c-N or " + sim, "i2c-1");
  }

  /** A {@link GnssSource}. */
  static ValueType gnssSource() {
    ValueType keys = choice(Stream.of(GnssSource.values()).map(GnssSource::key).toList());
    Meaning meaning =
        written -> {
          Object key = keys.meaning().of(written);
          return Stream.of(GnssSource.values())
              .filter(source -> source.key().equals(key))
              .findFirst()
              .orElseThrow();
        };
    return new ValueType(keys.form(), keys.example(), meaning);
  }

  /** An {@link Encoding}. */
  static ValueType encoding() {
    return ofText("json or json+gzip", Encoding.JSON.key(), Encoding::of);
  }

  /** An Integer between two, both included. */
  static ValueType integer(int least, int most) {
    return integer(least + " to " + most, least, most);
  }

  /** An Integer: a seven-bit I2C address, or 0 for the part's own. */
  static ValueType address() {
    return integer("0x08 to 0x77, 0: the part's first", 0, 0x77);
  }

  private static ValueType integer(String form, int least, int most) {
    Meaning meaning =
        written -> {
          if (written instanceof Long number && number >= least && number <= most) {
            return number.intValue();
          }
          throw new WrongValueException("not " + form);
        };
    return new ValueType(form, (long) least, meaning);
  }

  /** A Double between two, both included; a whole number is one too. */
  static ValueType number(double least, double most) {
    return number(least, most, least);
  }

  /** The same, with another example than the least. */
  static ValueType number(double least, double most, double example) {
    String form = "a number from " + least + " to " + most;
    Meaning meaning =
        written -> {
          if (written instanceof Number number
              && number.doubleValue() >= least
              && number.doubleValue() <= most) {
            return number.doubleValue();
          }
          throw new WrongValueException("not " + form);
        };
    return new ValueType(form, example, meaning);
  }

  /** A {@link Duration} between two, both included. */
  static ValueType duration(String least, String most) {
    return between(Units::duration, "a duration", least, most);
  }

  /** A Long of bytes between two sizes, both included. */
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

  /** A {@link Path} from the root. */
  static ValueType folder(String example) {
    return ofText(
        "a folder's full path",
        example,
        text -> Optional.of(text).filter(t -> t.matches("/\\P{Cntrl}*")).map(Path::of));
  }

  /** A String: a file's path from the root, or empty. */
  static ValueType file(String example) {
    return text("(/\\P{Cntrl}+)?", "a file's full path, or empty", example);
  }

  /** A {@link ZoneId}; empty is that of this machine. */
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

  /** The {@link Scenario} in a file, or none. */
  static ValueType scenario() {
    ValueType file = file("/etc/streetbox/scenario.txt");
    Meaning meaning =
        written -> {
          String path = (String) file.meaning().of(written);
          try {
            return path.isEmpty() ? Scenario.NONE : Scenario.read(Path.of(path));
          } catch (IOException e) {
            throw new WrongValueException("not a scenario", e.getMessage());
          }
        };
    return new ValueType(file.form(), file.example(), meaning);
  }

  /** A {@link URI} of which only host and port matter. */
  static ValueType hostAndPort(String example) {
    return ofText(
        "HOST:PORT", example, text -> host("tcp://" + text).filter(uri -> uri.getPort() > 0));
  }

  /** A {@link URI} of a broker, its port filled in. */
  public static ValueType broker() {
    return ofText("mqtt://HOST:PORT or mqtts://HOST:PORT", BrokerUri.LOCAL, BrokerUri::parse);
  }

  /** The same kind, but empty is allowed too. */
  ValueType orEmpty() {
    return new ValueType(form, example, written -> written.equals("") ? "" : meaning.of(written));
  }

  /** The same kind, and what a later version will know besides. */
  ValueType later(List<String> later) {
    return objecting(later::contains);
  }

  /** The same kind, of which this version knows one value only. */
  ValueType only(Object known) {
    return objecting(written -> !written.equals(known));
  }

  private ValueType objecting(Predicate<Object> objection) {
    Meaning later =
        written -> {
          if (objection.test(written)) {
            throw new WrongValueException("which is not in this version", "leave it out");
          }
          return meaning.of(written);
        };
    return new ValueType(form, example, later);
  }

  private static ValueType ofText(String form, String example, Function<String, Optional<?>> text) {
    Meaning meaning =
        written -> {
          if (!(written instanceof String string)) {
            throw new WrongValueException("not " + form);
          }
          return text.apply(string).orElseThrow(() -> new WrongValueException("not " + form));
        };
    return new ValueType(form, example, meaning);
  }

  /** A URI that has a host, perhaps a port, and nothing else: no login, path, query. */
  private static Optional<URI> host(String text) {
    try {
      URI uri = new URI(text);
      URI bare = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
      return Optional.of(uri).filter(u -> u.getHost() != null && u.equals(bare));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
