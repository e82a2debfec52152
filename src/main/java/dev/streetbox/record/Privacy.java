package dev.streetbox.record;

import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes the place out of seconds that are nobody's business. It stands between the board, which is
 * memory only, and everything that is kept, shown or sent. Used by the recorder's thread.
 */
public final class Privacy {
  private static final Set<Quantity> PLACE =
      EnumSet.of(
          Quantity.LAT, Quantity.LON, Quantity.HACC, Quantity.ALT, Quantity.SPEED, Quantity.COURSE);

  /** They say when the sky, or the ride, ended: how far it is from the edge to the door. */
  private static final Set<Quality> TELLING = EnumSet.of(Quality.GNSS_NONE, Quality.GNSS_POOR);

  private final List<ZoneMask> veils;
  private final boolean everywhere;

  private Privacy(List<ZoneMask> veils, boolean everywhere) {
    this.veils = veils;
    this.everywhere = everywhere;
  }

  /** Hides these zones. */
  public static Privacy of(List<Zone> zones, Secret secret, int boot) {
    return new Privacy(
        zones.stream().map(zone -> new ZoneMask(zone, secret, boot)).toList(), false);
  }

  /** Hides nothing: there are no zones. */
  public static Privacy none() {
    return new Privacy(List.of(), false);
  }

  /** Hides every position: there are zones, and no secret to draw their veils from. */
  public static Privacy everywhere() {
    return new Privacy(List.of(), true);
  }

  /** Whether a quantity tells where the box is, or how it moves. */
  public static boolean isPlace(Quantity quantity) {
    return PLACE.contains(quantity);
  }

  /** The next second, without its place if a zone hides it, and flagged for that. */
  Sample censored(Sample second) {
    boolean hidden = everywhere;
    for (ZoneMask mask : veils) {
      hidden |= mask.hides(second);
    }
    if (!hidden) {
      return second;
    }
    Map<Quantity, Double> readings = new EnumMap<>(Quantity.class);
    readings.putAll(second.readings());
    readings.keySet().removeAll(PLACE);
    Set<Quality> flags = EnumSet.of(Quality.GNSS_PRIVATE);
    flags.addAll(second.flags());
    flags.removeAll(TELLING);
    return new Sample(readings, flags);
  }
}
