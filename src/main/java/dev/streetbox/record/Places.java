package dev.streetbox.record;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Row;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Keeps the places of the last rows that have one, so that a report that is made or published later
 * than its press has the place of the press. Every row has passed the privacy zones. Safe for every
 * thread.
 */
public final class Places {
  /** Fifteen minutes of rows, longer than a second waits near a privacy zone. */
  private static final int CAPACITY = 900;

  /**
   * Holds a place.
   *
   * @param tickMs the row's second, in ms of the boot
   * @param lat degrees of WGS-84, with the resolution of a row
   * @param lon degrees of WGS-84, with the resolution of a row
   */
  public record Place(long tickMs, double lat, double lon) {}

  private final Deque<Place> places = new ArrayDeque<>();

  Places() {}

  synchronized void add(Row row) {
    Double lat = row.readings().get(Quantity.LAT);
    Double lon = row.readings().get(Quantity.LON);
    if (lat == null || lon == null) {
      return;
    }
    places.addLast(new Place(row.tickMs(), Quantity.LAT.rounded(lat), Quantity.LON.rounded(lon)));
    if (places.size() > CAPACITY) {
      places.removeFirst();
    }
  }

  /** Returns the last place up to a tick in ms of the boot, however old it is. */
  public synchronized Optional<Place> before(long tickMs) {
    for (Iterator<Place> newestFirst = places.descendingIterator(); newestFirst.hasNext(); ) {
      Place place = newestFirst.next();
      if (place.tickMs() <= tickMs) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }
}
