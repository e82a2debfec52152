package dev.streetbox.driver;

import java.util.List;

/**
 * Holds gpsd's last reports about its receiver, for display.
 *
 * @param mode 0 unknown, 1 no fix, 2 two dimensions, 3 three
 * @param used satellites in the fix, not above {@code seen}
 * @param seen satellites in view
 * @param receiver the device's path, {@link #NO_RECEIVER}, or empty before gpsd's first report of
 *     one
 * @param fault gpsd's last ERROR message, or the number of its malformed lines; empty if neither
 */
public record GnssState(int mode, int used, int seen, String receiver, String fault) {
  /** Value of {@link #receiver()} while gpsd runs and has no receiver. */
  public static final String NO_RECEIVER = "no receiver";

  /** State before the first report. */
  static final GnssState UNKNOWN = new GnssState(0, 0, 0, "", "");

  GnssState withMode(int newMode) {
    return new GnssState(newMode, used, seen, receiver, fault);
  }

  GnssState withReceiver(String path) {
    return new GnssState(mode, used, seen, path, fault);
  }

  GnssState withoutReceiver() {
    return new GnssState(0, 0, 0, NO_RECEIVER, fault);
  }

  GnssState withFault(String text) {
    return new GnssState(mode, used, seen, receiver, text);
  }

  /**
   * Returns this state with the satellites of a SKY; a SKY with the dilution alone keeps the
   * counts.
   */
  GnssState withSky(GpsdReport sky) {
    List<GpsdReport> satellites = sky.list("satellites");
    int newUsed = (int) satellites.stream().filter(satellite -> satellite.is("used")).count();
    int newSeen = satellites.size();
    if (satellites.isEmpty()) {
      newUsed = count(sky, "uSat", used);
      newSeen = count(sky, "nSat", seen);
    }
    return new GnssState(mode, newUsed, Math.max(newUsed, newSeen), receiver, fault);
  }

  private static int count(GpsdReport sky, String name, int otherwise) {
    return (int) Math.max(0, sky.number(name).orElse(otherwise));
  }
}
