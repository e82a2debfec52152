package dev.streetbox.record;

import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which seconds of a stretch outside the privacy zones may be stored, shown or sent. Once a
 * second may be within a zone, the stretch is over: neither this second nor a later one passes, and
 * those that wait are discarded. {@link #next} is called by the recorder's thread, {@link
 * #isHidden} and {@link #isNear} by any.
 */
public final class Privacy {
  private static final Set<Quantity> PLACE =
      EnumSet.of(
          Quantity.LAT, Quantity.LON, Quantity.HACC, Quantity.ALT, Quantity.SPEED, Quantity.COURSE);

  /** A second that has waited so long (ms) passes, because the scooter stands there. */
  static final long HOLD_MS = 600_000;

  /** After so long (ms) without the first fix, the box may be anywhere. */
  static final long FIRST_FIX_MS = 600_000;

  private record Held(ComposedSecond second, double atM) {}

  private final List<ZoneApproach> approaches;
  private final Track track = new Track();
  private final Deque<Held> held = new ArrayDeque<>();
  private boolean located;
  private long fixMs;
  private volatile boolean hidden;
  private volatile boolean near;

  private Privacy(List<ZoneApproach> approaches) {
    this.approaches = approaches;
    this.near = !approaches.isEmpty();
  }

  /**
   * Hides zones from a stretch that begins outside them.
   *
   * @param boot the stretch's boot, so that each stretch draws other distances
   */
  public static Privacy of(List<Zone> zones, Secret secret, int boot) {
    return new Privacy(
        zones.stream().map(zone -> new ZoneApproach(new ZoneMask(zone, secret), boot)).toList());
  }

  /** Hides nothing, because no zone is configured. */
  public static Privacy none() {
    return new Privacy(List.of());
  }

  /** Hides everything, because there is no secret from which to draw what a zone hides. */
  public static Privacy everywhere() {
    Privacy privacy = new Privacy(List.of());
    privacy.hidden = true;
    privacy.near = true;
    return privacy;
  }

  /** Returns whether a quantity describes the box's position or motion. */
  public static boolean isPlace(Quantity quantity) {
    return PLACE.contains(quantity);
  }

  /** Returns whether the stretch is over, because the box may be within a zone. */
  public boolean isHidden() {
    return hidden;
  }

  /**
   * Returns whether the box is or may be near a zone, so that seconds wait and nothing may be sent.
   */
  public boolean isNear() {
    return near;
  }

  /** Takes the next second, and returns those that may be stored now, in order. */
  List<ComposedSecond> next(ComposedSecond second) {
    if (hidden) {
      return List.of();
    }
    if (approaches.isEmpty()) {
      return List.of(second);
    }
    long tickMs = second.tickMs();
    follow(tickMs, second.sample());
    if (isReached(tickMs)) {
      hidden = true;
      held.clear();
      return List.of();
    }
    held.addLast(new Held(second, track.metres()));
    return released(tickMs);
  }

  private void follow(long tickMs, Sample sample) {
    if (!ZoneMask.hasPlace(sample)) {
      return;
    }
    located = true;
    fixMs = tickMs;
    track.add(ZoneMask.place(sample));
    for (ZoneApproach approach : approaches) {
      approach.add(approach.mask().metresOutside(sample), track);
    }
  }

  private boolean isReached(long tickMs) {
    if (!located) {
      return tickMs >= FIRST_FIX_MS;
    }
    return approaches.stream().anyMatch(approach -> approach.isReached(tickMs - fixMs));
  }

  private List<ComposedSecond> released(long tickMs) {
    double untilM =
        approaches.stream()
            .mapToDouble(ZoneApproach::releasableM)
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    List<ComposedSecond> released = new ArrayList<>();
    while (!held.isEmpty()
        && (held.peekFirst().atM() <= untilM
            || held.peekFirst().second().tickMs() <= tickMs - HOLD_MS)) {
      released.add(held.removeFirst().second());
    }
    near = untilM < Double.POSITIVE_INFINITY;
    return released;
  }
}
