package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrackTest {
  private static final double EAST = Math.PI / 2;

  private final Track track = new Track();
  private GeoPoint place = new GeoPoint(40.07, 116.32);

  private void ride(double bearingRad, double metres) {
    for (double at = 0; at < metres; at += 5) {
      place = place.moved(bearingRad, 5);
      track.add(place);
    }
  }

  @Test
  void aStraightStreetHasNoTurn() {
    ride(EAST, 500);
    assertEquals(500, track.metres(), 15);
    assertFalse(track.hasTurned());
  }

  @Test
  void aTurnIsFoundWithTheStreetsBeforeAndBehindIt() {
    ride(EAST, 300);
    ride(0, 100);
    assertTrue(track.hasTurned());
    assertEquals(300, track.lastTurnM(), 30);
    assertEquals(EAST, track.bearingBeforeLastTurnRad(), 0.3);
    assertEquals(0, track.bearingAfterFirstTurnRad(), 0.8);
  }

  @Test
  void ofTwoTurnsTheFirstAndTheLastAreKept() {
    ride(EAST, 300);
    ride(0, 200);
    ride(EAST, 100);
    assertEquals(300, track.firstTurnM(), 30);
    assertEquals(500, track.lastTurnM(), 40);
    assertEquals(0, track.bearingBeforeLastTurnRad(), 0.8);
  }

  @Test
  void aBendOfThirtyDegreesIsNoTurn() {
    ride(EAST, 300);
    ride(EAST + Math.toRadians(30), 300);
    assertFalse(track.hasTurned());
  }

  @Test
  void theNoiseOfAReceiverAtRestMakesNeitherWayNorTurns() {
    Seeds.each(
        20,
        seed -> {
          Track standing = new Track();
          SplittableRandom random = new SplittableRandom(seed);
          for (int second = 0; second < 600; second++) {
            standing.add(
                place.moved(random.nextDouble(2 * Math.PI), Math.abs(random.nextGaussian()) * 1.5));
          }
          assertFalse(standing.hasTurned());
          assertTrue(standing.metres() < 40, standing.metres() + " m");
        });
  }
}
