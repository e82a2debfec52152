package dev.streetbox.measure;

import static dev.streetbox.measure.Mean.ARITHMETIC;
import static dev.streetbox.measure.Mean.CIRCULAR;
import static dev.streetbox.measure.Mean.ENERGY;
import static dev.streetbox.measure.Mean.LATEST;
import static dev.streetbox.measure.Mean.MAXIMUM;
import static dev.streetbox.measure.QuantityGroup.AIR;
import static dev.streetbox.measure.QuantityGroup.GAS;
import static dev.streetbox.measure.QuantityGroup.NOISE;
import static dev.streetbox.measure.QuantityGroup.PARTICLES;
import static dev.streetbox.measure.QuantityGroup.PLACE;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lists the quantities of a row with the key and unit of the contract, the group, the number of
 * decimals that are written, and the kind of mean. A row's fields have this order.
 */
public enum Quantity {
  LAT(PLACE, "lat", "°", 6, LATEST),
  LON(PLACE, "lon", "°", 6, LATEST),
  HACC(PLACE, "hacc_m", "m", 1, ARITHMETIC),
  ALT(PLACE, "alt_m", "m", 1, ARITHMETIC),
  SPEED(PLACE, "spd_mps", "m/s", 2, ARITHMETIC),
  COURSE(PLACE, "hdg_deg", "°", 0, CIRCULAR),
  PM1(PARTICLES, "pm1_ugm3", "µg/m³", 1, ARITHMETIC),
  PM2_5(PARTICLES, "pm25_ugm3", "µg/m³", 1, ARITHMETIC),
  PM4(PARTICLES, "pm4_ugm3", "µg/m³", 1, ARITHMETIC),
  PM10(PARTICLES, "pm10_ugm3", "µg/m³", 1, ARITHMETIC),
  /** The mass concentrations, corrected by a linear fit against a reference station. */
  PM1_CAL(PARTICLES, "pm1_cal_ugm3", "µg/m³", 1, ARITHMETIC),
  PM2_5_CAL(PARTICLES, "pm25_cal_ugm3", "µg/m³", 1, ARITHMETIC),
  PM10_CAL(PARTICLES, "pm10_cal_ugm3", "µg/m³", 1, ARITHMETIC),
  NC0_3(PARTICLES, "nc03_cm3", "1/cm³", 2, ARITHMETIC),
  NC0_5(PARTICLES, "nc05_cm3", "1/cm³", 2, ARITHMETIC),
  NC1(PARTICLES, "nc1_cm3", "1/cm³", 2, ARITHMETIC),
  NC2_5(PARTICLES, "nc25_cm3", "1/cm³", 2, ARITHMETIC),
  NC4(PARTICLES, "nc4_cm3", "1/cm³", 2, ARITHMETIC),
  NC5(PARTICLES, "nc5_cm3", "1/cm³", 2, ARITHMETIC),
  NC10(PARTICLES, "nc10_cm3", "1/cm³", 2, ARITHMETIC),
  PARTICLE_SIZE(PARTICLES, "psize_um", "µm", 3, ARITHMETIC),
  LAEQ(NOISE, "laeq_db", "dB", 1, ENERGY),
  LAFMAX(NOISE, "lafmax_db", "dB", 1, MAXIMUM),
  LCPEAK(NOISE, "lcpeak_db", "dB", 1, MAXIMUM),
  /**
   * Levels exceeded for 10, 50 and 90 % of the minute that ended with the row; present once a
   * minute.
   */
  L10(NOISE, "l10_db", "dB", 1, LATEST),
  L50(NOISE, "l50_db", "dB", 1, LATEST),
  L90(NOISE, "l90_db", "dB", 1, LATEST),
  /** The reading of a level indicator that averages decibels; not comparable with LAEQ. */
  LEVEL(NOISE, "level_db", "dB", 0, LATEST),
  VOC_INDEX(GAS, "voc_index", "", 0, ARITHMETIC),
  NOX_INDEX(GAS, "nox_index", "", 0, ARITHMETIC),
  VOC_RAW(GAS, "voc_raw", "ticks", 0, LATEST),
  NOX_RAW(GAS, "nox_raw", "ticks", 0, LATEST),
  H2S(GAS, "h2s_ppm", "ppm", 2, ARITHMETIC),
  NH3(GAS, "nh3_ppm", "ppm", 2, ARITHMETIC),
  H2S_CAL(GAS, "h2s_cal_ppm", "ppm", 2, ARITHMETIC),
  NH3_CAL(GAS, "nh3_cal_ppm", "ppm", 2, ARITHMETIC),
  OX_RESISTANCE(GAS, "ox_ohm", "Ω", 0, ARITHMETIC),
  RED_RESISTANCE(GAS, "red_ohm", "Ω", 0, ARITHMETIC),
  NH3_RESISTANCE(GAS, "nh3_ohm", "Ω", 0, ARITHMETIC),
  TEMPERATURE(AIR, "temp_c", "°C", 2, ARITHMETIC),
  HUMIDITY(AIR, "rh_pct", "%", 2, ARITHMETIC),
  PRESSURE(AIR, "press_hpa", "hPa", 2, ARITHMETIC);

  private static final Map<String, Quantity> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(Quantity::key, Function.identity()));

  private final String key;
  private final String unit;
  private final double scale;
  private final QuantityGroup group;
  private final Mean mean;

  Quantity(QuantityGroup group, String key, String unit, int decimals, Mean mean) {
    this.group = group;
    this.key = key;
    this.unit = unit;
    this.scale = Math.pow(10, decimals);
    this.mean = mean;
  }

  /** Returns the contract's name of the field, unit included, as {@code pm25_ugm3}. */
  public String key() {
    return key;
  }

  /** Returns the unit for display, as {@code µg/m³}; empty for an index. */
  public String unit() {
    return unit;
  }

  /** Returns the maximum number of decimals that are written. */
  public int decimals() {
    return (int) Math.round(Math.log10(scale));
  }

  /** Returns the group of quantities and flags that the quantity belongs to. */
  public QuantityGroup group() {
    return group;
  }

  /** Returns the kind of mean of several values. */
  public Mean mean() {
    return mean;
  }

  /** Returns a value rounded to this quantity's decimals. */
  public double rounded(double value) {
    return Math.rint(value * scale) / scale;
  }

  /**
   * Returns the value of one second from its readings, given in the order of measurement.
   *
   * @throws java.util.NoSuchElementException if there are no readings
   */
  public double reduce(Collection<Double> values) {
    return mean.of(values);
  }

  /** Returns the quantity of this one's corrected values, if a row has one. */
  public Optional<Quantity> corrected() {
    int unit = key.lastIndexOf('_');
    return unit < 0 ? Optional.empty() : of(key.substring(0, unit) + "_cal" + key.substring(unit));
  }

  /** Returns the quantity of a contract key, if there is one. */
  public static Optional<Quantity> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }
}
