package dev.streetbox.simulate;

import java.util.List;

/**
 * Holds a closed route through Huilongguan in Beijing: street corners with the courier's stop at
 * each, joined by straight legs, the last corner to the first. Distances are along the route, in
 * metres from the first corner. Immutable.
 */
final class Route {
  /** Lists the reasons to stop at a corner. */
  enum Halt {
    NONE,
    LIGHT,
    DELIVERY
  }

  private record Corner(double latDeg, double lonDeg, Halt halt) {}

  /** Corners in degrees of WGS-84. */
  private static final List<Corner> CORNERS =
      List.of(
          new Corner(40.07000, 116.32650, Halt.DELIVERY), // the couriers' station
          new Corner(40.07010, 116.33010, Halt.LIGHT),
          new Corner(40.07020, 116.33390, Halt.LIGHT),
          new Corner(40.07330, 116.33400, Halt.DELIVERY),
          new Corner(40.07590, 116.33410, Halt.LIGHT),
          new Corner(40.07610, 116.33900, Halt.NONE), // the main road east
          new Corner(40.07630, 116.34420, Halt.LIGHT),
          new Corner(40.07980, 116.34400, Halt.DELIVERY),
          new Corner(40.08310, 116.34380, Halt.LIGHT),
          new Corner(40.08300, 116.33850, Halt.NONE), // the barbecue stalls
          new Corner(40.08290, 116.33340, Halt.DELIVERY),
          new Corner(40.08280, 116.32790, Halt.LIGHT),
          new Corner(40.07950, 116.32770, Halt.NONE), // under the railway
          new Corner(40.07640, 116.32750, Halt.LIGHT),
          new Corner(40.07630, 116.32200, Halt.DELIVERY),
          new Corner(40.07620, 116.31640, Halt.LIGHT),
          new Corner(40.07990, 116.31600, Halt.NONE), // the waste station
          new Corner(40.08250, 116.31580, Halt.DELIVERY),
          new Corner(40.08240, 116.31090, Halt.LIGHT),
          new Corner(40.07890, 116.31060, Halt.NONE),
          new Corner(40.07540, 116.31030, Halt.LIGHT),
          new Corner(40.07180, 116.31010, Halt.DELIVERY),
          new Corner(40.06830, 116.31000, Halt.LIGHT),
          new Corner(40.06840, 116.31480, Halt.NONE),
          new Corner(40.06850, 116.31950, Halt.LIGHT),
          new Corner(40.06560, 116.31970, Halt.DELIVERY),
          new Corner(40.06260, 116.31990, Halt.LIGHT),
          new Corner(40.06270, 116.32430, Halt.DELIVERY),
          new Corner(40.06280, 116.32780, Halt.NONE),
          new Corner(40.06630, 116.32740, Halt.LIGHT));

  static final int MAIN_ROAD = 5;
  static final int BARBECUE = 9;
  static final int BRIDGE = 12;
  static final int WASTE_STATION = 16;

  private static final double METRES_PER_DEGREE = 111_320;
  private static final double METRES_PER_DEGREE_EAST =
      METRES_PER_DEGREE * Math.cos(Math.toRadians(40.07));

  private final double[] metres = new double[CORNERS.size() + 1];

  /** Makes the route. */
  Route() {
    for (int i = 0; i < CORNERS.size(); i++) {
      metres[i + 1] = metres[i] + Math.hypot(northM(i), eastM(i));
    }
  }

  /** Returns the number of corners. */
  int corners() {
    return CORNERS.size();
  }

  /** Returns the distance of a corner; the corner after the last is the first, one lap later. */
  double metresTo(int corner) {
    return metres[corner];
  }

  /** Returns the length of one lap in metres. */
  double length() {
    return metres[CORNERS.size()];
  }

  /** Returns the stop at a corner. */
  Halt halt(int corner) {
    return CORNERS.get(corner % CORNERS.size()).halt();
  }

  /** Returns the latitude at a distance, WGS-84. */
  double latDeg(double atM) {
    int leg = leg(atM);
    return CORNERS.get(leg).latDeg() + share(leg, atM) * northM(leg) / METRES_PER_DEGREE;
  }

  /** Returns the longitude at a distance, WGS-84. */
  double lonDeg(double atM) {
    int leg = leg(atM);
    return CORNERS.get(leg).lonDeg() + share(leg, atM) * eastM(leg) / METRES_PER_DEGREE_EAST;
  }

  /** Returns the direction of the street, 0 to 360°, true. */
  double courseDeg(double atM) {
    int leg = leg(atM);
    return (Math.toDegrees(Math.atan2(eastM(leg), northM(leg))) + 360) % 360;
  }

  /** Returns the proximity of a corner: 1 at the corner, falling smoothly to 0 at the reach. */
  double near(int corner, double reachM, double atM) {
    double apartM = Math.abs(atM - metres[corner]);
    double share = Math.min(apartM, length() - apartM) / reachM;
    return share >= 1 ? 0 : (1 + Math.cos(Math.PI * share)) / 2;
  }

  private int leg(double atM) {
    int leg = 0;
    while (leg + 1 < CORNERS.size() && metres[leg + 1] <= atM) {
      leg++;
    }
    return leg;
  }

  private double share(int leg, double atM) {
    return (atM - metres[leg]) / (metres[leg + 1] - metres[leg]);
  }

  private static double northM(int leg) {
    return (next(leg).latDeg() - CORNERS.get(leg).latDeg()) * METRES_PER_DEGREE;
  }

  private static double eastM(int leg) {
    return (next(leg).lonDeg() - CORNERS.get(leg).lonDeg()) * METRES_PER_DEGREE_EAST;
  }

  private static Corner next(int leg) {
    return CORNERS.get((leg + 1) % CORNERS.size());
  }
}
