package dev.streetbox.driver;

import static dev.streetbox.driver.PlantowerFrame.CF1_AT;
import static dev.streetbox.driver.PlantowerFrame.COUNTS_AT;
import static dev.streetbox.driver.PlantowerFrame.MASS_AT;
import static dev.streetbox.driver.PlantowerFrame.VERSION_AT;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes the frames of the measuring cell that all Plantower parts share, and flags implausible
 * ones. Gives the atmospheric masses (not "CF=1") and the number concentrations above each size,
 * 1/cm³; of a PMS5003T or PMS5003ST temperature and humidity too. Formaldehyde is omitted.
 *
 * <p>Flags: PM_WARMUP for 30 s from the first frame or from a restart, and while the frames are all
 * zero; PM_FAULT, without readings, if the error code is set, a value is beyond its range, masses
 * or counts contradict each other, or the count of particles is 0; PM_STUCK; OUT_OF_RANGE. While
 * the model is not known, the two words that are counts of one model and temperature and humidity
 * of another are omitted. For one thread.
 */
final class PlantowerCell {
  /**
   * Greatest mass, µg/m³: the maximum range is 1000 or more (manual V2.3, table 1); Linux clamps
   * there too.
   */
  private static final double GREATEST_MASS = 1000;

  /** Greatest count, 1/cm³; a word of 65535 is a saturated counter. */
  private static final double GREATEST_COUNT = 655.34;

  /** Difference of two masses that rounding each to 1 µg/m³ can cause. */
  private static final double ROUNDING = 1;

  /** Time from switching the fan on to good values (manual V2.3, "Circuit attentions"). */
  private static final long WARM_UP_MS = 30_000;

  /** Limit of twelve unchanged counts and masses, which no air with dust reaches. */
  private static final Duration FROZEN = Duration.ofMinutes(5);

  private static final List<Quantity> MASSES = List.of(Quantity.PM1, Quantity.PM2_5, Quantity.PM10);
  private static final List<Quantity> COUNTS =
      List.of(
          Quantity.NC0_3,
          Quantity.NC0_5,
          Quantity.NC1,
          Quantity.NC2_5,
          Quantity.NC5,
          Quantity.NC10);

  private final Optional<PlantowerModel> configured;
  private final PlantowerRecognition recognition = new PlantowerRecognition();
  private final StuckDetector stuck = new StuckDetector(FROZEN);
  private boolean warmUpPending;
  private long warmUntilTickMs;
  private String cause = "";

  /** Creates a cell of that model; of one that its frames must show if it is empty. */
  PlantowerCell(Optional<PlantowerModel> configured) {
    this.configured = configured;
  }

  /** Forgets the recognised model, because another part may have been connected. */
  void forgetModel() {
    recognition.reset();
  }

  /** Begins a warm-up with the next frame, because the fan may just have been switched on. */
  void restart() {
    warmUpPending = true;
    stuck.reset();
  }

  /** Returns why the last frame had no readings, in words; empty if it had some. */
  String cause() {
    return cause;
  }

  /**
   * Decodes a frame and flags warm-up and stuck values.
   *
   * @param frame a valid {@link PlantowerFrame}
   * @param nowMs the tick at which the frame arrived
   */
  Sample take(byte[] frame, long nowMs) {
    boolean starting = isAllZero(frame);
    if (warmUpPending || starting) {
      warmUpPending = false;
      warmUntilTickMs = nowMs + WARM_UP_MS;
    }
    if (starting) {
      cause = "";
      return new Sample(Map.of(), Set.of(Quality.PM_WARMUP));
    }
    SampleBuilder builder = decode(frame, configured.or(() -> recognition.recognise(frame)));
    cause = builder.cause();
    builder.flagIf(nowMs < warmUntilTickMs, Quality.PM_WARMUP);
    builder.flagIf(
        stuck.isStuck(ByteBuffer.wrap(frame, CF1_AT, VERSION_AT - CF1_AT), nowMs),
        Quality.PM_STUCK);
    return builder.build();
  }

  /**
   * Returns the readings and the cell's own faults of a valid frame (manual V2.3, Appendix I).
   *
   * @param known the part's model; empty if it is not known
   */
  static SampleBuilder decode(byte[] frame, Optional<PlantowerModel> known) {
    int counts = known.map(PlantowerModel::counts).orElse(PlantowerModel.PMS5003T.counts());
    SampleBuilder builder = new SampleBuilder();
    for (int i = 0; i < MASSES.size(); i++) {
      builder.put(MASSES.get(i), BigEndian.word(frame, MASS_AT + 2 * i), 0, GREATEST_MASS);
    }
    for (int i = 0; i < counts; i++) {
      // Per 0.1 litre, that is per 100 cm³.
      double perCm3 = BigEndian.word(frame, COUNTS_AT + 2 * i) / 100.0;
      builder.put(COUNTS.get(i), perCm3, 0, GREATEST_COUNT);
    }
    int airAt = known.map(PlantowerModel::airAt).orElse(0);
    if (airAt > 0) {
      builder.put(Quantity.TEMPERATURE, (short) BigEndian.word(frame, airAt) / 10.0, -40, 99);
      builder.put(Quantity.HUMIDITY, BigEndian.word(frame, airAt + 2) / 10.0, 0, 100);
    }
    judge(frame, known, counts, builder);
    return builder;
  }

  private static void judge(
      byte[] frame, Optional<PlantowerModel> known, int counts, SampleBuilder builder) {
    // Even a clean room (ISO 14644-1, class 5) has one particle in 0.1 l.
    if (BigEndian.word(frame, COUNTS_AT) == 0) {
      builder.fail(Quality.PM_FAULT, Particles.NONE);
    }
    if (hasErrorCode(frame, known)) {
      builder.fail(Quality.PM_FAULT, "it reports an error code");
    }
    double[] ascending = new double[counts];
    for (int i = 0; i < counts; i++) {
      ascending[counts - 1 - i] = BigEndian.word(frame, COUNTS_AT + 2 * i);
    }
    if (!Particles.ascend(0, ascending)
        || !Particles.ascend(ROUNDING, words(frame, MASS_AT))
        || !Particles.ascend(ROUNDING, words(frame, CF1_AT))) {
      builder.fail(Quality.PM_FAULT, Particles.INCONSISTENT);
    }
  }

  private static boolean hasErrorCode(byte[] frame, Optional<PlantowerModel> known) {
    int errorAt = known.orElse(PlantowerModel.PMS5003).errorAt();
    boolean formaldehyde = known.isEmpty() && PlantowerRecognition.hasFormaldehyde(frame);
    return errorAt > 0 && !formaldehyde && frame[errorAt] != 0;
  }

  private static double[] words(byte[] frame, int at) {
    double[] words = new double[MASSES.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = BigEndian.word(frame, at + 2 * i);
    }
    return words;
  }

  /**
   * Returns whether all words and the version are zero, which a part sends while its fan starts.
   */
  private static boolean isAllZero(byte[] frame) {
    for (int at = CF1_AT; at < frame.length - 2; at++) {
      if (frame[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
