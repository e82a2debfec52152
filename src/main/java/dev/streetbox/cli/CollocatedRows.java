package dev.streetbox.cli;

import dev.streetbox.calibrate.Collocation;
import dev.streetbox.calibrate.HourlyMeans;
import dev.streetbox.calibrate.Reference;
import dev.streetbox.measure.Quantity;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Reads the store's rows of the time beside a reference station. */
final class CollocatedRows {
  private final Collocation span;

  CollocatedRows(Collocation span) {
    this.span = span;
  }

  /**
   * Returns the hourly means of each quantity that the station measures. Rows with an estimated
   * time are left out, because their hour is not certain.
   *
   * @throws IOException if the store cannot be read
   */
  Map<Quantity, HourlyMeans> hours(StoreView view, Reference reference) throws IOException {
    Map<Quantity, HourlyMeans> hours = new EnumMap<>(Quantity.class);
    reference.hours().keySet().forEach(quantity -> hours.put(quantity, new HourlyMeans(quantity)));
    view.eachPage(
        span.from(),
        span.to(),
        (page, timeline) -> {
          if (!timeline.isEstimate()) {
            // A row holds the second that ends at its time, so 09:00:00 belongs to the hour before.
            page.forEach(
                row ->
                    hours
                        .values()
                        .forEach(hour -> hour.add(timeline.utcMs(row.tickMs()) - 1, row.sample())));
          }
        });
    return hours;
  }
}
