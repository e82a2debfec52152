package dev.streetbox.simulate;

/**
 * Holds the true place, air and noise at one tick of a ride, from which simulated parts measure.
 *
 * @param place position and motion of the scooter
 * @param air state of the air around the box
 * @param levelDba the sound pressure level around the box, A-weighted, dB re 20 µPa
 */
public record GroundTruth(Place place, Air air, double levelDba) {
  /**
   * Holds position and motion of the scooter.
   *
   * @param latDeg WGS-84
   * @param lonDeg WGS-84
   * @param altM above mean sea level
   * @param speedMps 0 while the scooter stands
   * @param courseDeg 0 to 360, true; the direction of the street while the scooter stands
   * @param accuracyM the horizontal accuracy that a receiver reaches between these houses, 95 %
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
   * Holds the state of the air around the box.
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
