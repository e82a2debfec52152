package dev.streetbox;

import dev.streetbox.measure.Quantity;
import java.nio.file.Path;
import java.util.List;

/**
 * Fills a store with days of rows, one boot of 24 hours a day. {@code src/bench/commands} runs the
 * class.
 */
public final class StoredDays {
  private static final int ROWS_A_DAY = 86_400;

  private static final List<Quantity> MEASURED =
      List.of(
          Quantity.LAT,
          Quantity.LON,
          Quantity.HACC,
          Quantity.ALT,
          Quantity.SPEED,
          Quantity.COURSE,
          Quantity.PM1,
          Quantity.PM2_5,
          Quantity.PM4,
          Quantity.PM10,
          Quantity.NC0_5,
          Quantity.NC1,
          Quantity.NC2_5,
          Quantity.NC4,
          Quantity.NC10,
          Quantity.PARTICLE_SIZE,
          Quantity.LAEQ,
          Quantity.LAFMAX,
          Quantity.VOC_INDEX,
          Quantity.NOX_INDEX,
          Quantity.H2S,
          Quantity.TEMPERATURE,
          Quantity.HUMIDITY);

  private StoredDays() {}

  /**
   * Fills one store.
   *
   * @param args the data folder, the number of days, and the start of the first day, ms since 1970
   */
  public static void main(String[] args) {
    StoredRows rows = new StoredRows(MEASURED, 0.001);
    long startMs = Long.parseLong(args[2]);
    for (int day = 0; day < Integer.parseInt(args[1]); day++) {
      rows.add(Path.of(args[0]), startMs + day * ROWS_A_DAY * 1000L, ROWS_A_DAY);
    }
  }
}
