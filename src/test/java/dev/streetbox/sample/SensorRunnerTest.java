package dev.streetbox.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.PartIdentity;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.sample.SensorStatus.State;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Tests the starts, reads and retries of one sensor on a scripted clock. */
class SensorRunnerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Sample WARM = Sample.of(Map.of(Quantity.TEMPERATURE, 20.0));

  private final ScriptedTime time = new ScriptedTime();
  private final Board board = new Board(List.of(new MeasuredQuantities("part", Set.of())), 0);
  private final Faults faults = new Faults();

  private Sampler sampler(FakePart part) {
    return new Sampler(
        "i2c-1", List.of(new SampledSensor("part", part, Duration.ZERO)), board, faults, time);
  }

  /** Cycles the sampler until that tick. */
  private void until(long tickMs, Sampler sampler) throws IOException {
    while (time.tickMs() < tickMs) {
      Duration rest = sampler.cycle();
      time.pass(rest.isZero() ? Duration.ZERO : shorter(rest, tickMs - time.tickMs()));
    }
  }

  private static Duration shorter(Duration rest, long leftMs) {
    return Duration.ofMillis(Math.min(rest.toMillis(), Math.max(0, leftMs)));
  }

  private FakePart part(Duration period) {
    return new FakePart(time, period).gives(() -> WARM);
  }

  private static FrameException garbled() {
    return new FrameException("checksum 12 is not 34");
  }

  private SensorStatus status(Sampler sampler) {
    return sampler.status().get(0);
  }

  @Test
  void aPartIsReadOncePerPeriodAndPostedAtTheTickItWasRead() throws IOException {
    FakePart part = part(SECOND).taking(Duration.ofMillis(30));
    until(4000, sampler(part));
    assertEquals(List.of(500L, 1500L, 2500L, 3500L), part.reads());
    assertEquals(WARM, board.at(3530, Duration.ZERO).sample());
    assertTrue(board.latest("part", 529).isEmpty());
  }

  @Test
  void aStartedPartIsShownAsRunningBeforeItsFirstRead() throws IOException {
    Sampler sampler = sampler(part(SECOND));
    sampler.cycle();
    assertEquals(
        new SensorStatus("part", State.RUNNING, -1, 500, 0, "", PartIdentity.NONE),
        status(sampler));
  }

  @Test
  void theConfiguredPeriodReplacesThePartsOwn() throws IOException {
    FakePart part = part(SECOND);
    SampledSensor sampled = new SampledSensor("part", part, Duration.ofSeconds(5));
    until(11_000, new Sampler("i2c-1", List.of(sampled), board, faults, time));
    assertEquals(List.of(500L, 5500L, 10_500L), part.reads());
  }

  @Test
  void aStreamIsReadWithoutAPauseWhateverIsConfigured() throws IOException {
    FakePart part = part(Duration.ZERO).taking(Duration.ofMillis(700));
    SampledSensor sampled = new SampledSensor("part", part, Duration.ofSeconds(5));
    until(2000, new Sampler("serial", List.of(sampled), board, faults, time));
    assertEquals(List.of(0L, 700L, 1400L), part.reads());
  }

  @Test
  void aStreamIsReadOnceInACycle() throws IOException {
    FakePart part = part(Duration.ZERO);
    Sampler sampler = sampler(part);
    sampler.cycle();
    sampler.cycle();
    assertEquals(1, part.reads().size());
  }

  @Test
  void aRemarkOfTheDriverIsAFaultWhileItLastsAndTheSensorRunsOn() throws IOException {
    FakePart part = part(SECOND).remarks("check the wire to its R");
    Sampler sampler = sampler(part);
    until(10_000, sampler);
    assertEquals(1, faults.list().size());
    assertEquals("check the wire to its R", faults.list().get(0).text());
    assertTrue(faults.list().get(0).active());
    assertEquals(State.RUNNING, status(sampler).state());
    assertEquals(10, part.reads().size());
    part.remarks("");
    until(12_000, sampler);
    assertFalse(faults.list().get(0).active());
  }

  @Test
  void aRemarkOnAPartThatStartsIsNoFault() throws IOException {
    Sample starting = new Sample(Map.of(), Set.of(Quality.PM_WARMUP, Quality.PM_FAULT));
    until(10_000, sampler(part(SECOND).gives(() -> starting).remarks("it sees no particle")));
    assertEquals(List.of(), faults.list());
  }

  @Test
  void anEmptySampleIsNotPosted() throws IOException {
    FakePart part = part(SECOND).gives(() -> Sample.NOTHING);
    until(3000, sampler(part));
    assertEquals(3, part.reads().size());
    assertEquals(Sample.NOTHING, board.at(3000, Duration.ZERO).sample());
  }

  @Test
  void aMissingPartIsTriedAfterDoubledWaitsUpToFiveMinutes() throws IOException {
    FakePart part = part(SECOND);
    part.plug(false);
    Sampler sampler = sampler(part);
    until(1_200_000, sampler);
    assertEquals(
        List.of(0L, 1L, 3L, 7L, 15L, 31L, 63L, 127L, 255L, 511L, 811L, 1111L),
        part.starts().stream().map(ms -> ms / 1000).toList());
    assertEquals(State.WAITING, status(sampler).state());
    assertEquals(12, status(sampler).faults());
    assertEquals("nobody acknowledged", status(sampler).lastFault());
    assertEquals(OptionalLong.empty(), status(sampler).ageMs(time.tickMs()));
    assertEquals(1, faults.list().size());
    assertEquals(12, faults.list().get(0).count());
    assertEquals("i2c-1/part", faults.list().get(0).place());
  }

  @Test
  void theFaultEndsWithTheFirstSampleAndNotWithTheStart() throws IOException {
    FakePart part = part(SECOND);
    part.plug(false);
    Sampler sampler = sampler(part);
    until(2000, sampler);
    part.plug(true);
    until(3400, sampler);
    assertEquals(List.of(0L, 1000L, 3000L), part.starts());
    assertTrue(faults.list().get(0).active());
    until(3600, sampler);
    assertFalse(faults.list().get(0).active());
    assertEquals(State.RUNNING, status(sampler).state());
    assertEquals(100, status(sampler).ageMs(time.tickMs()).orElseThrow());
  }

  @Test
  void theWaitIsOneSecondAgainOnlyAfterASample() throws IOException {
    FakePart part = part(SECOND).failing(timedOut(), timedOut(), timedOut());
    Sampler sampler = sampler(part);
    until(20_000, sampler);
    assertEquals(List.of(0L, 1500L, 3500L, 7500L), part.starts());
    part.failing(timedOut());
    until(22_000, sampler);
    assertEquals(21_500, part.starts().get(4));
  }

  private static BusException timedOut() {
    return new BusException("timed out", 110);
  }

  @Test
  void oneWrongFrameIsCountedAndThePartKeepsRunning() throws IOException {
    FakePart part = part(SECOND).failing(garbled());
    Sampler sampler = sampler(part);
    until(1000, sampler);
    assertTrue(faults.list().get(0).active());
    until(3000, sampler);
    assertEquals(1, part.starts().size());
    assertEquals(0, part.timesClosed());
    assertFalse(faults.list().get(0).active());
    assertEquals(List.of(500L, 1500L, 2500L), part.reads());
  }

  @Test
  void aSingleMissingAcknowledgeLeavesTheSampleOnTheBoard() throws IOException {
    FakePart part = part(SECOND);
    Sampler sampler = sampler(part);
    until(2000, sampler);
    part.failing(FakePart.nack());
    until(3000, sampler);
    assertEquals(WARM, board.at(3000, Duration.ZERO).sample());
    assertEquals(1, part.starts().size());
  }

  @Test
  void threeWrongFramesInARowRestartThePart() throws IOException {
    FakePart part = part(SECOND).failing(garbled(), garbled(), garbled());
    Sampler sampler = sampler(part);
    until(3400, sampler);
    assertEquals(1, part.timesClosed());
    assertEquals(List.of(0L), part.starts());
    until(5000, sampler);
    assertEquals(List.of(0L, 3500L), part.starts());
    assertEquals(WARM, board.at(5000, Duration.ZERO).sample());
  }

  @Test
  void aWrongReportIsTreatedAsAWrongFrame() throws IOException {
    FakePart part = part(SECOND).failing(new TextFormatException("not JSON"));
    Sampler sampler = sampler(part);
    until(3000, sampler);
    assertEquals(0, part.timesClosed());
    assertEquals(List.of(500L, 1500L, 2500L), part.reads());
    assertEquals(1, status(sampler).faults());
  }

  @Test
  void aGoodReadResetsTheCountOfWrongFrames() throws IOException {
    FakePart part = part(SECOND);
    Sampler sampler = sampler(part);
    for (long tick = 10_000; tick <= 60_000; tick += 10_000) {
      part.failing(garbled(), garbled());
      until(tick, sampler);
    }
    assertEquals(1, part.starts().size());
    assertEquals(12, status(sampler).faults());
  }

  @Test
  void aBusErrorRestartsThePartAndClearsTheBoard() throws IOException {
    FakePart part = part(SECOND);
    Sampler sampler = sampler(part);
    until(2000, sampler);
    part.failing(new BusException("the port is gone", 5));
    until(2600, sampler);
    assertEquals(Sample.NOTHING, board.at(2600, Duration.ZERO).sample());
    assertEquals(1, part.timesClosed());
    until(4000, sampler);
    assertEquals(List.of(0L, 3500L), part.starts());
  }

  /** Closing a part that holds the bus would hold the bus once more. */
  @Test
  void aPartThatHangsItsBusIsRestartedWithoutBeingClosed() throws IOException {
    FakePart part = part(SECOND);
    Sampler sampler = sampler(part);
    until(2000, sampler);
    part.failing(timedOut());
    until(2600, sampler);
    assertEquals(Sample.NOTHING, board.at(2600, Duration.ZERO).sample());
    assertEquals(0, part.timesClosed());
    until(4000, sampler);
    assertEquals(List.of(0L, 3500L), part.starts());
    sampler.close();
    assertEquals(1, part.timesClosed());
  }

  @Test
  void aPartWithoutASampleForHalfAMinuteIsRestarted() throws IOException {
    FakePart part = part(SECOND).gives(() -> Sample.NOTHING);
    Sampler sampler = sampler(part);
    until(30_400, sampler);
    assertEquals(0, part.timesClosed());
    until(31_000, sampler);
    assertEquals(1, part.timesClosed());
    assertEquals("silent for 30 s: check its cable and its power", faults.list().get(0).text());
  }

  @Test
  void aSilenceOfExactlyHalfAMinuteIsLongEnough() throws IOException {
    FakePart part = part(SECOND).taking(Duration.ofMillis(500)).gives(() -> Sample.NOTHING);
    Sampler sampler = sampler(part);
    until(29_000, sampler);
    assertEquals(0, part.timesClosed());
    until(30_000, sampler);
    assertEquals(30_000, time.tickMs());
    assertEquals(1, part.timesClosed());
  }

  @Test
  void aPartWhoseSamplesStayFreshLongerMayBeSilentLonger() throws IOException {
    FakePart part = part(SECOND).gives(() -> Sample.NOTHING).freshFor(Duration.ofSeconds(20));
    Sampler sampler = sampler(part);
    until(59_000, sampler);
    assertEquals(0, part.timesClosed());
    until(62_000, sampler);
    assertEquals(1, part.timesClosed());
  }

  @Test
  void aFlagWithoutAReadingEndsTheSilence() throws IOException {
    Sample warming = new Sample(Map.of(), Set.of(Quality.GAS_WARMUP));
    FakePart part = part(SECOND).gives(() -> warming);
    until(300_000, sampler(part));
    assertEquals(1, part.starts().size());
    assertEquals(warming, board.at(300_000, Duration.ZERO).sample());
  }

  @Test
  void levelsReadEightTimesASecondBecomeOneEnergyMeanAtTheSecondsEnd() throws IOException {
    Iterator<Double> levels =
        DoubleStream.concat(
                DoubleStream.of(0),
                DoubleStream.concat(DoubleStream.of(80), DoubleStream.generate(() -> 60)))
            .iterator();
    FakePart part =
        part(Duration.ofMillis(125))
            .gives(
                () -> {
                  double level = levels.next();
                  return new Sample(
                      Map.of(Quantity.LAEQ, level, Quantity.LAFMAX, level),
                      level == 80 ? Set.of(Quality.NOISE_OVERLOAD) : Set.of());
                });
    Sampler sampler = sampler(part);
    until(1100, sampler);
    // Eight readings, due at 125 to 1000: one of 80 dB and seven of 60 dB.
    double mean = 10 * Math.log10((1e8 + 7e6) / 8);
    Sample second = board.at(1000, Duration.ZERO).sample();
    assertEquals(mean, second.get(Quantity.LAEQ).orElseThrow(), 1e-9);
    assertEquals(80, second.get(Quantity.LAFMAX).orElseThrow());
    assertEquals(Set.of(Quality.NOISE_OVERLOAD), second.flags());
    until(2100, sampler);
    Sample next = board.at(2000, Duration.ZERO).sample();
    assertEquals(60, next.get(Quantity.LAEQ).orElseThrow(), 1e-9);
    assertEquals(Set.of(), next.flags());
  }

  @Test
  void aReducedSecondIsPostedAtItsEndThoughTheNextReadIsLater() throws IOException {
    FakePart part = part(Duration.ofMillis(900));
    until(2001, sampler(part));
    assertEquals(List.of(0L, 900L, 1800L), part.reads());
    assertEquals(WARM, board.at(2000, Duration.ZERO).sample());
  }

  @Test
  void anErrorDiscardsTheUnfinishedSecond() throws IOException {
    FakePart part = part(Duration.ofMillis(125));
    Sampler sampler = sampler(part);
    until(1400, sampler);
    part.failing(timedOut());
    until(2200, sampler);
    assertEquals(Sample.NOTHING, board.at(2000, Duration.ofMillis(200)).sample());
  }

  @Test
  void anInterruptIsNoFaultOfThePart() {
    FakePart part = part(SECOND).failing(new InterruptedIOException("stop"));
    Sampler sampler = sampler(part);
    assertThrows(InterruptedIOException.class, () -> until(1000, sampler));
    assertTrue(faults.list().isEmpty());
    sampler.close();
    assertEquals(1, part.timesClosed());
  }

  @Test
  void closingClosesOnlyStartedSensors() throws IOException {
    FakePart part = part(SECOND);
    sampler(part).close();
    assertEquals(0, part.timesClosed());
    Sampler sampler = sampler(part);
    until(1000, sampler);
    sampler.close();
    sampler.close();
    assertEquals(1, part.timesClosed());
  }

  @Test
  void aBugInADriverIsNotCaught() {
    FakePart part =
        part(SECOND)
            .gives(
                () -> {
                  throw new IllegalStateException("bug");
                });
    assertThrows(IllegalStateException.class, () -> until(1000, sampler(part)));
  }

  @Test
  void aSamplerWithoutSensorsIsABug() {
    assertThrows(
        IllegalArgumentException.class, () -> new Sampler("i2c-1", List.of(), board, faults, time));
  }
}
