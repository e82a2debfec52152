package dev.streetbox.driver;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Locale;
import java.util.Optional;

/**
 * Refuses a position that cannot follow the last one: a step that neither speed nor accuracy
 * explains, and the same position again and again at a speed. A step is believed after ten seconds
 * of positions that follow one another, because then the position before it was the wrong one. Used
 * by one thread.
 */
final class GnssSteps {
  private static final long CONFIRMED_MS = 10_000;

  /** Of a longer gap (ms) no more counts as ridden at the speed of one position. */
  private static final long GAP_MS = 10_000;

  /** Greatest speed of a scooter whose speed is not reported. */
  private static final double UNKNOWN_SPEED_MPS = 50;

  private static final double UNKNOWN_ACCURACY_M = 50;

  /** Greatest change of a scooter's speed: twice that of an emergency braking. */
  private static final double CHANGE_MPS2 = 15;

  /** Rounding of positions, and the difference between the epoch's time and its tick. */
  private static final double MARGIN_M = 10;

  private static final long MARGIN_MS = 500;

  /** Slower speeds may be the noise of a standing receiver that holds its position. */
  private static final double MOVING_MPS = 2;

  /** A receiver that claims to have moved so far (m) and gives the same position is wrong. */
  private static final double FROZEN_M = 50;

  private static final double METRES_PER_DEGREE = 111_320;

  private record Place(Sample sample, long tickMs) {
    private double get(Quantity quantity, double otherwise) {
      return sample.get(quantity).orElse(otherwise);
    }

    private double metresTo(Place other) {
      double lat = get(Quantity.LAT, 0);
      double east = other.get(Quantity.LON, 0) - get(Quantity.LON, 0);
      double shortest = Math.IEEEremainder(east, 360);
      return METRES_PER_DEGREE
          * Math.hypot(other.get(Quantity.LAT, 0) - lat, shortest * Math.cos(Math.toRadians(lat)));
    }

    private boolean isSamePlace(Place other) {
      return get(Quantity.LAT, 0) == other.get(Quantity.LAT, 0)
          && get(Quantity.LON, 0) == other.get(Quantity.LON, 0);
    }
  }

  private Optional<Place> last = Optional.empty();
  private Optional<Place> refused = Optional.empty();
  private long refusedSinceMs;
  private long reportedMs;
  private double frozenM;

  /** Forgets the last position, so that the next one is believed. */
  void clear() {
    last = Optional.empty();
  }

  /**
   * Returns why a position is refused, without coordinates; empty if it is believed.
   *
   * @param sample with latitude and longitude
   * @param tickMs when it was measured, not before the last one
   */
  Optional<String> doubt(Sample sample, long tickMs) {
    Place place = new Place(sample, tickMs);
    Optional<String> doubt = last.flatMap(known -> doubt(known, place));
    if (doubt.isPresent() && !isConfirmed(place)) {
      return doubt;
    }
    refused = Optional.empty();
    double speed = place.get(Quantity.SPEED, 0);
    if (speed >= MOVING_MPS && last.filter(place::isSamePlace).isPresent()) {
      // The position keeps its first tick, so that a step from it has the whole time to explain it.
      frozenM += speed * Math.min(GAP_MS, tickMs - reportedMs) / 1000.0;
    } else {
      frozenM = 0;
      last = Optional.of(place);
    }
    reportedMs = tickMs;
    if (frozenM <= FROZEN_M) {
      return Optional.empty();
    }
    return Optional.of("the receiver repeats one position at a speed");
  }

  private static Optional<String> doubt(Place from, Place to) {
    double metres = from.metresTo(to);
    long ms = to.tickMs() - from.tickMs();
    if (metres <= explainedMetres(from, to, ms)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "a step of %.1f km in %.1f s, which neither speed nor accuracy explains",
            metres / 1000,
            ms / 1000.0));
  }

  private static double explainedMetres(Place from, Place to, long ms) {
    double seconds = (ms + MARGIN_MS) / 1000.0;
    double accuracy =
        from.get(Quantity.HACC, UNKNOWN_ACCURACY_M) + to.get(Quantity.HACC, UNKNOWN_ACCURACY_M);
    return MARGIN_M + 2 * accuracy + seconds * fastest(from, to, seconds);
  }

  /** Returns the greatest speed between two positions, in m/s. */
  private static double fastest(Place from, Place to, double seconds) {
    double before = from.get(Quantity.SPEED, UNKNOWN_SPEED_MPS);
    double after = to.get(Quantity.SPEED, UNKNOWN_SPEED_MPS);
    double faster = Math.max(before, after);
    double reachable = Math.min(before, after) + CHANGE_MPS2 * seconds;
    return Math.min(
        Math.min(faster + CHANGE_MPS2 / 2 * seconds, reachable),
        Math.max(UNKNOWN_SPEED_MPS, faster));
  }

  /** Returns whether refused positions have followed one another for long enough. */
  private boolean isConfirmed(Place place) {
    boolean follows = refused.isPresent() && doubt(refused.get(), place).isEmpty();
    if (!follows) {
      refusedSinceMs = place.tickMs();
    }
    refused = Optional.of(place);
    return place.tickMs() - refusedSinceMs >= CONFIRMED_MS;
  }
}
