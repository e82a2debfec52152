package dev.streetbox.record;

import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides when a box that is dark is outside the privacy zones again: beyond the ring of each zone,
 * or in the ring behind a turn and a drawn distance along the track. Used by one thread.
 */
public final class Departure {
  private final List<ZoneMask> masks;
  private final List<Track> tracks = new ArrayList<>();
  private final int boot;

  /**
   * Starts in the dark, at an unknown place.
   *
   * @param boot the boot of the next stretch, so that each draws other distances
   */
  public Departure(List<Zone> zones, Secret secret, int boot) {
    this.masks = zones.stream().map(zone -> new ZoneMask(zone, secret)).toList();
    this.boot = boot;
    masks.forEach(mask -> tracks.add(new Track()));
  }

  /** Takes the next second; returns whether it is outside every zone. */
  public boolean isOutside(Sample second) {
    if (!ZoneMask.hasPlace(second)) {
      return false;
    }
    boolean outside = true;
    for (int i = 0; i < masks.size(); i++) {
      outside &= isOutside(i, second);
    }
    return outside;
  }

  private boolean isOutside(int index, Sample fix) {
    ZoneMask mask = masks.get(index);
    double outsideM = mask.metresOutside(fix);
    if (outsideM <= 0) {
      tracks.set(index, new Track());
      return false;
    }
    Track track = tracks.get(index);
    track.add(ZoneMask.place(fix));
    return outsideM > mask.ringM(boot)
        || (track.hasTurned()
            && track.metres() - track.firstTurnM()
                >= mask.hiddenBehindTurnM(track.bearingAfterFirstTurnRad(), boot));
  }
}
