package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrivacyTest {
  private static final double RADIUS_M = 300;

  /** Also where degrees of longitude are short, or begin anew. */
  private static final List<GeoPoint> HOMES =
      List.of(
          new GeoPoint(40.0701, 116.3265),
          new GeoPoint(-33.9, 179.9995),
          new GeoPoint(69.65, 18.96),
          new GeoPoint(0, -180),
          new GeoPoint(89.999, 10));

  private static final Sample NO_FIX = new Sample(Map.of(), Set.of(Quality.GNSS_NONE));

  private static Zone zone(GeoPoint home) {
    return new Zone("home", home.latDeg(), home.lonDeg(), RADIUS_M);
  }

  private static Secret secret(long seed) {
    byte[] key = new byte[32];
    new SplittableRandom(seed).nextBytes(key);
    return new Secret(key);
  }

  private static Privacy around(GeoPoint home, long seed) {
    return Privacy.of(List.of(zone(home)), secret(seed), 1);
  }

  /** A fix as a receiver reports it: on the map, and accurate to the metre. */
  private static Sample fix(GeoPoint place) {
    double lon = Math.IEEEremainder(place.lonDeg(), 360);
    return Sample.of(Map.of(Quantity.LAT, place.latDeg(), Quantity.LON, lon, Quantity.HACC, 1e-9));
  }

  private static boolean isHidden(Privacy privacy, Sample second) {
    Sample censored = privacy.censored(second);
    boolean hidden = censored.flags().contains(Quality.GNSS_PRIVATE);
    assertEquals(second.readings().isEmpty() || hidden, censored.get(Quantity.LAT).isEmpty());
    return hidden;
  }

  @Test
  void withoutZonesNothingIsTouched() {
    Sample second = fix(HOMES.get(0));
    assertSame(second, Privacy.none().censored(second));
  }

  @Test
  void withoutASecretEverythingIsHidden() {
    assertTrue(isHidden(Privacy.everywhere(), fix(HOMES.get(0))));
    assertTrue(isHidden(Privacy.everywhere(), NO_FIX));
  }

  @Test
  void everyPlaceWithinTheRadiusIsHiddenAndNoneBeyondThreeAndAQuarter() {
    Seeds.each(
        20, seed -> everyPlaceWithinTheRadiusIsHiddenAndNoneBeyondThreeAndAQuarter((int) seed));
  }

  private void everyPlaceWithinTheRadiusIsHiddenAndNoneBeyondThreeAndAQuarter(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (GeoPoint home : HOMES) {
      for (int i = 0; i < 300; i++) {
        double bearing = random.nextDouble(2 * Math.PI);
        double within = RADIUS_M * Math.sqrt(random.nextDouble());
        assertTrue(isHidden(around(home, seed), fix(home.moved(bearing, within))));
        Privacy privacy = around(home, seed);
        isHidden(privacy, fix(home));
        double beyond = RADIUS_M * random.nextDouble(3.26, 20);
        assertTrue(!isHidden(privacy, fix(home.moved(bearing, beyond))), home + " " + beyond);
      }
    }
  }

  @Test
  void theCircleIsAnotherForEachBoxAndTheSameInEachOfItsBoots() {
    GeoPoint home = HOMES.get(0);
    Set<Long> ends = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      double first = endM(Privacy.of(List.of(zone(home)), secret(seed), 1));
      ends.add(Math.round(first));
      for (int boot = 2; boot < 10; boot++) {
        double other = endM(Privacy.of(List.of(zone(home)), secret(seed), boot));
        assertTrue(Math.abs(other - first) < 0.3 * RADIUS_M, "boot " + boot + ": " + other);
      }
    }
    assertTrue(ends.size() > 50, ends.toString());
  }

  /** How far north of home a ride due south vanishes. */
  private static double endM(Privacy privacy) {
    double metres = 5 * RADIUS_M;
    while (!isHidden(privacy, fix(HOMES.get(0).moved(0, metres)))) {
      metres--;
    }
    return metres;
  }

  @Test
  void anotherNameIsTheSameZone() {
    GeoPoint home = HOMES.get(0);
    Zone renamed = new Zone("casa", home.latDeg(), home.lonDeg(), RADIUS_M);
    assertEquals(endM(around(home, 7)), endM(Privacy.of(List.of(renamed), secret(7), 1)));
  }

  @Test
  void eachCrossingIsCutOffElsewhereAndLeavingFurtherOutThanEntering() {
    Seeds.each(
        20, seed -> eachCrossingIsCutOffElsewhereAndLeavingFurtherOutThanEntering((int) seed));
  }

  private void eachCrossingIsCutOffElsewhereAndLeavingFurtherOutThanEntering(int seed) {
    Privacy privacy = around(HOMES.get(0), seed);
    Set<Double> entries = new HashSet<>();
    List<Double> exits = new ArrayList<>();
    for (int ride = 0; ride < 20; ride++) {
      double in = endM(privacy);
      double out = in;
      while (isHidden(privacy, fix(HOMES.get(0).moved(0, out)))) {
        out++;
      }
      assertTrue(out > in, in + " " + out);
      entries.add(in);
      exits.add(out);
    }
    assertTrue(entries.size() >= 10, entries.toString());
    assertTrue(exits.stream().distinct().count() >= 10, exits.toString());
  }

  @Test
  void whoStandsAtTheEdgeDoesNotFlicker() {
    Privacy privacy = around(HOMES.get(0), 3);
    double edge = endM(privacy);
    for (int second = 0; second < 1_000; second++) {
      assertTrue(isHidden(privacy, fix(HOMES.get(0).moved(0, edge))));
    }
  }

  @Test
  void withoutAFixAZoneIsNotLeft() {
    Privacy privacy = around(HOMES.get(0), 1);
    assertEquals(NO_FIX, privacy.censored(NO_FIX));
    isHidden(privacy, fix(HOMES.get(0)));
    for (int second = 0; second < 10_000; second++) {
      assertEquals(new Sample(Map.of(), Set.of(Quality.GNSS_PRIVATE)), privacy.censored(NO_FIX));
    }
    assertTrue(!isHidden(privacy, fix(HOMES.get(0).moved(0, 4 * RADIUS_M))));
    assertEquals(NO_FIX, privacy.censored(NO_FIX));
  }

  @Test
  void aFixThatMayBeWithinIsHidden() {
    GeoPoint away = HOMES.get(0).moved(1, 10 * RADIUS_M);
    for (double accuracy : List.of(50.0, 1_500.0)) {
      assertTrue(!isHidden(around(HOMES.get(0), 1), accurateTo(accuracy, away)));
    }
    assertTrue(isHidden(around(HOMES.get(0), 1), accurateTo(10 * RADIUS_M, away)));
  }

  private static Sample accurateTo(double metres, GeoPoint place) {
    return Sample.of(
        Map.of(Quantity.LAT, place.latDeg(), Quantity.LON, place.lonDeg(), Quantity.HACC, metres));
  }

  @Test
  void ofSeveralZonesEachHidesItsOwn() {
    GeoPoint work = HOMES.get(0).moved(2, 20 * RADIUS_M);
    Privacy privacy = Privacy.of(List.of(zone(HOMES.get(0)), zone(work)), secret(1), 1);
    assertTrue(isHidden(privacy, fix(HOMES.get(0))));
    assertTrue(isHidden(privacy, fix(work)));
    assertTrue(!isHidden(privacy, fix(HOMES.get(0).moved(2, 10 * RADIUS_M))));
    assertTrue(isHidden(privacy, fix(HOMES.get(0))));
  }

  @Test
  void positionHeightAndMotionAreAPlaceAndNothingElseIs() {
    Set<Quantity> place =
        Set.of(
            Quantity.LAT,
            Quantity.LON,
            Quantity.HACC,
            Quantity.ALT,
            Quantity.SPEED,
            Quantity.COURSE);
    for (Quantity quantity : Quantity.values()) {
      assertEquals(place.contains(quantity), Privacy.isPlace(quantity), quantity.name());
    }
  }

  @Test
  void masksLieInOppositeDirectionsEquallyOften() {
    int count = 400;
    for (double bearing : List.of(0.0, Math.PI / 4, Math.PI / 2, 3 * Math.PI / 4)) {
      int ahead = hiddenAt(bearing, count);
      int behind = hiddenAt(bearing + Math.PI, count);
      assertEquals(ahead, behind, 0.15 * count, "bearing " + bearing + " and its opposite");
    }
  }

  /** Returns of how many boxes the mask hides a place two radii from home in that direction. */
  private static int hiddenAt(double bearing, int count) {
    GeoPoint home = HOMES.get(0);
    int hidden = 0;
    for (int seed = 1; seed <= count; seed++) {
      hidden += isHidden(around(home, seed), fix(home.moved(bearing, 2 * RADIUS_M))) ? 1 : 0;
    }
    return hidden;
  }
}
