package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.ClockReading;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TimeSource;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.LastKnownTime;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.MeasuredQuantities;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path dir;

  private final ScriptedTime time = new ScriptedTime(Instant.parse("2026-12-01T10:00:00Z"));
  private final Board board =
      new Board(
          List.of(
              new MeasuredQuantities("air", Set.of()),
              new MeasuredQuantities("pm", Set.of()),
              new MeasuredQuantities("gnss", Set.of())),
          0);
  private Outbox outbox;
  private TimeKeeper keeper;
  private Recorder recorder;

  @BeforeEach
  void start() {
    time.pass(Duration.ofMillis(620));
    outbox = new Outbox(3, dir);
    keeper =
        new TimeKeeper(
            3, Instant.parse("2026-11-01T00:00:00Z"), new LastKnownTime(0, 0), new Faults());
    QualitySettings settings = new QualitySettings(18, Duration.ofMinutes(2), 2, 20, 80);
    Composer composer = new Composer(board, settings, second -> second);
    recorder = new Recorder(composer, RoadEventSettings.OFF, Privacy.none(), keeper, outbox, time);
  }

  private void post(String sensor, Map<Quantity, Double> readings) {
    board.post(sensor, Sample.of(readings), time.tickMs(), Duration.ofSeconds(2));
  }

  private List<Row> rows() throws IOException {
    return outbox.newest() == 0 ? List.of() : outbox.read(new Range(3, 1, outbox.newest())).rows();
  }

  private Row cycleAfter(Duration rest) {
    time.pass(rest);
    recorder.cycle();
    return recorder.last().orElseThrow();
  }

  @Test
  void theFirstRowIsThatOfTheFirstWholeSecondAndComesAGraceLater() throws IOException {
    assertEquals(Duration.ofMillis(880), recorder.cycle());
    assertEquals(List.of(), rows());
    Row row = cycleAfter(Duration.ofMillis(880));
    assertEquals(1_000, row.tickMs());
    assertEquals(1, row.seq());
    assertEquals(Duration.ofSeconds(1), recorder.cycle());
  }

  @Test
  void rowsStayOnTheGridHoweverLateTheCycleIs() throws IOException {
    cycleAfter(Duration.ofMillis(3_900));
    assertEquals(
        List.of(1_000L, 2_000L, 3_000L, 4_000L), rows().stream().map(Row::tickMs).toList());
  }

  @Test
  void aSecondThatEndedFiveSecondsAgoStillHasARow() throws IOException {
    cycleAfter(Duration.ofMillis(5_380));
    assertEquals(6_000, time.tickMs());
    assertEquals(
        List.of(1_000L, 2_000L, 3_000L, 4_000L, 5_000L), rows().stream().map(Row::tickMs).toList());
  }

  @Test
  void secondsTooFarBackHaveNoRowAndSeqHasNoHole() throws IOException {
    cycleAfter(Duration.ofHours(1));
    assertEquals(5, rows().size());
    assertEquals(3_600_000L, recorder.last().orElseThrow().tickMs());
    assertEquals(5, recorder.last().orElseThrow().seq());
  }

  @Test
  void aSecondWithoutAnySensorIsARowThatSaysSo() {
    Row row = cycleAfter(SECOND);
    assertEquals(new Sample(Map.of(), Set.of(Quality.GNSS_NONE)), row.sample());
  }

  @Test
  void aPositionTakesTheFlagAway() {
    post("gnss", Map.of(Quantity.LAT, 40.07, Quantity.LON, 116.3265));
    assertEquals(Set.of(), cycleAfter(SECOND).flags());
  }

  @Test
  void humidAirIsFlaggedOnlyBesideParticles() {
    post("air", Map.of(Quantity.HUMIDITY, 80.01));
    assertFalse(cycleAfter(SECOND).flags().contains(Quality.PM_HUMID));
    post("air", Map.of(Quantity.HUMIDITY, 80.01));
    post("pm", Map.of(Quantity.PM2_5, 12.0));
    assertEquals(Set.of(Quality.GNSS_NONE, Quality.PM_HUMID), cycleAfter(SECOND).flags());
    post("air", Map.of(Quantity.HUMIDITY, 80.0));
    assertEquals(Set.of(Quality.GNSS_NONE), cycleAfter(SECOND).flags());
  }

  @Test
  void aClockThatIsBelievedDatesTheRowsBeforeItToo() {
    cycleAfter(SECOND);
    assertTrue(outbox.timeline(3).isEstimate());
    for (int i = 0; i < ClockAgreement.AGREEING; i++) {
      keeper.offer(ClockReading.ntp(time.tickMs(), time.systemClock().toEpochMilli()));
      cycleAfter(SECOND);
    }
    assertEquals(TimeSource.NTP, outbox.timeline(3).source(1_000));
    long start = Instant.parse("2026-12-01T10:00:00Z").toEpochMilli();
    assertEquals(start + 1_000, outbox.timeline(3).utcMs(1_000));
  }

  @Test
  void aLoudSoundIsAnEventThatReachesTheOutbox() {
    QualitySettings settings = new QualitySettings(18, Duration.ofMinutes(2), 2, 20, 80);
    Composer composer = new Composer(board, settings, second -> second);
    recorder =
        new Recorder(
            composer,
            new RoadEventSettings(new SoundEventSettings(85, 6), OdourSettings.OFF),
            Privacy.none(),
            keeper,
            outbox,
            time);
    post("air", Map.of(Quantity.LAEQ, 88.0, Quantity.LAFMAX, 92.0));
    cycleAfter(SECOND);
    board.clear("air");
    post("air", Map.of(Quantity.LAEQ, 60.0, Quantity.LAFMAX, 62.0));
    cycleAfter(SECOND);
    Event event = outbox.nextEvent(List.of()).orElseThrow();
    assertEquals(Event.Kind.SOUND, event.kind());
    assertEquals(Map.of("lae_db", 88.0, "lafmax_db", 92.0, "duration_s", 1L), event.body());
  }
}
