package dev.streetbox.doctor;

import dev.streetbox.agent.PartsBench.Place;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** One bus or port and every part on it. For the wire's thread. */
final class BusCheck {
  /** After this no further part is begun with, so that a slow bus does not use up all the time. */
  private static final long BUDGET_MS = 15_000;

  private final String wire;
  private final List<Place> places;
  private final IntFunction<I2cPort> addresses;
  private final Time time;

  /**
   * @param places the parts on the wire
   * @param addresses any place on it, if it is an I2C bus
   */
  BusCheck(String wire, List<Place> places, IntFunction<I2cPort> addresses, Time time) {
    this.wire = wire;
    this.places = places;
    this.addresses = addresses;
    this.time = time;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      if (places.get(0).settings().place().i2cAddress().isPresent()) {
        onBus(findings);
      } else {
        for (Place place : places) {
          findings.add(new SensorCheck(place, time).alone());
        }
      }
    } catch (InterruptedIOException e) {
      // Nobody waits any more.
    }
    return findings;
  }

  private void onBus(List<Finding> findings) throws InterruptedIOException {
    String about = "bus " + wire;
    long limitMs = time.tickMs() + BUDGET_MS;
    BusScan scan;
    try {
      scan = new BusScan(addresses, time);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      findings.add(
          Finding.fail(
              about, e, "", "sudo raspi-config nonint do_i2c 0; pull the parts one by one"));
      places.forEach(place -> findings.add(notAsked(place, "its bus fails")));
      return;
    }
    findings.add(judge(about, scan));
    for (Place place : places) {
      findings.add(
          time.tickMs() < limitMs
              ? new SensorCheck(place, time).on(scan)
              : notAsked(place, "the parts before it took all the time"));
    }
  }

  private Finding judge(String about, BusScan scan) {
    if (scan.all().isEmpty()) {
      return Finding.fail(
          about,
          scan.toString(),
          "no 3.3 V, SDA and SCL swapped, or the cable is off",
          "check 3.3 V (pin 1), SDA (pin 3), SCL (pin 5), GND (pin 6)");
    }
    List<Integer> configured =
        places.stream().map(place -> place.settings().place().i2cAddress().orElseThrow()).toList();
    String strangers =
        scan.all().entrySet().stream()
            .filter(entry -> !configured.contains(entry.getKey()))
            .filter(entry -> entry.getValue().part().isPresent())
            .map(Map.Entry::getKey)
            .map("0x%02x"::formatted)
            .collect(Collectors.joining(", "));
    return strangers.isEmpty()
        ? Finding.pass(about, scan.toString())
        : Finding.warn(
            about,
            scan.toString(),
            strangers + " is in no [[sensor]] of this bus",
            "add it to the configuration: streetbox config show --defaults");
  }

  private Finding notAsked(Place place, String why) {
    return Finding.fail(
        new SensorCheck(place, time).about(),
        "not asked: " + why,
        "",
        "mend bus " + wire + " first; then: streetbox doctor");
  }
}
