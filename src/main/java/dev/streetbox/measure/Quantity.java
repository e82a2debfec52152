package dev.streetbox.measure;

import static dev.streetbox.measure.Mean.ARITHMETIC;
import static dev.streetbox.measure.Mean.CIRCULAR;
import static dev.streetbox.measure.Mean.ENERGY;
import static dev.streetbox.measure.Mean.LATEST;
import static dev.streetbox.measure.Mean.MAXIMUM;
import static dev.streetbox.measure.Prominence.DETAIL;
import static dev.streetbox.measure.Prominence.MAIN;
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
 * Lists the quantities of a row with the group, key and unit of the contract, the label for
 * display, the number of decimals that are written, the kind of mean, the prominence on a screen,
 * and the least and the greatest value. A row's fields have this order.
 */
public enum Quantity {
  LAT(PLACE, "lat", "latitude", "°", 6, LATEST, MAIN, -90, 90),
  LON(PLACE, "lon", "longitude", "°", 6, LATEST, MAIN, -180, 180),
  HACC(PLACE, "hacc_m", "accuracy", "m", 1, ARITHMETIC, DETAIL, 0, 100_000),
  ALT(PLACE, "alt_m", "height", "m", 1, ARITHMETIC, DETAIL, -500, 9_000),
  SPEED(PLACE, "spd_mps", "speed", "m/s", 2, ARITHMETIC, MAIN, 0, 100),
  COURSE(PLACE, "hdg_deg", "course", "°", 0, CIRCULAR, DETAIL, 0, 359),
  PM1(PARTICLES, "pm1_ugm3", "PM1", "µg/m³", 1, ARITHMETIC, MAIN, 0, 1_000),
  PM2_5(PARTICLES, "pm25_ugm3", "PM2.5", "µg/m³", 1, ARITHMETIC, MAIN, 0, 1_000),
  PM4(PARTICLES, "pm4_ugm3", "PM4", "µg/m³", 1, ARITHMETIC, MAIN, 0, 1_000),
  PM10(PARTICLES, "pm10_ugm3", "PM10", "µg/m³", 1, ARITHMETIC, MAIN, 0, 1_000),
  /** The mass concentrations, corrected by a linear fit against a reference station. */
  PM1_CAL(PARTICLES, "pm1_cal_ugm3", "PM1 corr.", "µg/m³", 1, ARITHMETIC, DETAIL, 0, 10_000),
  PM2_5_CAL(PARTICLES, "pm25_cal_ugm3", "PM2.5 corr.", "µg/m³", 1, ARITHMETIC, MAIN, 0, 10_000),
  PM10_CAL(PARTICLES, "pm10_cal_ugm3", "PM10 corr.", "µg/m³", 1, ARITHMETIC, DETAIL, 0, 10_000),
  NC0_3(PARTICLES, "nc03_cm3", "count 0.3 µm", "1/cm³", 2, ARITHMETIC, DETAIL, 0, 3_000),
  NC0_5(PARTICLES, "nc05_cm3", "count 0.5 µm", "1/cm³", 2, ARITHMETIC, DETAIL, 0, 3_000),
  NC1(PARTICLES, "nc1_cm3", "count 1 µm", "1/cm³", 2, ARITHMETIC, DETAIL, 0, 3_000),
  NC2_5(PARTICLES, "nc25_cm3", "count 2.5 µm", "1/cm³", 2, ARITHMETIC, DETAIL, 0, 3_000),
  NC4(PARTICLES, "nc4_cm3", "count 4 µm", "1/cm³", 2, ARITHMETIC, DETAIL, 0, 3_000),
  NC5(PARTICLES, "nc5_cm3", "count 5 µm", "1/cm³", 2, ARITHMETIC, DETAIL, 0, 3_000),
  NC10(PARTICLES, "nc10_cm3", "count 10 µm", "1/cm³", 2, ARITHMETIC, DETAIL, 0, 3_000),
  PARTICLE_SIZE(PARTICLES, "psize_um", "typical size", "µm", 3, ARITHMETIC, DETAIL, 0, 10),
  LAEQ(NOISE, "laeq_db", "LAeq", "dB", 1, ENERGY, MAIN, 0, 140),
  LAFMAX(NOISE, "lafmax_db", "LAFmax", "dB", 1, MAXIMUM, MAIN, 0, 140),
  LCPEAK(NOISE, "lcpeak_db", "LCpeak", "dB", 1, MAXIMUM, MAIN, 0, 150),
  /**
   * Levels exceeded for 10, 50 and 90 % of the minute that ended with the row; present once a
   * minute.
   */
  L10(NOISE, "l10_db", "L10", "dB", 1, LATEST, DETAIL, 0, 140),
  L50(NOISE, "l50_db", "L50", "dB", 1, LATEST, DETAIL, 0, 140),
  L90(NOISE, "l90_db", "L90", "dB", 1, LATEST, DETAIL, 0, 140),
  /** The reading of a level indicator that averages decibels; not comparable with LAEQ. */
  LEVEL(NOISE, "level_db", "level, no LAeq", "dB", 0, LATEST, MAIN, 35, 120),
  VOC_INDEX(GAS, "voc_index", "VOC index", "", 0, ARITHMETIC, MAIN, 1, 500),
  NOX_INDEX(GAS, "nox_index", "NOx index", "", 0, ARITHMETIC, MAIN, 1, 500),
  VOC_RAW(GAS, "voc_raw", "VOC raw", "ticks", 0, LATEST, DETAIL, 1, 65_534),
  NOX_RAW(GAS, "nox_raw", "NOx raw", "ticks", 0, LATEST, DETAIL, 1, 65_534),
  CO2(GAS, "co2_ppm", "CO₂", "ppm", 0, ARITHMETIC, MAIN, 0, 40_000),
  H2S(GAS, "h2s_ppm", "H₂S", "ppm", 2, ARITHMETIC, MAIN, 0, 100),
  NH3(GAS, "nh3_ppm", "NH₃", "ppm", 2, ARITHMETIC, MAIN, 0, 100),
  CO(GAS, "co_ppm", "CO", "ppm", 2, ARITHMETIC, MAIN, 0, 1_000),
  NO2(GAS, "no2_ppm", "NO₂", "ppm", 2, ARITHMETIC, MAIN, 0, 20),
  SO2(GAS, "so2_ppm", "SO₂", "ppm", 2, ARITHMETIC, MAIN, 0, 20),
  O3(GAS, "o3_ppm", "O₃", "ppm", 2, ARITHMETIC, MAIN, 0, 20),
  CL2(GAS, "cl2_ppm", "Cl₂", "ppm", 2, ARITHMETIC, MAIN, 0, 10),
  H2S_CAL(GAS, "h2s_cal_ppm", "H₂S corr.", "ppm", 2, ARITHMETIC, DETAIL, 0, 1_000),
  NH3_CAL(GAS, "nh3_cal_ppm", "NH₃ corr.", "ppm", 2, ARITHMETIC, DETAIL, 0, 1_000),
  OX_RESISTANCE(GAS, "ox_ohm", "oxidising", "Ω", 0, ARITHMETIC, MAIN, 80, 5_000_000),
  RED_RESISTANCE(GAS, "red_ohm", "reducing", "Ω", 0, ARITHMETIC, MAIN, 80, 5_000_000),
  NH3_RESISTANCE(GAS, "nh3_ohm", "NH₃ layer", "Ω", 0, ARITHMETIC, MAIN, 80, 5_000_000),
  TEMPERATURE(AIR, "temp_c", "temperature", "°C", 2, ARITHMETIC, MAIN, -40, 125),
  HUMIDITY(AIR, "rh_pct", "humidity", "%", 2, ARITHMETIC, MAIN, 0, 100),
  PRESSURE(AIR, "press_hpa", "pressure", "hPa", 2, ARITHMETIC, MAIN, 300, 1_100);

