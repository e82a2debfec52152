package dev.streetbox.record;

/**
 * Follows one ride outside a zone's core, and decides which of its seconds may be stored: in the
 * ring around the core a second waits until a later turn proves that the ride does not lead into
 * the core on this street. Used by one thread.
 */
final class ZoneApproach {
  /** No scooter of a courier is faster (m/s): 54 km/h. */
  private static final double FASTEST_MPS = 15;

  private final ZoneMask mask;
  private final int boot;
  private final double ringM;
  private double outsideM = Double.POSITIVE_INFINITY;
  private double releasableM = Double.NEGATIVE_INFINITY;

  /**
   * Follows a ride whose place is not known yet.
   *
   * @param boot the stretch's boot, so that each stretch draws other distances
   */
  ZoneApproach(ZoneMask mask, int boot) {
    this.mask = mask;
    this.boot = boot;
    this.ringM = mask.ringM(boot);
  }

  /**
   * Takes the next fix.
   *
   * @param outsideM the least distance from the core's edge in metres
   * @param track the way, this fix included
   */
  void add(double outsideM, Track track) {
    this.outsideM = outsideM;
    if (outsideM > ringM) {
      releasableM = Double.POSITIVE_INFINITY;
    } else if (track.hasTurned()) {
      double beforeM = mask.hiddenBeforeTurnM(track.bearingBeforeLastTurnRad(), boot);
      releasableM = track.lastTurnM() - beforeM;
    } else {
      releasableM = Double.NEGATIVE_INFINITY;
    }
  }

  ZoneMask mask() {
    return mask;
  }

  /** Returns whether the ride may have reached the core, so long after its last fix. */
  boolean isReached(long withoutFixMs) {
    return outsideM <= 0 || withoutFixMs / 1000.0 * FASTEST_MPS > outsideM;
  }

  /** Returns the way in metres up to which seconds may be stored. */
  double releasableM() {
    return releasableM;
  }
}
