package dev.streetbox.driver;

import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;

/**
 * Judges the raw signal of a gas pixel inside a SEN5x or SEN66, which gives the index beside it.
 */
final class PixelSignal {
  /** Word of a signal that the part does not know yet. */
  private static final int UNKNOWN = 0xFFFF;

  private PixelSignal() {}

  /**
   * Adds the signal, unless it is unknown. A signal that its {@link GasIndex} does not resolve
   * becomes GAS_FAULT instead, because only a broken pixel gives it and its index would be that of
   * usual air.
   *
   * @param ticks 0 to 65535
   * @return whether the pixel's index may be given
   */
  static boolean put(SampleBuilder builder, Gas gas, int ticks) {
    if (ticks == UNKNOWN) {
      return true;
    }
    if (!GasIndex.resolves(gas, ticks)) {
      builder.flagIf(true, Quality.GAS_FAULT);
      return false;
    }
    builder.put(gas == Gas.VOC ? Quantity.VOC_RAW : Quantity.NOX_RAW, ticks);
    return true;
  }
}
