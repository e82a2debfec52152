package dev.streetbox.screen;

import dev.streetbox.measure.Quantity;

/** Names quantities for people, in at most 14 characters. */
public final class Label {
  private Label() {}

  /** Returns the quantity's name, without its unit. */
  public static String of(Quantity quantity) {
    return switch (quantity) {
      case LAT -> "latitude";
      case LON -> "longitude";
      case HACC -> "accuracy";
      case ALT -> "height";
      case SPEED -> "speed";
      case COURSE -> "course";
      case PM1 -> "PM1";
      case PM2_5 -> "PM2.5";
      case PM4 -> "PM4";
      case PM10 -> "PM10";
      case PM1_CAL -> "PM1 corr.";
      case PM2_5_CAL -> "PM2.5 corr.";
      case PM10_CAL -> "PM10 corr.";
      case NC0_3 -> "count 0.3 µm";
      case NC0_5 -> "count 0.5 µm";
      case NC1 -> "count 1 µm";
      case NC2_5 -> "count 2.5 µm";
      case NC4 -> "count 4 µm";
      case NC5 -> "count 5 µm";
      case NC10 -> "count 10 µm";
      case PARTICLE_SIZE -> "typical size";
      case LAEQ -> "LAeq";
      case LAFMAX -> "LAFmax";
      case LCPEAK -> "LCpeak";
      case L10 -> "L10";
      case L50 -> "L50";
      case L90 -> "L90";
      case LEVEL -> "level, no LAeq";
      case VOC_INDEX -> "VOC index";
      case NOX_INDEX -> "NOx index";
      case VOC_RAW -> "VOC raw";
      case NOX_RAW -> "NOx raw";
      case H2S -> "H₂S";
      case NH3 -> "NH₃";
      case H2S_CAL -> "H₂S corr.";
      case NH3_CAL -> "NH₃ corr.";
      case OX_RESISTANCE -> "oxidising";
      case RED_RESISTANCE -> "reducing";
      case NH3_RESISTANCE -> "NH₃ layer";
      case TEMPERATURE -> "temperature";
      case HUMIDITY -> "humidity";
      case PRESSURE -> "pressure";
    };
  }

  /** Returns true for a quantity that a small window leaves out before the others. */
  public static boolean isDetail(Quantity quantity) {
    return switch (quantity) {
      case PM1_CAL, PM10_CAL, H2S_CAL, NH3_CAL, L10, L50, L90 -> true;
      case NC0_3, NC0_5, NC1, NC2_5, NC4, NC5, NC10, PARTICLE_SIZE, VOC_RAW, NOX_RAW -> true;
      case HACC, ALT, COURSE -> true;
      case LAT, LON, SPEED, PM1, PM2_5, PM4, PM10, PM2_5_CAL -> false;
      case LAEQ, LAFMAX, LCPEAK, LEVEL, VOC_INDEX, NOX_INDEX, H2S, NH3 -> false;
      case OX_RESISTANCE, RED_RESISTANCE, NH3_RESISTANCE -> false;
      case TEMPERATURE, HUMIDITY, PRESSURE -> false;
    };
  }
}
