package dev.streetbox.compact;

import dev.streetbox.measure.Quantity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the measured fields of a row for compact batches. The numbers are part of the contract
 * ({@code deploy/contract/fields.json}): a new quantity is added at the end of the list, and none
 * is moved or removed.
 */
public final class FieldNumbers {
  private static final List<Quantity> BY_NUMBER =
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
          Quantity.PM1_CAL,
          Quantity.PM2_5_CAL,
          Quantity.PM10_CAL,
          Quantity.NC0_3,
          Quantity.NC0_5,
          Quantity.NC1,
          Quantity.NC2_5,
          Quantity.NC4,
          Quantity.NC5,
          Quantity.NC10,
          Quantity.PARTICLE_SIZE,
          Quantity.LAEQ,
          Quantity.LAFMAX,
          Quantity.LCPEAK,
          Quantity.L10,
          Quantity.L50,
          Quantity.L90,
          Quantity.LEVEL,
          Quantity.VOC_INDEX,
          Quantity.NOX_INDEX,
          Quantity.VOC_RAW,
          Quantity.NOX_RAW,
          Quantity.CO2,
          Quantity.H2S,
          Quantity.NH3,
          Quantity.CO,
          Quantity.NO2,
          Quantity.SO2,
          Quantity.O3,
          Quantity.CL2,
          Quantity.H2S_CAL,
          Quantity.NH3_CAL,
          Quantity.OX_RESISTANCE,
          Quantity.RED_RESISTANCE,
          Quantity.NH3_RESISTANCE,
          Quantity.TEMPERATURE,
          Quantity.HUMIDITY,
          Quantity.PRESSURE);

  private static final Map<Quantity, Integer> NUMBERS = new EnumMap<>(Quantity.class);

  static {
    for (int number = 0; number < BY_NUMBER.size(); number++) {
      NUMBERS.put(BY_NUMBER.get(number), number);
    }
  }

  private FieldNumbers() {}

  /** Returns the number of a quantity, from 0. */
  static int of(Quantity quantity) {
    return NUMBERS.get(quantity);
  }

  /** Returns all quantities by their numbers. */
  public static List<Quantity> all() {
    return BY_NUMBER;
  }
}
