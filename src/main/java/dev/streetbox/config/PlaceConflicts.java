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
 * Finds sensors that claim one place. Two chips or two converters at one I2C address are a conflict
 * because both answer at once, and two readers of one port because each takes bytes that the other
 * needs. Each input of one converter is a place of its own. Used by one thread.
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

  /** Reports each sensor whose place an earlier one claims, once. */
  void report() {
    for (int later = 1; later < claims.size(); later++) {
      for (int first = 0; first < later; first++) {
        if (reportConflict(claims.get(first), claims.get(later))) {
          break;
        }
      }
    }
  }

  /** Reports the later sensor if both claim one place, and returns whether they do. */
  private boolean reportConflict(Claim first, Claim later) {
    if (!first.device().equals(later.device())) {
      return false;
    }
    if (later.place().i2cAddress().isEmpty()) {
      return report(first, later, later.port(), port(later), CHANGE);
    }
    if (!first.sharesAddressWith(later)) {
      return false;
    }
    if (first.converter().isEmpty() || later.converter().isEmpty()) {
      return report(first, later, SENSOR_ADDRESS, address(later), otherAddress(first, later));
    }
    if (!first.converter().equals(later.converter())) {
      String model = SENSOR_ADC.line(first.converter().get().key());
      String place = address(later) + ", as " + model + ",";
      return report(first, later, SENSOR_ADDRESS, place, otherAddress(first, later));
    }
    List<Integer> both = new ArrayList<>(later.channels());
    both.retainAll(first.channels());
    if (both.isEmpty()) {
      return false;
    }
    String place =
        "%s, %s, %s"
            .formatted(address(later), line(later, SENSOR_ADC), SENSOR_CHANNEL.line(both.get(0)));
    return report(first, later, SENSOR_CHANNEL, place, otherChannel(first, later));
  }

  private static boolean report(
      Claim first, Claim later, Setting at, String place, String suggestion) {
    int line = first.table().position(at).line();
    later.table().report(at, "%s is taken by line %d; %s".formatted(place, line, suggestion));
    return true;
  }

  /** Returns what to type so that the two sensors have different addresses. */
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
        .map(address -> SENSOR_ADDRESS.line(address))
        .findFirst();
  }

  private String otherChannel(Claim first, Claim later) {
    List<Integer> taken =
        claims.stream()
            .filter(other -> !other.equals(later) && other.sharesAddressWith(later))
            .flatMap(other -> other.channels().stream())
            .toList();
    int last = Converter.INPUTS - later.channels().size();
    return IntStream.rangeClosed(0, last)
        .filter(channel -> Collections.disjoint(later.channelsFrom(channel), taken))
        .mapToObj(channel -> "type " + SENSOR_CHANNEL.line(channel))
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
    return setting.line(claim.table().tomlValue(setting));
  }
}
