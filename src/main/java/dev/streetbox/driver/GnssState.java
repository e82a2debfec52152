package dev.streetbox.driver;

import java.util.List;

/**
 * Holds gpsd's last reports about the receiver whose positions are used, for display.
 *
 * @param mode 0 unknown, 1 no fix, 2 two dimensions, 3 three
 * @param used satellites in the fix, not above {@code seen}
 * @param seen satellites in view
 * @param receiver the device's path, {@link #NO_RECEIVER}, or empty before gpsd's first report of
 *     one
 * @param fault gpsd's last ERROR message, or the number of its malformed lines; empty if neither
 * @param noPlace why a fix gives no position; empty if it gives one, or there is no fix
 * @param others the paths of gpsd's other receivers, whose reports are not used
 * @param named whether the configuration names the receiver
 */
public record GnssState(
    int mode,
    int used,
    int seen,
    String receiver,
    String fault,
    String noPlace,
    List<String> others,
    boolean named) {
  /** Value of {@link #receiver()} while gpsd runs and has no receiver. */
  public static final String NO_RECEIVER = "no receiver";

  /** Least mode of a fix. */
  public static final int MODE_2D = 2;

  /** State before the first report. */
  static final GnssState UNKNOWN = new GnssState(0, 0, 0, "", "");

  /** Copies the list. */
  public GnssState {
    others = List.copyOf(others);
  }

  /** Makes the state of gpsd's only receiver, whose positions are used. */
  public GnssState(int mode, int used, int seen, String receiver, String fault) {
    this(mode, used, seen, receiver, fault, "", List.of(), false);
  }
}
