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

/** Checks one bus or port and every part on it. Used by the thread that owns the bus. */
final class BusCheck {
  /** No part is started later than this, so that a slow bus does not exceed the doctor's limit. */
  private static final long BUDGET_MS = 15_000;

  private final String bus;
  private final List<Place> places;
  private final IntFunction<I2cPort> addresses;
  private final Time time;

  /**
   * Checks nothing yet.
   *
   * @param bus the name of the bus or port
   * @param places the parts on it, at least one
   * @param addresses makes a port to any address, if it is an I2C bus
   */
  BusCheck(String bus, List<Place> places, IntFunction<I2cPort> addresses, Time time) {
    this.bus = bus;
    this.places = places;
    this.addresses = addresses;
    this.time = time;
  }

  /** Scans an I2C bus, then checks each part; ends early if the thread is interrupted. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      if (places.get(0).settings().place().i2cAddress().isPresent()) {
        checkI2cBus(findings);
      } else {
        for (Place place : places) {
          findings.add(new SensorCheck(place, time).finding());
        }
      }
    } catch (InterruptedIOException e) {
      // the doctor has stopped waiting
    }
    return findings;
  }

  private void checkI2cBus(List<Finding> findings) throws InterruptedIOException {
    String subject = "bus " + bus;
    long limitMs = time.tickMs() + BUDGET_MS;
    BusScan scan;
    try {
      scan = new BusScan(addresses, time);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      findings.add(
          Finding.fail(
              subject, e, "", "sudo raspi-config nonint do_i2c 0; pull the parts one by one"));
      places.forEach(place -> findings.add(skipped(place, "its bus fails")));
      return;
    }
    findings.add(judge(subject, scan));
    for (Place place : places) {
      findings.add(
          time.tickMs() < limitMs
              ? new SensorCheck(place, time).findingOnBus(scan)
              : skipped(place, "the parts before it used up the time"));
    }
  }

  private Finding judge(String subject, BusScan scan) {
    if (scan.parts().isEmpty()) {
      return Finding.fail(
          subject,
          scan.toString(),
          "no 3.3 V, SDA and SCL swapped, or the cable is off",
          "check 3.3 V (pin 1), SDA (pin 3), SCL (pin 5), GND (pin 6)");
    }
    List<Integer> configured =
        places.stream().map(place -> place.settings().place().i2cAddress().orElseThrow()).toList();
    String unconfigured =
        scan.parts().entrySet().stream()
            .filter(entry -> !configured.contains(entry.getKey()))
            .filter(entry -> entry.getValue().part().isPresent())
            .map(Map.Entry::getKey)
            .map("0x%02x"::formatted)
            .collect(Collectors.joining(", "));
    return unconfigured.isEmpty()
        ? Finding.pass(subject, scan.toString())
        : Finding.warn(
            subject,
            scan.toString(),
            unconfigured + " is in no [[sensor]] of this bus",
            "add it to the configuration: streetbox config show --defaults");
  }

  private Finding skipped(Place place, String reason) {
    return Finding.fail(
        new SensorCheck(place, time).subject(),
        "not checked: " + reason,
        "",
        "repair bus " + bus + " first; then: streetbox doctor");
  }
}