  private static final Map<String, Quantity> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(Quantity::key, Function.identity()));

  private final String key;
  private final String label;
  private final String unit;
  private final int decimals;
  private final double scale;
  private final QuantityGroup group;
  private final Mean mean;
  private final Prominence prominence;
  private final double least;
  private final double greatest;

  Quantity(
      QuantityGroup group,
      String key,
      String label,
      String unit,
      int decimals,
      Mean mean,
      Prominence prominence,
      double least,
      double greatest) {
    this.group = group;
    this.key = key;
    this.label = label;
    this.unit = unit;
    this.decimals = decimals;
    this.scale = Math.pow(10, decimals);
    this.mean = mean;
    this.prominence = prominence;
    this.least = least;
    this.greatest = greatest;
  }

  /** Returns the contract's name of the field, unit included, as {@code pm25_ugm3}. */
  public String key() {
    return key;
  }

  /** Returns the label for display, without unit: at most 14 characters. */
  public String label() {
    return label;
  }

  /** Returns whether a small screen leaves the quantity out. */
  public boolean isDetail() {
    return prominence == DETAIL;
  }

  /** Returns a value with label and unit for display, as {@code temperature 21.4 °C}. */
  public String inWords(String value) {
    return (label + " " + value + " " + unit).strip();
  }

  /** Returns the unit for display, as {@code µg/m³}; empty for an index. */
  public String unit() {
    return unit;
  }

  /** Returns the maximum number of decimals that are written. */
  public int decimals() {
    return decimals;
  }

  /** Returns the group of quantities and flags that the quantity belongs to. */
  public QuantityGroup group() {
    return group;
  }

  /** Returns the kind of mean of several values. */
  public Mean mean() {
    return mean;
  }

  /**
   * Returns a value rounded to this quantity's decimals; a direction that would be rounded to 360
   * degrees is 0.
   */
  public double rounded(double value) {
    return units(value) / scale;
  }

  /** Returns a value as the nearest number of units of the last decimal. */
  double units(double value) {
    double units = Math.rint(value * scale);
    return mean == CIRCULAR && units == 360 * scale ? 0 : units;
  }

  /** Returns the least value that a row may have, by the ranges of all parts that measure it. */
  public double least() {
    return least;
  }

  /** Returns the greatest value that a row may have. */
  public double greatest() {
    return greatest;
  }

  /** Returns whether a row may have the value; NaN is in no range. */
  public boolean isInRange(double value) {
    return value >= least && value <= greatest;
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
