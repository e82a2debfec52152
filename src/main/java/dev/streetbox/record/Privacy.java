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
 * Removes the position from seconds inside a privacy zone, before a second is stored, shown or
 * sent. Used by the recorder's thread.
 */
public final class Privacy {
  private static final Set<Quantity> PLACE =
      EnumSet.of(
          Quantity.LAT, Quantity.LON, Quantity.HACC, Quantity.ALT, Quantity.SPEED, Quantity.COURSE);

  /** Flags from which the distance between the zone's edge and a building could be computed. */
  private static final Set<Quality> POSITION_FLAGS =
      EnumSet.of(Quality.GNSS_NONE, Quality.GNSS_POOR);

  private final List<ZoneMask> masks;
  private final boolean everywhere;

  private Privacy(List<ZoneMask> masks, boolean everywhere) {
    this.masks = masks;
    this.everywhere = everywhere;
  }

  /** Hides these zones. */
  public static Privacy of(List<Zone> zones, Secret secret, int boot) {
    return new Privacy(
        zones.stream().map(zone -> new ZoneMask(zone, secret, boot)).toList(), false);
  }

  /** Hides nothing, because no zone is configured. */
  public static Privacy none() {
    return new Privacy(List.of(), false);
  }

  /** Hides every position, because there is no secret from which to draw the zones' masks. */
  public static Privacy everywhere() {
    return new Privacy(List.of(), true);
  }

  /** Returns whether a quantity describes the box's position or motion. */
  public static boolean isPlace(Quantity quantity) {
    return PLACE.contains(quantity);
  }

  /** Returns the next second; inside a zone without position and with {@code GNSS_PRIVATE}. */
  Sample censored(Sample second) {
    boolean hidden = everywhere;
    for (ZoneMask mask : masks) {
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
    flags.removeAll(POSITION_FLAGS);
    return new Sample(readings, flags);
  }
}
