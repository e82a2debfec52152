package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoundEventsTest {
  private final SoundEvents events = new SoundEvents(new SoundEventSettings(85, 6));
  private final List<SoundEvents.Ended> ended = new ArrayList<>();
  private long tickMs;

  /** Adds seconds whose LAFmax is that, and whose LAeq is 3 dB less. */
  private void seconds(double... lafMaxDb) {
    for (double db : lafMaxDb) {
      second(db, Set.of());
    }
  }

  private void second(double lafMaxDb, Set<Quality> flags) {
    tickMs += 1_000;
    Map<Quantity, Double> levels = Map.of(Quantity.LAEQ, lafMaxDb - 3, Quantity.LAFMAX, lafMaxDb);
    events.add(new Sample(levels, flags), tickMs).ifPresent(ended::add);
  }

  @Test
  void aPassByIsOneEventWithItsExposureMaximumAndDuration() {
    seconds(60, 80, 86, 91, 80, 78.9, 60);
    assertEquals(
        List.of(
            new SoundEvents.Ended(
                4_000, Map.of("lae_db", 89.4, "lafmax_db", 91.0, "duration_s", 3L))),
        ended);
  }

  @Test
  void aSoundBelowTheThresholdIsNone() {
    seconds(84.9, 84.9, 60);
    assertEquals(List.of(), ended);
  }

  @Test
  void atMostOneEventIsMadeInTenSeconds() {
    for (int i = 0; i < 30; i++) {
      seconds(90, 60);
    }
    assertEquals(6, ended.size());
    for (int i = 1; i < ended.size(); i++) {
      assertEquals(10_000, ended.get(i).tickMs() - ended.get(i - 1).tickMs());
    }
  }

  @Test
  void aSoundThatDoesNotEndIsOneEventOfAMinuteUntilItIsQuiet() {
    for (int i = 0; i < 300; i++) {
      seconds(90);
    }
    assertEquals(1, ended.size());
    assertEquals(60L, ended.get(0).fields().get("duration_s"));
    seconds(60, 90, 60);
    assertEquals(2, ended.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"NOISE_MOTION", "NOISE_STUCK", "NOISE_CALIBRATOR", "GNSS_PRIVATE"})
  void aSecondThatIsNotTheStreetsOrPrivateEndsTheSoundWithoutAnEvent(Quality flag) {
    seconds(60, 90);
    second(90, Set.of(flag));
    seconds(60);
    assertEquals(List.of(), ended);
  }

  @Test
  void aMissingLevelEndsTheSoundWithoutAnEvent() {
    seconds(90);
    assertEquals(true, events.add(Sample.NOTHING, 2_000).isEmpty());
    tickMs = 2_000;
    seconds(60);
    assertEquals(List.of(), ended);
  }

  @Test
  void withoutLafMaxTheLevelIsJudgedAndTheFieldIsAbsent() {
    events.add(Sample.of(Map.of(Quantity.LAEQ, 88.0)), 1_000);
    assertEquals(
        Map.of("lae_db", 88.0, "duration_s", 1L),
        events.add(Sample.of(Map.of(Quantity.LAEQ, 60.0)), 2_000).orElseThrow().fields());
  }

  @Test
  void aThresholdOfZeroIsOff() {
    SoundEvents off = new SoundEvents(SoundEventSettings.OFF);
    off.add(Sample.of(Map.of(Quantity.LAEQ, 120.0)), 1_000);
    assertEquals(true, off.add(Sample.of(Map.of(Quantity.LAEQ, 40.0)), 2_000).isEmpty());
  }
}
