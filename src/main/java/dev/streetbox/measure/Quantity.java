package dev.streetbox.measure;

import static dev.streetbox.measure.Reduction.ENERGY_MEAN;
import static dev.streetbox.measure.Reduction.LATEST;
import static dev.streetbox.measure.Reduction.MAXIMUM;
import static dev.streetbox.measure.Reduction.MEAN;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a row can carry: the key and unit fixed by the contract, the decimals that a value is
 * written with, and how the readings of one second are reduced. The order is that of a row's
 * fields.
 */
public enum Quantity {
  LAT("lat", "°", 6, LATEST),
  LON("lon", "°", 6, LATEST),
  HACC("hacc_m", "m", 1, LATEST),
  ALT("alt_m", "m", 1, LATEST),
  SPEED("spd_mps", "m/s", 2, LATEST),
  COURSE("hdg_deg", "°", 0, LATEST),
  PM1("pm1_ugm3", "µg/m³", 1, MEAN),
  PM2_5("pm25_ugm3", "µg/m³", 1, MEAN),
  PM4("pm4_ugm3", "µg/m³", 1, MEAN),
  PM10("pm10_ugm3", "µg/m³", 1, MEAN),
  /** The masses again, corrected by a line that hours beside a reference station gave. */
  PM1_CAL("pm1_cal_ugm3", "µg/m³", 1, MEAN),
  PM2_5_CAL("pm25_cal_ugm3", "µg/m³", 1, MEAN),
  PM10_CAL("pm10_cal_ugm3", "µg/m³", 1, MEAN),
  NC0_3("nc03_cm3", "1/cm³", 2, MEAN),
  NC0_5("nc05_cm3", "1/cm³", 2, MEAN),
  NC1("nc1_cm3", "1/cm³", 2, MEAN),
  NC2_5("nc25_cm3", "1/cm³", 2, MEAN),
  NC4("nc4_cm3", "1/cm³", 2, MEAN),
  NC5("nc5_cm3", "1/cm³", 2, MEAN),
  NC10("nc10_cm3", "1/cm³", 2, MEAN),
  PARTICLE_SIZE("psize_um", "µm", 3, MEAN),
  LAEQ("laeq_db", "dB", 1, ENERGY_MEAN),
  LAFMAX("lafmax_db", "dB", 1, MAXIMUM),
  LCPEAK("lcpeak_db", "dB", 1, MAXIMUM),
  /** Levels exceeded for 10, 50 and 90 % of the minute that ended with the row; once a minute. */
  L10("l10_db", "dB", 1, LATEST),
  L50("l50_db", "dB", 1, LATEST),
  L90("l90_db", "dB", 1, LATEST),
  /** What an indicator shows that averages decibels: not comparable with LAEQ. */
  LEVEL("level_db", "dB", 0, LATEST),
  VOC_INDEX("voc_index", "", 0, LATEST),
  NOX_INDEX("nox_index", "", 0, LATEST),
  VOC_RAW("voc_raw", "ticks", 0, LATEST),
  NOX_RAW("nox_raw", "ticks", 0, LATEST),
  H2S("h2s_ppm", "ppm", 2, MEAN),
  NH3("nh3_ppm", "ppm", 2, MEAN),
  H2S_CAL("h2s_cal_ppm", "ppm", 2, MEAN),
  NH3_CAL("nh3_cal_ppm", "ppm", 2, MEAN),
  OX_RESISTANCE("ox_ohm", "Ω", 0, MEAN),
  RED_RESISTANCE("red_ohm", "Ω", 0, MEAN),
  NH3_RESISTANCE("nh3_ohm", "Ω", 0, MEAN),
  TEMPERATURE("temp_c", "°C", 2, MEAN),
  HUMIDITY("rh_pct", "%", 2, MEAN),
  PRESSURE("press_hpa", "hPa", 2, MEAN);

  private static final Map<String, Quantity> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(Quantity::key, Function.identity()));

  private final String key;
  private final String unit;
  private final double scale;
  private final Reduction reduction;

  Quantity(String key, String unit, int decimals, Reduction reduction) {
    this.key = key;
    this.unit = unit;
    this.scale = Math.pow(10, decimals);
    this.reduction = reduction;
  }

  /** The contract's name of the field, unit included, as {@code pm25_ugm3}. */
  public String key() {
    return key;
  }

  /** The unit for people, as {@code µg/m³}; empty for an index. */
  public String unit() {
    return unit;
  }

  /** How many decimals a value is written with at most. */
  public int decimals() {
    return (int) Math.round(Math.log10(scale));
  }

  /** The nearest value that this quantity's decimals can write. */
  public double rounded(double value) {
    return Math.rint(value * scale) / scale;
  }

  /**
   * The value of one second from its readings, in the order read.
   *
   * @throws java.util.NoSuchElementException if there are none
   */
  public double reduce(Collection<Double> values) {
    return reduction.combine(values);
  }

  /** What a row calls the corrected value of this one, if it has a field for it. */
  public Optional<Quantity> corrected() {
    int unit = key.lastIndexOf('_');
    return unit < 0 ? Optional.empty() : of(key.substring(0, unit) + "_cal" + key.substring(unit));
  }

  /** The quantity of a contract key, if there is one. */
  public static Optional<Quantity> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }
}
