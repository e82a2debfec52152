package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.MeasuredQuantities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComposerTest {
  private static final Duration GRACE = Duration.ofMillis(250);
  private static final QualitySettings SETTINGS =
      new QualitySettings(18, Duration.ofMinutes(2), 2, 20, 80);

  private final Board board = new Board(List.of(new MeasuredQuantities("any", Set.of())), 0);

  private Sample second(Sample posted) {
    board.post("any", posted, 1_000, Duration.ofSeconds(1));
    return new Composer(board, SETTINGS, second -> second).second(1_000, GRACE).sample();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("seconds")
  void aSecondHasTheFlagsThatFollowFromIt(Map<Quantity, Double> readings, Set<Quality> flags) {
    assertEquals(new Sample(readings, flags), second(Sample.of(readings)));
  }

  static Stream<Arguments> seconds() {
    return Stream.of(
        arguments(Map.of(), Set.of(Quality.GNSS_NONE)),
        arguments(Map.of(Quantity.LAT, 40.0, Quantity.LON, 9.0), Set.of()),
        arguments(Map.of(Quantity.LAT, 40.0, Quantity.LON, 9.0, Quantity.HACC, 20.0), Set.of()),
        arguments(
            Map.of(Quantity.LAT, 40.0, Quantity.LON, 9.0, Quantity.HACC, 20.1),
            Set.of(Quality.GNSS_POOR)),
        arguments(
            Map.of(Quantity.LAT, 40.0, Quantity.LON, 9.0, Quantity.SPEED, 5.1),
            Set.of(Quality.NOISE_MOTION)),
        arguments(Map.of(Quantity.HUMIDITY, 80.1), Set.of(Quality.GNSS_NONE)),
        arguments(
            Map.of(Quantity.HUMIDITY, 80.1, Quantity.PM2_5, 12.0),
            Set.of(Quality.GNSS_NONE, Quality.PM_HUMID)),
        arguments(
            Map.of(Quantity.HUMIDITY, 80.0, Quantity.PM2_5, 12.0), Set.of(Quality.GNSS_NONE)));
  }

  @Test
  void aSecondNamesTheQuantitiesThatTheirOwnPartDoubts() {
    Sample learning = new Sample(Map.of(Quantity.VOC_INDEX, 9.0), Set.of(Quality.GAS_WARMUP));
    board.post("any", learning, 1_000, Duration.ofSeconds(1));
    ComposedSecond second = new Composer(board, SETTINGS, raw -> raw).second(1_000, GRACE);
    assertEquals(Set.of(Quantity.VOC_INDEX), second.doubted());
    assertEquals(1_000, second.tickMs());
  }

  @Test
  void theCorrectionOfTheFirstPartIsNotAppliedToAnotherPartsValue() {
    Board two =
        new Board(
            List.of(
                new MeasuredQuantities("first", Set.of(Quantity.PM1, Quantity.PM10)),
                new MeasuredQuantities("second", Set.of(Quantity.PM10))),
            0);
    two.post("first", Sample.of(Map.of(Quantity.PM1, 5.0)), 60_000, Duration.ofSeconds(1));
    two.post(
        "first",
        new Sample(Map.of(Quantity.PM1, 5.0), Set.of(Quality.PM_FAULT)),
        60_000,
        Duration.ofSeconds(1));
    two.post("second", Sample.of(Map.of(Quantity.PM10, 9.0)), 60_000, Duration.ofSeconds(1));
    Map<Quantity, Double> corrected =
        Map.of(
            Quantity.PM1, 5.0, Quantity.PM10, 9.0, Quantity.PM1_CAL, 6.0, Quantity.PM10_CAL, 8.0);
    Composer composer = new Composer(two, SETTINGS, raw -> new Sample(corrected, raw.flags()));
    assertEquals(
        Map.of(Quantity.PM1, 5.0, Quantity.PM10, 9.0, Quantity.PM1_CAL, 6.0),
        composer.second(60_000, GRACE).sample().readings());
  }
}
