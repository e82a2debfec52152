package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.datadir.Secret;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests stretches outside a zone, and their end. */
class PrivacyTest {
  private static final double RADIUS_M = 300;
  private static final double RING_END = 5.4;

  /** Also where degrees of longitude are short, or begin anew. */
  static final List<GeoPoint> HOMES =
      List.of(
          new GeoPoint(40.0701, 116.3265),
          new GeoPoint(-33.9, 179.9995),
          new GeoPoint(69.65, 18.96),
          new GeoPoint(0, -180),
          new GeoPoint(89.99, 10));

  private static final GeoPoint HOME = HOMES.get(0);
  static final Sample NO_FIX = new Sample(Map.of(), Set.of(Quality.GNSS_NONE));

  private final List<Long> passed = new ArrayList<>();
  private long second;

  static Zone zone(GeoPoint home) {
    return new Zone("home", home.latDeg(), home.lonDeg(), RADIUS_M);
  }

  static Secret secret(long seed) {
    byte[] key = new byte[32];
    new SplittableRandom(seed).nextBytes(key);
    return new Secret(key);
  }

  static Privacy around(GeoPoint home, long seed) {
    return Privacy.of(List.of(zone(home)), secret(seed), 1);
  }

  /** A fix as a receiver reports it: on the map, and accurate to the metre. */
  static Sample fix(GeoPoint place) {
    double lon = Math.IEEEremainder(place.lonDeg(), 360);
    return Sample.of(Map.of(Quantity.LAT, place.latDeg(), Quantity.LON, lon, Quantity.HACC, 1e-9));
  }

  private static ComposedSecond second(GeoPoint place) {
    return new ComposedSecond(1_000, fix(place), Set.of());
  }

  private void take(Privacy privacy, Sample sample) {
    second++;
    privacy
        .next(new ComposedSecond(second * 1_000, sample, Set.of()))
        .forEach(each -> passed.add(each.tickMs() / 1_000));
  }

  /** Rides along a line of the map, 5 m a second. */
  private GeoPoint ride(Privacy privacy, GeoPoint from, double bearingRad, double metres) {
    GeoPoint place = from;
    for (double at = 0; at < metres; at += 5) {
      place = place.moved(bearingRad, 5);
      take(privacy, fix(place));
    }
    return place;
  }

  @Test
  void withoutZonesEverySecondPassesAtOnce() {
    Privacy none = Privacy.none();
    assertFalse(none.isNear());
    take(none, NO_FIX);
    take(none, fix(HOME));
    assertEquals(List.of(1L, 2L), passed);
    assertFalse(none.isHidden());
  }

  @Test
  void withoutASecretNothingPasses() {
    Privacy everywhere = Privacy.everywhere();
    take(everywhere, fix(HOME.moved(0, 1_000_000)));
    assertEquals(List.of(), passed);
    assertTrue(everywhere.isHidden());
    assertTrue(everywhere.isNear());
  }

  @Test
  void everyPlaceWithinTheRadiusEndsTheStretchAndNoneBeyondTheRingHoldsASecondBack() {
    Seeds.each(
        20,
        seed -> {
          SplittableRandom random = new SplittableRandom(seed);
          for (GeoPoint home : HOMES) {
            for (int i = 0; i < 100; i++) {
              double bearing = random.nextDouble(2 * Math.PI);
              Privacy within = around(home, seed);
              double metres = RADIUS_M * Math.sqrt(random.nextDouble());
              assertEquals(List.of(), within.next(second(home.moved(bearing, metres))));
              assertTrue(within.isHidden(), home + " " + metres);
              Privacy beyond = around(home, seed);
              GeoPoint away = home.moved(bearing, RADIUS_M * random.nextDouble(RING_END, 20));
              assertEquals(1, beyond.next(second(away)).size(), home + " " + away);
              assertFalse(beyond.isNear());
            }
          }
        });
  }

  @Test
  void aRideIntoTheZoneIsSeenToBeforeItsLastTurnOnly() {
    Seeds.each(
        50,
        seed -> {
          passed.clear();
          second = 0;
          Privacy privacy = around(HOME, seed);
          GeoPoint corner = HOME.moved(0, coreM(seed) + 200);
          ride(privacy, corner.moved(-Math.PI / 2, 2_000), Math.PI / 2, 2_000);
          long turned = second;
          ride(privacy, corner, Math.PI, 1_500);
          assertTrue(privacy.isHidden());
          long last = passed.get(passed.size() - 1);
          assertTrue(last <= turned, last + " is behind the turn at " + turned);
          assertTrue(last >= 100, last + " of " + turned);
          int before = passed.size();
          ride(privacy, HOME, 0, 5_000);
          assertEquals(before, passed.size(), "rows after the end of the stretch");
        });
  }

