package dev.streetbox.driver;

import static dev.streetbox.driver.PlantowerFrame.COUNTS_AT;
import static dev.streetbox.driver.PlantowerFrame.VERSION_AT;

import java.util.Optional;

/**
 * Recognises the model of a Plantower part by its frames and keeps it, because a single frame may
 * fit two models: the temperature and humidity of a PMS5003T in a dust storm are possible counts. A
 * last word that is no humidity makes the part a PMS5003 at once; any other model, and a change of
 * the model, needs three frames in agreement. A frame that fits several models neither confirms nor
 * breaks the agreement. For one thread.
 */
final class PlantowerRecognition {
  private static final int AGREEING_FRAMES = 3;

  /** Greatest version byte that is the high byte of a formaldehyde word: it ends at 2 mg/m³. */
  private static final int GREATEST_FORMALDEHYDE = 2000 >> 8;

  /** Plausible words of temperature, 0.1 °C, and humidity, 0.1 %, in any air of a street. */
  private static final int LEAST_TEMPERATURE = -400;

  private static final int GREATEST_TEMPERATURE = 850;
  private static final int LEAST_HUMIDITY = 10;
  private static final int GREATEST_HUMIDITY = 1000;

  private PlantowerModel known; // null before the model is known
  private PlantowerModel candidate; // null without one
  private int frames;

  /** Forgets the model, because another part may have been connected. */
  void reset() {
    known = null;
    candidate = null;
  }

  /** Returns the model, if it is known by this frame and those before it. */
  Optional<PlantowerModel> recognise(byte[] frame) {
    modelOf(frame).ifPresent(this::vote);
    return Optional.ofNullable(known);
  }

  private void vote(PlantowerModel model) {
    frames = model == candidate ? frames + 1 : 1;
    candidate = model;
    boolean isCertain =
        model == PlantowerModel.PMS5003ST || (model == PlantowerModel.PMS5003 && known == null);
    if (isCertain || frames >= AGREEING_FRAMES) {
      known = model;
    }
  }

  /** Returns the only model that a frame fits, if there is only one. */
  private static Optional<PlantowerModel> modelOf(byte[] frame) {
    if (frame.length == PlantowerFrame.LONG_LENGTH) {
      return Optional.of(PlantowerModel.PMS5003ST);
    }
    if (hasFormaldehyde(frame)) {
      return Optional.of(PlantowerModel.PMS5003S);
    }
    if (BigEndian.word(frame, COUNTS_AT) == 0) {
      return Optional.empty(); // a part that starts or is blind, with zeros in any word
    }
    int third = BigEndian.word(frame, COUNTS_AT + 6);
    int temperature = BigEndian.word(frame, COUNTS_AT + 8);
    int humidity = BigEndian.word(frame, COUNTS_AT + 10);
    boolean counts = third >= temperature && temperature >= humidity;
    boolean air =
        (short) temperature >= LEAST_TEMPERATURE
            && (short) temperature <= GREATEST_TEMPERATURE
            && humidity >= LEAST_HUMIDITY
            && humidity <= GREATEST_HUMIDITY;
    if (counts == air) {
      return Optional.empty();
    }
    return Optional.of(counts ? PlantowerModel.PMS5003 : PlantowerModel.PMS5003T);
  }

  /** Returns whether the frame has formaldehyde in the place of version and error code. */
  static boolean hasFormaldehyde(byte[] frame) {
    return frame.length == PlantowerFrame.LENGTH
        && Byte.toUnsignedInt(frame[VERSION_AT]) <= GREATEST_FORMALDEHYDE;
  }
}
