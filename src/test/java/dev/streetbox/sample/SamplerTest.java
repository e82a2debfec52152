package dev.streetbox.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tests the effect of one part on the others of its bus. */
class SamplerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final List<String> NAMES = List.of("pm", "gas", "air");
  private static final List<Quantity> QUANTITIES =
      List.of(Quantity.PM2_5, Quantity.VOC_RAW, Quantity.TEMPERATURE);

  private final ScriptedTime time = new ScriptedTime();
  private final Board board =
      new Board(NAMES.stream().map(name -> new MeasuredQuantities(name, Set.of())).toList(), 0);
  private final List<FakePart> parts = new ArrayList<>();
  private final Sampler sampler;

  SamplerTest() {
    List<SampledSensor> sensors = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      Quantity quantity = QUANTITIES.get(i);
      FakePart part =
          new FakePart(time, SECOND)
              .taking(Duration.ofMillis(20))
              .gives(() -> Sample.of(Map.of(quantity, (double) time.tickMs())));
      parts.add(part);
      sensors.add(new SampledSensor(NAMES.get(i), part, Duration.ZERO));
    }
    sampler = new Sampler("i2c-1", sensors, board, new Faults(), time);
  }

  private void until(long tickMs) throws IOException {
    while (time.tickMs() < tickMs) {
      long restMs = sampler.cycle().toMillis();
      time.pass(Duration.ofMillis(Math.min(restMs, Math.max(0, tickMs - time.tickMs()))));
    }
  }

  /**
   * Returns whether the row of the second that ends at a tick has a part's value measured in that
   * second.
   */
  private boolean measuredWithin(int part, long endTickMs) {
    double value = board.at(endTickMs, Duration.ZERO).sample().get(QUANTITIES.get(part)).orElse(-1);
    return value > endTickMs - 1000 && value <= endTickMs;
  }

  private static Duration longestWaitAfter(long unpluggedMs) {
    // Each back-off is as long as all before it together, plus a second; then the next read is due.
    return Duration.ofMillis(Math.min(300_000, unpluggedMs + 4000) + 2000);
  }

  @Test
  void aPartUnpluggedTwoHundredTimesComesBackAndTheOthersLoseNoSecond() {
    Seeds.each(5, seed -> new SamplerTest().unplugAtRandom(seed));
  }

  private void unplugAtRandom(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    long tickMs = 1000;
    until(tickMs);
    for (int round = 0; round < 200; round++) {
      int unplugged = random.nextInt(parts.size());
      long outMs = 1000L * random.nextInt(1, random.nextInt(2, 200));
      parts.get(unplugged).plug(false);
      tickMs = watch(tickMs, tickMs + outMs, unplugged);
      parts.get(unplugged).plug(true);
      tickMs = watch(tickMs, tickMs + longestWaitAfter(outMs).toMillis(), unplugged);
      assertTrue(
          measuredWithin(unplugged, tickMs),
          NAMES.get(unplugged) + " is not back after " + outMs + " ms");
    }
  }

  private long watch(long fromTickMs, long toTickMs, int unplugged) throws IOException {
    long end = fromTickMs;
    while (end < toTickMs) {
      end += 1000;
      until(end);
      for (int part = 0; part < parts.size(); part++) {
        assertTrue(
            part == unplugged || measuredWithin(part, end),
            NAMES.get(part) + " lost the second that ends at " + end);
      }
    }
    return end;
  }

  @Test
  void anUnpluggedPartsSampleStaysWhileFreshUntilTheThirdMissingAcknowledge() throws IOException {
    until(3000);
    parts.get(1).plug(false);
    until(5000);
    assertEquals(2540, board.at(4000, Duration.ZERO).sample().get(Quantity.VOC_RAW).orElseThrow());
    until(6000);
    assertTrue(board.at(4000, Duration.ZERO).sample().get(Quantity.VOC_RAW).isEmpty(), "cleared");
    assertTrue(measuredWithin(0, 6000) && measuredWithin(2, 6000));
  }

  @Test
  void aHungPartDelaysTheOthersByItsOwnReadAndThenWaits() throws IOException {
    until(2000);
    parts.get(0).taking(Duration.ofMillis(900)).failing(new BusException("timed out", 110));
    until(5000);
    // Its read at 2500 hangs for 900 ms; the others were due at 2500 too.
    assertEquals(List.of(520L, 1520L, 3400L, 3500L), parts.get(1).reads().subList(0, 4));
    assertEquals(List.of(540L, 1540L, 3420L, 3520L), parts.get(2).reads().subList(0, 4));
    assertEquals(List.of(0L, 4400L), parts.get(0).starts());
  }

  @Test
  void theOthersLoseNoSecondBesideAPartThatIsAlwaysSlow() throws IOException {
    parts.get(0).taking(Duration.ofMillis(900));
    until(1000);
    for (long end = 2000; end <= 100_000; end += 1000) {
      until(end);
      assertTrue(measuredWithin(1, end) && measuredWithin(2, end), "second that ends at " + end);
    }
  }

  @Test
  void partsThatAreDueTogetherAreReadInTheOrderGiven() throws IOException {
    until(1000);
    assertEquals(
        List.of(500L, 520L, 540L), parts.stream().map(part -> part.reads().get(0)).toList());
  }

  @Test
  void thePartThatIsDueLongestIsReadFirst() throws IOException {
    parts.get(2).plug(false);
    until(600);
    parts.get(2).plug(true);
    // The third part's wait ends at 1000; the clock jumps over that and over the others' reads.
    time.pass(Duration.ofSeconds(3));
    sampler.cycle();
    assertEquals(3600, parts.get(2).starts().get(1));
    assertEquals(3600, parts.get(0).reads().get(1));
    assertEquals(3620, parts.get(1).reads().get(1));
  }

  @Test
  void missedReadsAreSkippedAndTheGridStays() throws IOException {
    until(1000);
    time.pass(Duration.ofMillis(5300));
    until(9000);
    assertEquals(List.of(500L, 6300L, 6500L, 7500L, 8500L), parts.get(0).reads());
  }

  @Test
  void theRestEndsWhenTheNextPartIsDue() throws IOException {
    assertEquals(Duration.ofMillis(500), sampler.cycle());
    time.pass(Duration.ofMillis(500));
    assertEquals(Duration.ofMillis(940), sampler.cycle());
  }

  @Test
  void aDayOfReadsDoesNotDrift() throws IOException {
    until(86_400_000L);
    List<Long> reads = parts.get(0).reads();
    assertEquals(86_400, reads.size());
    assertEquals(
        LongStream.range(0, 86_400).mapToObj(second -> second * 1000 + 500).toList(), reads);
  }

  @Test
  void aPartThatBecomesDueDuringACycleIsRunInTheNext() throws IOException {
    parts.get(2).plug(false);
    sampler.cycle();
    parts.get(2).plug(true);
    // The third part's wait ends at 1000, during the first part's read.
    parts.get(0).taking(Duration.ofMillis(900));
    time.pass(Duration.ofMillis(500));
    sampler.cycle();
    assertEquals(List.of(0L), parts.get(2).starts());
    sampler.cycle();
    assertEquals(List.of(0L, 1420L), parts.get(2).starts());
  }

  @Test
  void aPartReadEightTimesASecondIsReadBetweenTheReadsOfSlowParts() throws IOException {
    List<SampledSensor> sensors = new ArrayList<>();
    for (FakePart slow : parts.subList(0, 2)) {
      slow.taking(Duration.ofMillis(400));
      sensors.add(new SampledSensor("pm", slow, Duration.ZERO));
    }
    FakePart fast =
        new FakePart(time, Duration.ofMillis(125))
            .gives(() -> Sample.of(Map.of(Quantity.LAEQ, 60.0)));
    sensors.add(new SampledSensor("gas", fast, Duration.ZERO));
    Sampler bus = new Sampler("i2c-1", sensors, board, new Faults(), time);
    for (long tickMs = 0; tickMs <= 500; tickMs += 125) {
      time.pass(Duration.ofMillis(tickMs - time.tickMs()));
      bus.cycle();
    }
    // At 500 all three are due; the slow ones hold the bus from 500 to 900 and from 900 to 1300.
    assertEquals(List.of(0L, 125L, 250L, 375L, 900L, 1300L), fast.reads());
  }
}
