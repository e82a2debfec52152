package dev.streetbox.simulate;

/**
 * The truth at one moment of a ride, before any sensor has seen it.
 *
 * @param place where the scooter is
 * @param air what it rides through
 * @param levelDba the sound pressure level around the box, A-weighted, dB re 20 µPa
 */
public record GroundTruth(Place place, Air air, double levelDba) {
  /**
   * Where the scooter is.
   *
   * @param latDeg WGS-84
   * @param lonDeg WGS-84
   * @param altM above mean sea level
   * @param speedMps 0 while it stands
   * @param courseDeg 0 to 360, true; the way it looks while it stands
   * @param accuracyM how well a receiver can tell the place between these houses, 95 %
   * @param openSky false under a bridge
   */
  public record Place(
      double latDeg,
      double lonDeg,
      double altM,
      double speedMps,
      double courseDeg,
      double accuracyM,
      boolean openSky) {}

  /**
   * What it rides through.
   *
   * @param pm25Ugm3 fine particles, µg/m³
   * @param coarseUgm3 particles from 2.5 to 10 µm, µg/m³
   * @param smell reducing gases, from 0 (clean) to 1 (an open waste container)
   * @param exhaust nitrogen oxides, from 0 (clean) to 1 (behind an old lorry)
   * @param tempC temperature
   * @param rhPct relative humidity
   */
  public record Air(
      double pm25Ugm3,
      double coarseUgm3,
      double smell,
      double exhaust,
      double tempC,
      double rhPct) {}
}
