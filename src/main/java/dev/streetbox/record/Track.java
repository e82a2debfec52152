package dev.streetbox.record;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * Measures the way along the fixes of a ride and finds its turns. A turn is a change of direction
 * by over 45° against the direction in which the street was entered. Fixes that are closer than 10
 * m to each other count as one, so that noise of a receiver at rest makes neither way nor turns.
 * Used by one thread.
 */
final class Track {
  private static final double STEP_M = 10;

  /** The number of steps over which a direction is measured. */
  private static final int LEG_STEPS = 3;

  private static final double TURN_RAD = Math.PI / 4;

  private final Deque<GeoPoint> steps = new ArrayDeque<>();
  private double metres;
  private OptionalDouble streetRad = OptionalDouble.empty();
  private double beforeRad;
  private double turnM = Double.NaN;
  private double firstTurnM = Double.NaN;
  private double firstLegRad;

  /** Adds the next fix. */
  void add(GeoPoint fix) {
    if (!steps.isEmpty()) {
      double stepM = steps.getLast().metresTo(fix);
      if (stepM < STEP_M) {
        return;
      }
      metres += stepM;
    }
    steps.addLast(fix);
    if (steps.size() > LEG_STEPS) {
      double nowRad = steps.removeFirst().bearingTo(fix);
      if (streetRad.isEmpty()) {
        streetRad = OptionalDouble.of(nowRad);
      } else if (difference(nowRad, streetRad.getAsDouble()) > TURN_RAD) {
        turn(nowRad);
      }
    }
  }

  private void turn(double nowRad) {
    beforeRad = streetRad.getAsDouble();
    turnM = metres - STEP_M * LEG_STEPS;
    streetRad = OptionalDouble.of(nowRad);
    // The direction of the new street is measured behind the corner.
    GeoPoint corner = steps.getLast();
    steps.clear();
    steps.addLast(corner);
    if (Double.isNaN(firstTurnM)) {
      firstTurnM = turnM;
      firstLegRad = nowRad;
    }
  }

  private static double difference(double oneRad, double otherRad) {
    return Math.abs(Math.IEEEremainder(oneRad - otherRad, 2 * Math.PI));
  }

  /** Returns the way since the first fix in metres. */
  double metres() {
    return metres;
  }

  /** Returns whether there was a turn. */
  boolean hasTurned() {
    return !Double.isNaN(turnM);
  }

  /** Returns the way at the last turn in metres. */
  double lastTurnM() {
    return turnM;
  }

  /** Returns the bearing of the street before the last turn in radians. */
  double bearingBeforeLastTurnRad() {
    return beforeRad;
  }

  /** Returns the way at the first turn in metres. */
  double firstTurnM() {
    return firstTurnM;
  }

  /** Returns the bearing of the street after the first turn in radians. */
  double bearingAfterFirstTurnRad() {
    return firstLegRad;
  }
}
