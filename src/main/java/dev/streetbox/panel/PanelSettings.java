package dev.streetbox.panel;

import java.time.Duration;
import java.util.Optional;

/**
 * Holds section {@code [report]} of the configuration, and the lines of the lid and the supply.
 *
 * @param lines the GPIO lines
 * @param times by which presses are recognised
 * @param press what a press means
 * @param doublePress what a double press means
 * @param cancelWithin so long after a report a hold takes the report back
 * @param sendInZone whether a report made in a privacy zone is sent at once, without a place
 */
public record PanelSettings(
    LineSettings lines,
    PressTimes times,
    Meaning press,
    Meaning doublePress,
    Duration cancelWithin,
    boolean sendInZone) {
  /** A box without lines, with the default times and meanings. */
  public static final PanelSettings NONE =
      new PanelSettings(
          LineSettings.NONE,
          PressTimes.DEFAULT,
          Meaning.REPORT,
          Meaning.ODOUR,
          Duration.ofMinutes(1),
          false);

  /** Returns these settings with lines that are simulated or not, whatever the parts are. */
  public PanelSettings withSimulatedLines(boolean simulated) {
    LineSettings same =
        new LineSettings(
            Optional.of(simulated), lines.button(), lines.lamp(), lines.lid(), lines.supply());
    return new PanelSettings(same, times, press, doublePress, cancelWithin, sendInZone);
  }
}
