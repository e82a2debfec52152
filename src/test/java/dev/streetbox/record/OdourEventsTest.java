package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OdourEventsTest {
  private final OdourEvents events =
      new OdourEvents(
          new OdourSettings(300, 1, 10, 10, Duration.ofSeconds(10), Duration.ofMinutes(5)));
  private final List<OdourEvents.Odour> odours = new ArrayList<>();
  private long tickMs;

  @Test
  void aVocIndexAboveItsThresholdForTenSecondsIsOneEventWithThePlaceOfItsPeak() {
    voc(100, 5);
    voc(310, 4);
    voc(351, 1);
    voc(300, 5);
    voc(120, 1);
    assertEquals(
        List.of(
            new OdourEvents.Odour(
                10_000,
                Map.of("by", "part", "quantity", "voc_index", "peak", 351L, "duration_s", 10L))),
        odours);
  }

  @Test
  void nineSecondsAreNoEvent() {
    voc(400, 9);
    voc(100, 600);
    assertEquals(List.of(), odours);
  }

  @Test
  void aValueWithinTheHysteresisContinuesAnOdourAndBeginsNone() {
    voc(299, 60);
    voc(300, 1);
    voc(271, 9);
    voc(269, 1);
    assertEquals(1, odours.size());
    assertEquals(10L, odours.get(0).fields().get("duration_s"));
  }

  @Test
  void atMostOneEventOfAGasIsMadeInFiveMinutes() {
    for (int i = 0; i < 60; i++) {
      voc(400, 12);
      voc(100, 3);
    }
    assertEquals(3, odours.size(), "in 15 minutes");
  }

  @Test
  void anOdourThatDoesNotEndIsOneEventOfAMinuteUntilTheAirIsCleanAgain() {
    voc(400, 3_000);
    assertEquals(1, odours.size());
    assertEquals(60L, odours.get(0).fields().get("duration_s"));
    voc(280, 60);
    voc(400, 60);
    assertEquals(1, odours.size(), "280 is within the hysteresis");
    voc(100, 1);
    voc(400, 60);
    assertEquals(2, odours.size());
  }

  @Test
  void secondsOfAPartThatIsNotWarmMakeNoEvent() {
    doubtedVoc(400, 30);
    voc(100, 2);
    voc(400, 8);
    doubtedVoc(400, 1);
    voc(400, 8);
    voc(100, 2);
    assertEquals(List.of(), odours);
  }

  @Test
  void anOdourIsAnEventWhileAnotherPartLearns() {
    Map<Quantity, Double> air = Map.of(Quantity.VOC_INDEX, 400.0, Quantity.H2S, 1.25);
    Set<Quality> flags = Set.of(Quality.GAS_WARMUP);
    seconds(air, flags, Set.of(Quantity.VOC_INDEX), 10);
    seconds(Map.of(Quantity.VOC_INDEX, 1.0, Quantity.H2S, 0.0), flags, Set.of(), 1);
    assertEquals(1, odours.size());
    assertEquals("h2s_ppm", odours.get(0).fields().get("quantity"));
  }

  @Test
  void aSecondWithinAPrivacyZoneMakesNoEvent() {
    seconds(Map.of(Quantity.VOC_INDEX, 400.0), Set.of(Quality.GNSS_PRIVATE), Set.of(), 30);
    voc(100, 2);
    assertEquals(List.of(), odours);
  }

  @Test
  void aMissedReadingDoesNotEndAnOdourButAPauseDoes() {
    voc(400, 5);
    seconds(Map.of(), 2);
    voc(400, 3);
    voc(100, 1);
    assertEquals(10L, odours.get(0).fields().get("duration_s"));
    tickMs += 600_000;
    voc(400, 8);
    tickMs += 4_000;
    voc(400, 8);
    voc(100, 1);
    assertEquals(1, odours.size());
  }

  @Test
  void eachGasHasAThresholdAndEventsOfItsOwn() {
    seconds(Map.of(Quantity.VOC_INDEX, 400.0, Quantity.H2S, 1.25, Quantity.NH3, 12.0), 10);
    seconds(Map.of(Quantity.VOC_INDEX, 1.0, Quantity.H2S, 0.0, Quantity.NH3, 0.0), 1);
    assertEquals(
        List.of("voc_index 400", "h2s_ppm 1.25", "nh3_ppm 12.0"),
        odours.stream()
            .map(odour -> odour.fields().get("quantity") + " " + odour.fields().get("peak"))
            .toList());
  }

  @Test
  void theCorrectedValueCountsWhereThereIsOne() {
    seconds(Map.of(Quantity.H2S, 0.5, Quantity.H2S_CAL, 1.5), 10);
    seconds(Map.of(Quantity.H2S, 5.0, Quantity.H2S_CAL, 0.5), 20);
    assertEquals(1, odours.size());
    assertEquals("h2s_cal_ppm", odours.get(0).fields().get("quantity"));
  }

  @Test
  void withoutThresholdsThereAreNoEvents() {
    OdourEvents none = new OdourEvents(OdourSettings.OFF);
    for (int second = 1; second < 200; second++) {
      Sample sample = Sample.of(Map.of(Quantity.VOC_INDEX, second % 20 < 10 ? 0.0 : 500.0));
      assertEquals(List.of(), none.add(new ComposedSecond(second * 1_000L, sample, Set.of())));
    }
  }

  private void voc(double index, int seconds) {
    seconds(Map.of(Quantity.VOC_INDEX, index), seconds);
  }

  private void doubtedVoc(double index, int seconds) {
    seconds(
        Map.of(Quantity.VOC_INDEX, index),
        Set.of(Quality.GAS_WARMUP),
        Set.of(Quantity.VOC_INDEX),
        seconds);
  }

  private void seconds(Map<Quantity, Double> readings, int seconds) {
    seconds(readings, Set.of(), Set.of(), seconds);
  }

  private void seconds(
      Map<Quantity, Double> readings, Set<Quality> flags, Set<Quantity> doubted, int seconds) {
    for (int i = 0; i < seconds; i++) {
      tickMs += 1_000;
      odours.addAll(events.add(new ComposedSecond(tickMs, new Sample(readings, flags), doubted)));
    }
  }
}
