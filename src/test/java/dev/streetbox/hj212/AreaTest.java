package dev.streetbox.hj212;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Asks polygons, rectangles and cells for places. */
class AreaTest {
  /** Has the form of an L: the square from 0 to 2 without its upper right quarter. */
  private static final Area BENT = Area.parse("0,0 0,2 1,2 1,1 2,1 2,0");

  @Test
  void aPolygonHoldsItsInsideAndItsEdges() {
    for (String inside : List.of("0.5,0.5", "0.5,1.9", "1.9,0.5", "0,1", "1,1", "2,0", "1.5,1")) {
      assertTrue(contains(BENT, inside), inside);
    }
    for (String outside : List.of("1.5,1.5", "1.001,1.001", "-0.001,1", "0.5,2.001", "3,0.5")) {
      assertFalse(contains(BENT, outside), outside);
    }
  }

  @Test
  void aRectangleIsGivenByItsEdges() {
    assertEquals(Area.rectangle(40, 116, 41, 117), Area.parse("40,116,41,117"));
    assertTrue(contains(Area.parse("40,116,41,117"), "40,117"));
    assertFalse(contains(Area.parse("40,116,41,117"), "40.5,117.1"));
  }

  @Test
  void aCellIsThatOfTheMap() {
    Area cell = Area.cell(40.07, 116.32, 50);
    assertTrue(contains(cell, "40.07,116.32"));
    double lat = (Math.floor(40.07 * 111194.93 / 50) + 0.5) * 50 / 111194.93;
    double width = 50 / (111194.93 * Math.cos(Math.toRadians(lat)));
    double lon = (Math.floor(116.32 / width) + 0.5) * width;
    double half = 25 / 111194.93;
    assertTrue(contains(cell, (lat + 0.99 * half) + "," + lon));
    assertFalse(contains(cell, (lat + 1.01 * half) + "," + lon));
    assertTrue(contains(cell, lat + "," + (lon - 0.49 * width)));
    assertFalse(contains(cell, lat + "," + (lon - 0.51 * width)));
  }

  @Test
  void whatIsNoAreaIsRefused() {
    for (String wrong :
        List.of("", "1,2,3", "2,0,1,1", "1,1,2,1", "1,1 2,2", "1,1 2,x 3,3", "91,0 0,0 0,1")) {
      assertThrows(IllegalArgumentException.class, () -> Area.parse(wrong), wrong);
    }
    assertThrows(IllegalArgumentException.class, () -> Area.cell(40, 116, 0));
  }

  private static boolean contains(Area area, String place) {
    double[] numbers = Area.numbers(place, 2);
    return area.contains(numbers[0], numbers[1]);
  }
}
