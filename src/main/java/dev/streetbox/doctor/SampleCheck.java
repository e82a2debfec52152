package dev.streetbox.doctor;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Sample;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges whether a part's readings are plausible for the air and noise of a street. */
public final class SampleCheck {
  private record PlausibleRange(double least, double greatest) {}

  /** Plausible ranges, in each quantity's unit; outside of them a wrong part is more likely. */
  private static final Map<Quantity, PlausibleRange> PLAUSIBLE =
      Map.of(
          Quantity.TEMPERATURE, new PlausibleRange(-25, 60),
          Quantity.HUMIDITY, new PlausibleRange(3, 100),
          Quantity.PRESSURE, new PlausibleRange(600, 1080),
          Quantity.PM1, new PlausibleRange(0, 500),
          Quantity.PM2_5, new PlausibleRange(0, 500),
          Quantity.PM10, new PlausibleRange(0, 900),
          Quantity.LAEQ, new PlausibleRange(25, 110));

  private static final Set<Quality> BROKEN = EnumSet.of(Quality.PM_FAULT, Quality.GAS_FAULT);

  /** Flags of a gas reading beyond the part's range. */
  private static final Set<Quality> BEYOND_RANGE =
      EnumSet.of(Quality.GAS_FAULT, Quality.OUT_OF_RANGE);

  private static final Set<Quality> DOUBTFUL =
      EnumSet.of(
          Quality.PM_STUCK,
          Quality.NOISE_STUCK,
          Quality.GAS_STUCK,
          Quality.NOISE_OVERLOAD,
          Quality.OUT_OF_RANGE);

  /** Words of the remark on a part that counts no particle. */
  private static final String FILTERED = "filtered air";

  private static final String CHECK_WIRE = "check both data wires between the part and the box";

  /** The number of readings that a finding quotes. */
  private static final int SHOWN = 4;

  private SampleCheck() {}

  /** Judges a sample of a part that gives no remark on it. */
  public static Finding judge(String subject, Sample sample) {
    return judge(subject, sample, Optional.empty());
  }

  /**
   * Judges one sample: flags that report a fault, the part's remark, flags that raise doubt, and
   * ranges.
   *
   * @param remark what the part's driver says beyond the flags, in words
   */
  public static Finding judge(String subject, Sample sample, Optional<String> remark) {
    String observation = text(sample);
    if (sample.flags().containsAll(BEYOND_RANGE) && remark.isEmpty()) {
      return Finding.fail(
          subject,
          observation,
          "more gas than the part can measure, or a broken part",
          "take the box into clean air; if it stays, replace the part");
    }
    if (sample.flags().stream().anyMatch(BROKEN::contains)) {
      return Finding.fail(
          subject,
          observation,
          remark.orElse("the part itself reports a fault: fan, laser, air flow or sensing pixel"),
          remark.filter(text -> text.contains(FILTERED)).isPresent()
              ? "wave dust or smoke before its inlet; if it stays at 0, replace it"
              : "look for an insect or a leaf in its inlet; else replace it");
    }
    if (remark.isPresent()) {
      return Finding.warn(subject, observation, remark.get(), CHECK_WIRE);
    }
    if (sample.flags().stream().anyMatch(DOUBTFUL::contains) || !isPlausible(sample)) {
      return Finding.warn(
          subject,
          observation,
          "implausible for a street: a blocked inlet, a wet or broken part, or a wrong channel",
          "streetbox read --count 10; compare with another box");
    }
    return Finding.pass(subject, observation);
  }

  private static boolean isPlausible(Sample sample) {
    return sample.readings().entrySet().stream()
        .allMatch(
            reading -> {
              PlausibleRange range =
                  PLAUSIBLE.getOrDefault(
                      reading.getKey(),
                      new PlausibleRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
              return reading.getValue() >= range.least() && reading.getValue() <= range.greatest();
            });
  }

  private static String text(Sample sample) {
    String flags = Quality.keys(sample.flags());
    if (sample.readings().isEmpty()) {
      return "answers, no readings yet" + (flags.isEmpty() ? "" : " (" + flags + ")");
    }
    String readings =
        sample.readings().entrySet().stream()
            .limit(SHOWN)
            .map(
                reading ->
                    reading.getKey().inWords(RowJson.plain(reading.getKey(), reading.getValue())))
            .collect(Collectors.joining(", "));
    return readings + (flags.isEmpty() ? "" : " (" + flags + ")");
  }
}
