package dev.streetbox.record;

import static dev.streetbox.record.SimulatedCourier.BLOCK_M;
import static dev.streetbox.record.SimulatedCourier.RADIUS_M;

import dev.streetbox.record.SimulatedCourier.End;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Attacks: each estimates the home from the visible ends of many rides. */
enum ZoneAttack {
  /** The place whose distances to the ends fit best; no row follows the last visible fix. */
  TIME_INSIDE("time from the last fix to the last row × speed"),
  /** The place from which the ends lie equally often in all directions. */
  BALANCE("balance of the directions of the ends"),
  BALANCE_INSIDE("balance, ends moved by the mean hidden way"),
  /** Intersects the streets of the ends, by least absolute distances. */
  HEADINGS("headings at the ends, intersected"),
  /** Finds the place near which most streets of the ends pass. */
  HEADING_DENSITY("headings at the ends, densest place"),
  /** Guesses the street that was turned into, by the mean hidden distance. */
  NEXT_STREET("streets behind the next turn, intersected"),
  NEXT_DENSITY("streets behind the next turn, densest"),
  /** Takes the street of each direction on which most rides end. */
  BUSIEST("busiest streets"),
  /** Fits a circle to the ends (Hassan et al. 2018). */
  CIRCLE("circle through the ends (Hassan et al.)"),
  /** Follows the street from each end by the zone's radius (Mink et al. 2022). */
  ONE_RADIUS("last point and road, 1 r (Mink et al.)"),
  TWO_RADII("last point and road, 2 r"),
  THREE_RADII("last point and road, 3 r"),
  BISECTORS("bisectors of the missing stretches"),
  DARKNESS("duration of the darkness");

  /** A line through a point (east, north) along a unit vector. */
  private record Line(double east, double north, double toEast, double toNorth) {
    double metres(double e, double n) {
      return Math.abs((e - east) * toNorth - (n - north) * toEast);
    }
  }

  final String title;

  ZoneAttack(String title) {
    this.title = title;
  }

  /** Returns by how many metres the attack misses the home. */
  double missM(List<End> ends) {
    double[] guess = guess(ends);
    return Math.hypot(guess[0], guess[1]);
  }

  private double[] guess(List<End> ends) {
    return switch (this) {
      case TIME_INSIDE -> mean(points(ends, 0));
      case BALANCE -> geometricMedian(points(ends, 0));
      case BALANCE_INSIDE -> geometricMedian(points(ends, 0.9));
      case HEADINGS -> nearest(lines(ends, 0, false));
      case HEADING_DENSITY -> densest(lines(ends, 0, false));
      case NEXT_STREET -> nearest(lines(ends, 0.9, true));
      case NEXT_DENSITY -> densest(lines(ends, 0.9, true));
      case BUSIEST -> busiest(ends);
      case CIRCLE -> circle(points(ends, 0));
      case ONE_RADIUS -> geometricMedian(points(ends, 1));
      case TWO_RADII -> geometricMedian(points(ends, 2));
      case THREE_RADII -> geometricMedian(points(ends, 3));
      case BISECTORS -> nearest(bisectors(ends));
      case DARKNESS -> darkness(ends);
    };
  }

  /** The ends moved along their streets towards the hidden side. */
  private static List<double[]> points(List<End> ends, double radii) {
    return ends.stream().map(end -> moved(end, radii * RADIUS_M)).toList();
  }

  private static double[] moved(End end, double metres) {
    double sign = end.leaving() ? -1 : 1;
    return new double[] {
      end.eastM() + sign * metres * Math.sin(end.courseRad()),
      end.northM() + sign * metres * Math.cos(end.courseRad())
    };
  }

  private static List<Line> lines(List<End> ends, double radii, boolean across) {
    List<Line> lines = new ArrayList<>();
    for (End end : ends) {
      double[] at = moved(end, radii * RADIUS_M);
      double e = Math.sin(end.courseRad());
      double n = Math.cos(end.courseRad());
      lines.add(across ? new Line(at[0], at[1], -n, e) : new Line(at[0], at[1], e, n));
    }
    return lines;
  }

