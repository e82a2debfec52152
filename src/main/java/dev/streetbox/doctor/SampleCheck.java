package dev.streetbox.doctor;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.RowJson;
import dev.streetbox.measure.Sample;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether what a part says can be true of the air in a street. */
public final class SampleCheck {
  private record Usual(double least, double greatest) {}

  /** What a street can be like; beyond it the part is more likely wrong than the street. */
  private static final Map<Quantity, Usual> USUAL =
      Map.of(
          Quantity.TEMPERATURE, new Usual(-25, 60),
          Quantity.HUMIDITY, new Usual(3, 100),
          Quantity.PRESSURE, new Usual(600, 1080),
          Quantity.PM1, new Usual(0, 500),
          Quantity.PM2_5, new Usual(0, 500),
          Quantity.PM10, new Usual(0, 900),
          Quantity.LAEQ, new Usual(25, 110));

  private static final Set<Quality> BROKEN = EnumSet.of(Quality.PM_FAULT, Quality.GAS_FAULT);

  private static final Set<Quality> DOUBTFUL =
      EnumSet.of(
          Quality.PM_STUCK,
          Quality.NOISE_STUCK,
          Quality.GAS_STUCK,
          Quality.NOISE_OVERLOAD,
          Quality.OUT_OF_RANGE);

  private static final int SHOWN = 4;

  private SampleCheck() {}

  /** What to think of a part that says this. */
  public static Finding judge(String about, Sample sample) {
    String saw = words(sample);
    if (sample.flags().stream().anyMatch(BROKEN::contains)) {
      return Finding.fail(
          about,
          saw,
          "the part itself reports a fault: fan, laser, air flow or sensing pixel",
          "look for an insect or a leaf in its inlet; else replace it");
    }
    if (sample.flags().stream().anyMatch(DOUBTFUL::contains) || !isUsual(sample)) {
      return Finding.warn(
          about,
          saw,
          "no street is like that: a blocked inlet, a wet or broken part, or a wrong channel",
          "streetbox read --count 10; compare with another box");
    }
    return Finding.pass(about, saw);
  }

  private static boolean isUsual(Sample sample) {
    return sample.readings().entrySet().stream()
        .allMatch(
            reading -> {
              Usual usual =
                  USUAL.getOrDefault(
                      reading.getKey(),
                      new Usual(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
              return reading.getValue() >= usual.least() && reading.getValue() <= usual.greatest();
            });
  }

  private static String words(Sample sample) {
    String flags = Quality.keys(sample.flags());
    if (sample.readings().isEmpty()) {
      return "answers, no readings yet" + (flags.isEmpty() ? "" : " (" + flags + ")");
    }
    String readings =
        sample.readings().entrySet().stream()
            .limit(SHOWN)
            .map(
                reading ->
                    reading.getKey().key()
                        + " "
                        + RowJson.plain(reading.getKey(), reading.getValue()))
            .collect(Collectors.joining(", "));
    return readings + (flags.isEmpty() ? "" : " (" + flags + ")");
  }
}
