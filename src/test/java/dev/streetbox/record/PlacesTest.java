package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places = new Places();

  private void row(long second, Map<Quantity, Double> readings) {
    places.add(new Row(1, second, second * 1_000, Sample.of(readings)));
  }

  private void fix(long second, double lat) {
    row(second, Map.of(Quantity.LAT, lat, Quantity.LON, 116.3265191234));
  }

  @Test
  void thePlaceIsThatOfTheLastRowUpToATick() {
    fix(1, 40.1);
    fix(2, 40.2);
    fix(3, 40.3);
    assertEquals(Optional.empty(), places.before(999));
    assertEquals(Optional.of(new Places.Place(2_000, 40.2, 116.326519)), places.before(2_999));
  }

  @Test
  void withoutAFixTheLastPlaceStays() {
    fix(1, 40.1);
    for (int second = 2; second < 5_000; second++) {
      row(second, Map.of(Quantity.TEMPERATURE, 21.0));
    }
    assertEquals(1_000, places.before(5_000_000).orElseThrow().tickMs());
  }

  @Test
  void fifteenMinutesOfPlacesAreKept() {
    for (int second = 1; second <= 5_000; second++) {
      fix(second, 40);
    }
    assertEquals(Optional.empty(), places.before(4_100_000));
    assertEquals(4_101_000, places.before(4_101_000).orElseThrow().tickMs());
  }
}