  private static List<Line> bisectors(List<End> ends) {
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i < ends.size(); i++) {
      End in = ends.get(i - 1);
      End out = ends.get(i);
      double metres = Math.hypot(out.eastM() - in.eastM(), out.northM() - in.northM());
      if (!in.leaving() && out.leaving() && metres > 50) {
        lines.add(
            new Line(
                (in.eastM() + out.eastM()) / 2,
                (in.northM() + out.northM()) / 2,
                -(out.northM() - in.northM()) / metres,
                (out.eastM() - in.eastM()) / metres));
      }
    }
    return lines;
  }

  private static double[] mean(List<double[]> points) {
    return new double[] {
      points.stream().mapToDouble(p -> p[0]).average().orElseThrow(),
      points.stream().mapToDouble(p -> p[1]).average().orElseThrow()
    };
  }

  /** The point with the least sum of distances, by Weiszfeld's iteration. */
  private static double[] geometricMedian(List<double[]> points) {
    double[] guess = {0.1, 0.1};
    for (int step = 0; step < 60; step++) {
      double[] sums = new double[3];
      for (double[] p : points) {
        double weight = 1 / Math.max(1, Math.hypot(p[0] - guess[0], p[1] - guess[1]));
        sums[0] += weight * p[0];
        sums[1] += weight * p[1];
        sums[2] += weight;
      }
      guess = new double[] {sums[0] / sums[2], sums[1] / sums[2]};
    }
    return guess;
  }

  /** The point with the least sum of distances to lines, by reweighted least squares. */
  private static double[] nearest(List<Line> lines) {
    double[] guess = {0, 0};
    for (int step = 0; step < 40; step++) {
      double ee = 1e-9;
      double nn = 1e-9;
      double en = 0;
      double e = 0;
      double n = 0;
      for (Line line : lines) {
        double weight = step == 0 ? 1 : 1 / Math.max(5, line.metres(guess[0], guess[1]));
        double a = line.toNorth;
        double b = -line.toEast;
        double c = a * line.east + b * line.north;
        ee += weight * a * a;
        en += weight * a * b;
        nn += weight * b * b;
        e += weight * a * c;
        n += weight * b * c;
      }
      double det = ee * nn - en * en;
      guess = new double[] {(e * nn - n * en) / det, (n * ee - e * en) / det};
    }
    return guess;
  }

  private static double[] densest(List<Line> lines) {
    return best(
        1_500,
        25,
        at ->
            -lines.stream()
                .mapToDouble(line -> Math.exp(-Math.pow(line.metres(at[0], at[1]) / 40, 2)))
                .sum());
  }

  /** The point of a square around home with the least value. */
  private static double[] best(double halfM, double stepM, ToDoubleFunction<double[]> value) {
    double[] best = {halfM, halfM};
    double least = Double.POSITIVE_INFINITY;
    for (double e = -halfM; e <= halfM; e += stepM) {
      for (double n = -halfM; n <= halfM; n += stepM) {
        double[] at = {e + 7, n + 7};
        double now = value.applyAsDouble(at);
        if (now < least) {
          least = now;
          best = at;
        }
      }
    }
    return best;
  }

  private static double[] busiest(List<End> ends) {
    return new double[] {
      mode(ends.stream().filter(end -> Math.abs(Math.cos(end.courseRad())) > 0.7), End::eastM),
      mode(ends.stream().filter(end -> Math.abs(Math.sin(end.courseRad())) > 0.7), End::northM)
    };
  }

  private static double mode(Stream<End> ends, ToDoubleFunction<End> of) {
    double[] all = ends.mapToDouble(of).sorted().toArray();
    double best = 0;
    double most = 0;
    for (double at = -1_500; at < 1_500; at += 10) {
      double count = 0;
      for (double one : all) {
        count += Math.abs(one - at) < BLOCK_M ? 1 - Math.abs(one - at) / BLOCK_M : 0;
      }
      if (count > most) {
        most = count;
        best = at;
      }
    }
    return best;
  }

  /** The centre of the circle with the least squares of distances: Kåsa, then Gauss and Newton. */
  private static double[] circle(List<double[]> points) {
    double[] circle = {0, 0, 0};
    double[][] sums = new double[3][4];
    for (double[] p : points) {
      add(sums, new double[] {2 * p[0], 2 * p[1], 1}, p[0] * p[0] + p[1] * p[1]);
    }
    double[] kasa = solved(sums);
    circle[0] = kasa[0];
    circle[1] = kasa[1];
    circle[2] = Math.sqrt(Math.max(1, kasa[2] + kasa[0] * kasa[0] + kasa[1] * kasa[1]));
    for (int step = 0; step < 20; step++) {
      double[][] normal = new double[3][4];
      for (double[] p : points) {
        double metres = Math.max(1, Math.hypot(p[0] - circle[0], p[1] - circle[1]));
        double[] factors = {(p[0] - circle[0]) / metres, (p[1] - circle[1]) / metres, 1};
        add(normal, factors, metres - circle[2]);
      }
      double[] better = solved(normal);
      for (int i = 0; i < 3; i++) {
        circle[i] += better[i];
      }
    }
    return circle;
  }

  private static void add(double[][] sums, double[] factors, double result) {
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        sums[row][column] += factors[row] * factors[column];
      }
      sums[row][row] += 1e-9;
      sums[row][3] += factors[row] * result;
    }
  }

  private static double[] solved(double[][] equations) {
    for (int pivot = 0; pivot < 3; pivot++) {
      for (int row = 0; row < 3; row++) {
        double factor = equations[row][pivot] / equations[pivot][pivot];
        for (int column = pivot; row != pivot && column < 4; column++) {
          equations[row][column] -= factor * equations[pivot][column];
        }
      }
    }
    double[] result = new double[3];
    for (int i = 0; i < 3; i++) {
      result[i] = equations[i][3] / equations[i][i];
    }
    return result;
  }

  /** Of the shortest darknesses, the way from end to home to end takes the time but for a stay. */
  private static double[] darkness(List<End> ends) {
    record Dark(End in, End out) {
      double seconds() {
        return out.seconds() - in.seconds();
      }
    }
    List<Dark> all = new ArrayList<>();
    for (int i = 1; i < ends.size(); i++) {
      if (!ends.get(i - 1).leaving() && ends.get(i).leaving()) {
        all.add(new Dark(ends.get(i - 1), ends.get(i)));
      }
    }
    all.sort(Comparator.comparingDouble(Dark::seconds));
    List<Dark> shortest = all.subList(0, Math.max(Math.min(4, all.size()), all.size() / 10));
    return best(
        1_500,
        50,
        at -> {
          double[] rest =
              shortest.stream()
                  .mapToDouble(
                      d -> d.seconds() - (manhattan(d.in(), at) + manhattan(d.out(), at)) / 4.5)
                  .sorted()
                  .toArray();
          double median = rest.length == 0 ? 0 : rest[rest.length / 2];
          double sum = 0;
          for (double one : rest) {
            sum += Math.abs(one - median);
          }
          return sum;
        });
  }

  private static double manhattan(End end, double[] at) {
    return Math.abs(end.eastM() - at[0]) + Math.abs(end.northM() - at[1]);
  }
}
