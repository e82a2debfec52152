package dev.streetbox.config;

import static dev.streetbox.config.Setting.SENSOR_ADC;
import static dev.streetbox.config.Setting.SENSOR_ADDRESS;
import static dev.streetbox.config.Setting.SENSOR_BUS;
import static dev.streetbox.config.Setting.SENSOR_CHANNEL;
import static dev.streetbox.config.Setting.SENSOR_DRIVER;

import dev.streetbox.part.Converter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds sensors that want one place: two chips at one address answer at once, so do two converters,
 * and two readers of one port take each other's bytes. The inputs of one converter are several
 * places. Used by one thread.
 */
final class PlaceConflicts {
  private static final String CHANGE = "change or delete one of them";

  private final List<Claim> claims;

  /**
   * Reports nothing yet.
   *
   * @param claims in the order of the file
   */
  PlaceConflicts(List<Claim> claims) {
    this.claims = List.copyOf(claims);
  }

  /** Reports each sensor whose place an earlier one has, once. */
  void report() {
    for (int later = 1; later < claims.size(); later++) {
      for (int first = 0; first < later; first++) {
        if (clash(claims.get(first), claims.get(later))) {
          break;
        }
      }
    }
  }

  /** Reports the later sensor if both want one place, and returns whether they do. */
  private boolean clash(Claim first, Claim later) {
    if (!first.device().equals(later.device())) {
      return false;
    }
    if (later.place().i2cAddress().isEmpty()) {
      return taken(first, later, later.port(), port(later), CHANGE);
    }
    if (!first.isAtAddressOf(later)) {
      return false;
    }
    if (first.converter().isEmpty() || later.converter().isEmpty()) {
      return taken(first, later, SENSOR_ADDRESS, address(later), otherAddress(first, later));
    }
    if (!first.converter().equals(later.converter())) {
      String model = TomlText.line(SENSOR_ADC, first.converter().get().key());
      String what = address(later) + ", as " + model + ",";
      return taken(first, later, SENSOR_ADDRESS, what, otherAddress(first, later));
    }
    List<Integer> both = new ArrayList<>(later.channels());
    both.retainAll(first.channels());
    if (both.isEmpty()) {
      return false;
    }
    String what =
        "%s, %s, %s"
            .formatted(
                address(later),
                line(later, SENSOR_ADC),
                TomlText.line(SENSOR_CHANNEL, both.get(0)));
    return taken(first, later, SENSOR_CHANNEL, what, otherChannel(first, later));
  }

  private static boolean taken(Claim first, Claim later, Setting at, String what, String cure) {
    int line = first.table().at(at).line();
    later.table().mistake(at, "%s is taken by line %d; %s".formatted(what, line, cure));
    return true;
  }

  /** What to type so that one of two has an address of its own. */
  private String otherAddress(Claim first, Claim later) {
    Optional<String> own = freeAddress(later).map(free -> "type " + free);
    Optional<String> others =
        freeAddress(first)
            .map(free -> "type " + free + " there, since " + later.part() + " has no other");
    return own.or(() -> others)
        .orElse(
            later.table().isSimulated()
                ? "delete one of them"
                : "type bus = \"i2c-3\" for one of them, or delete one");
  }

  private Optional<String> freeAddress(Claim claim) {
    List<Integer> taken =
        claims.stream()
            .filter(other -> other.device().equals(claim.device()))
            .flatMap(other -> other.place().i2cAddress().stream().boxed())
            .toList();
    return claim.part().wiring().addresses().stream()
        .filter(address -> !taken.contains(address))
        .map(address -> TomlText.line(SENSOR_ADDRESS, address))
        .findFirst();
  }

  private String otherChannel(Claim first, Claim later) {
    List<Integer> taken =
        claims.stream()
            .filter(other -> !other.equals(later) && other.isAtAddressOf(later))
            .flatMap(other -> other.channels().stream())
            .toList();
    int last = Converter.INPUTS - later.channels().size();
    return IntStream.rangeClosed(0, last)
        .filter(channel -> Collections.disjoint(later.channelsFrom(channel), taken))
        .mapToObj(channel -> "type " + TomlText.line(SENSOR_CHANNEL, channel))
        .findFirst()
        .orElseGet(() -> otherAddress(first, later));
  }

  private static String address(Claim claim) {
    return line(claim, SENSOR_BUS) + ", " + line(claim, SENSOR_ADDRESS);
  }

  private static String port(Claim claim) {
    return claim.table().isSimulated()
        ? line(claim, SENSOR_DRIVER) + ", " + line(claim, SENSOR_BUS)
        : line(claim, claim.port());
  }

  private static String line(Claim claim, Setting setting) {
    return TomlText.line(setting, claim.table().written(setting));
  }
}