  /** Returns how far north of home the stretch is over at once. */
  private static double coreM(long seed) {
    double metres = 0;
    Privacy privacy;
    do {
      metres += 10;
      privacy = around(HOME, seed);
      privacy.next(second(HOME.moved(0, metres)));
    } while (privacy.isHidden());
    return metres;
  }

  @Test
  void aRideThatPassesTheRingLosesNoSecond() {
    Seeds.each(
        20,
        seed -> {
          passed.clear();
          second = 0;
          Privacy privacy = around(HOME, seed);
          GeoPoint start = HOME.moved(0, 1_000).moved(-Math.PI / 2, 2_500);
          ride(privacy, start, Math.PI / 2, 5_000);
          assertFalse(privacy.isHidden());
          assertFalse(privacy.isNear());
          assertEquals(second, passed.size());
          for (int i = 0; i < passed.size(); i++) {
            assertEquals(i + 1, passed.get(i), "seconds in order");
          }
        });
  }

  @Test
  void nothingMayBeSentWhileTheBoxIsNear() {
    Privacy privacy = around(HOME, 1);
    assertTrue(privacy.isNear(), "before the first fix");
    ride(privacy, HOME.moved(0, 3_000), Math.PI, 600);
    assertFalse(privacy.isNear());
    ride(privacy, HOME.moved(0, 1_400), Math.PI, 100);
    boolean near = privacy.isNear();
    ride(privacy, HOME.moved(0, 1_300), Math.PI, 1_300);
    assertTrue(near || privacy.isHidden());
    assertTrue(privacy.isNear());
  }

  @Test
  void aScooterThatStandsInTheRingIsStoredAfterTenMinutes() {
    Privacy privacy = around(HOME, 1);
    GeoPoint inRing = HOME.moved(0, coreM(1) + 300);
    take(privacy, fix(inRing));
    for (int i = 0; i < 599; i++) {
      take(privacy, fix(inRing));
    }
    assertEquals(List.of(), passed);
    take(privacy, fix(inRing));
    assertEquals(List.of(1L), passed);
  }

  @Test
  void beforeTheFirstFixSecondsWaitAndAfterTenMinutesTheStretchIsOver() {
    Privacy found = around(HOME, 1);
    for (int i = 0; i < 300; i++) {
      take(found, NO_FIX);
    }
    assertEquals(List.of(), passed);
    take(found, fix(HOME.moved(0, 10_000)));
    assertEquals(301, passed.size());
    passed.clear();
    second = 0;
    Privacy lost = around(HOME, 1);
    for (int i = 0; i < 601; i++) {
      take(lost, NO_FIX);
    }
    assertTrue(lost.isHidden());
    assertEquals(List.of(), passed);
  }

  @Test
  void withoutAFixTheStretchEndsWhenTheFastestScooterCouldBeInTheZone() {
    Privacy privacy = around(HOME, 1);
    take(privacy, fix(HOME.moved(0, 4_000)));
    long limit = 0;
    while (!privacy.isHidden() && limit < 1_000) {
      take(privacy, NO_FIX);
      limit++;
    }
    assertTrue(limit > 3_000 / 15 && limit < 4_000 / 15, limit + " s");
  }

  @Test
  void aFixThatMayBeWithinTheZoneEndsTheStretch() {
    GeoPoint away = HOME.moved(1, 10 * RADIUS_M);
    Privacy exact = around(HOME, 1);
    take(exact, accurateTo(50, away));
    assertFalse(exact.isHidden());
    Privacy vague = around(HOME, 1);
    take(vague, accurateTo(10 * RADIUS_M, away));
    assertTrue(vague.isHidden());
  }

  private static Sample accurateTo(double metres, GeoPoint place) {
    return Sample.of(
        Map.of(Quantity.LAT, place.latDeg(), Quantity.LON, place.lonDeg(), Quantity.HACC, metres));
  }

  @Test
  void ofSeveralZonesEachHidesItsOwn() {
    GeoPoint work = HOME.moved(2, 20 * RADIUS_M);
    List<Zone> zones = List.of(zone(HOME), zone(work));
    for (GeoPoint place : List.of(HOME, work)) {
      Privacy privacy = Privacy.of(zones, secret(1), 1);
      take(privacy, fix(place));
      assertTrue(privacy.isHidden());
    }
    Privacy between = Privacy.of(zones, secret(1), 1);
    take(between, fix(HOME.moved(2, 10 * RADIUS_M)));
    assertFalse(between.isHidden());
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
}
