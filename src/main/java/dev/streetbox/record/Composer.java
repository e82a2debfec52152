package dev.streetbox.record;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sample.Board;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Composes the sample of one second: the fresh readings of the board, and the flags that need the
 * readings of several parts. Used by the recorder's thread.
 */
public final class Composer {
  private static final Set<Quantity> PM =
      EnumSet.of(Quantity.PM1, Quantity.PM2_5, Quantity.PM4, Quantity.PM10);

  private final Board board;
  private final QualitySettings settings;
  private final UnaryOperator<Sample> calibration;
  private final MotionFlags motionFlags;

  /**
   * Composes seconds of a board.
   *
   * @param calibration adds corrected values to the raw ones of a second
   */
  public Composer(Board board, QualitySettings settings, UnaryOperator<Sample> calibration) {
    this.board = board;
    this.settings = settings;
    this.calibration = calibration;
    this.motionFlags = new MotionFlags(settings);
  }

  /**
   * Composes the second that ends at a tick.
   *
   * @param tickMs end of the second, in ms since the boot; later than that of the call before
   * @param grace how long after the tick the caller has waited for late samples
   */
  ComposedSecond second(long tickMs, Duration grace) {
    Board.Second merged = board.at(tickMs, grace);
    Sample second = calibrated(merged);
    EnumSet<Quality> flags = EnumSet.noneOf(Quality.class);
    flags.addAll(second.flags());
    flags.addAll(motionFlags.flags(tickMs, second.get(Quantity.SPEED)));
    if (second.get(Quantity.LAT).isEmpty()) {
      flags.add(Quality.GNSS_NONE);
    }
    if (second.get(Quantity.HACC).orElse(0) > settings.gnssPoorM()) {
      flags.add(Quality.GNSS_POOR);
    }
    boolean humid = second.get(Quantity.HUMIDITY).orElse(0) > settings.pmHumidPct();
    if (humid && second.readings().keySet().stream().anyMatch(PM::contains)) {
      flags.add(Quality.PM_HUMID);
    }
    return new ComposedSecond(tickMs, new Sample(second.readings(), flags), merged.doubted());
  }

  /**
   * Returns the calibrated second. A quantity that comes from a later sensor has no corrected
   * value, because the correction is the first sensor's.
   */
  private Sample calibrated(Board.Second second) {
    Sample calibrated = calibration.apply(second.sample());
    if (second.fromLaterSensor().isEmpty()) {
      return calibrated;
    }
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    readings.putAll(calibrated.readings());
    second.fromLaterSensor().forEach(quantity -> quantity.corrected().ifPresent(readings::remove));
    return new Sample(readings, calibrated.flags());
  }
}
