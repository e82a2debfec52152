package dev.streetbox.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.bus.SerialPort;
import dev.streetbox.driver.Gpsd;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sample.Board;
import dev.streetbox.sample.MeasuredQuantities;
import dev.streetbox.sample.SampledSensor;
import dev.streetbox.sample.Sampler;
import dev.streetbox.simulate.GroundTruth;
import dev.streetbox.simulate.Ride;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A simulated ride through a receiver whose reports are late, now more, now less: from gpsd's bytes
 * to the row, whose place must be that of its own second.
 */
class PlaceOfASecondTest {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final int SECONDS = 600;
  private static final int LEAST_DELAY_MS = 50;
  private static final String GREETING =
      "{\"class\":\"VERSION\",\"release\":\"3.22\",\"proto_major\":3,\"proto_minor\":14}\n";

  private final ScriptedTime time = new ScriptedTime(START);
  private final Board board = new Board(List.of(new MeasuredQuantities("gnss", Set.of())), 0);
  private final Composer composer =
      new Composer(
          board, new QualitySettings(18, Duration.ofMinutes(2), 2, 20, 80), second -> second);
  private final NavigableMap<Long, String> arrivals = new TreeMap<>();
  private final NavigableMap<Long, Sample> rows = new TreeMap<>();

  @Test
  void eachRowHasThePlaceOfTheEpochInItsSecond() {
    Seeds.each(
        20, seed -> new PlaceOfASecondTest().eachRowHasThePlaceOfTheEpochInItsSecond((int) seed));
  }

  private void eachRowHasThePlaceOfTheEpochInItsSecond(int seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Ride ride = new Ride(seed);
    long phaseMs = 1 + random.nextLong(900); // of the epochs, within the seconds of the boot
    arrivals.put(0L, GREETING);
    for (int second = 0; second < SECONDS; second++) {
      long epochMs = second * 1_000L + phaseMs;
      long delayMs = LEAST_DELAY_MS + (second < 10 ? 0 : random.nextLong(450));
      arrivals.put(epochMs + delayMs, tpv(epochMs, ride.at(epochMs).place()));
    }
    play();
    for (long tickMs = 20_000; tickMs < SECONDS * 1_000; tickMs += 1_000) {
      GroundTruth.Place truth = ride.at(tickMs - 1_000 + phaseMs).place();
      Sample row = rows.get(tickMs);
      assertEquals(truth.latDeg(), row.get(Quantity.LAT).orElseThrow(), 1e-8, "" + tickMs);
      assertEquals(truth.lonDeg(), row.get(Quantity.LON).orElseThrow(), 1e-8, "" + tickMs);
    }
  }

  @Test
  void aRowWhoseEpochIsMissingHasNoPlaceRatherThanTheLastOne() {
    Seeds.each(
        20,
        seed ->
            new PlaceOfASecondTest()
                .aRowWhoseEpochIsMissingHasNoPlaceRatherThanTheLastOne((int) seed));
  }

  private void aRowWhoseEpochIsMissingHasNoPlaceRatherThanTheLastOne(int seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Ride ride = new Ride(seed);
    arrivals.put(0L, GREETING);
    boolean[] missing = new boolean[SECONDS];
    for (int second = 0; second < SECONDS; second++) {
      long epochMs = second * 1_000L + 600;
      missing[second] = second > 20 && random.nextInt(10) == 0;
      if (!missing[second]) {
        arrivals.put(
            epochMs + LEAST_DELAY_MS + random.nextLong(200),
            tpv(epochMs, ride.at(epochMs).place()));
      }
    }
    play();
    for (int second = 20; second < SECONDS - 1; second++) {
      Sample row = rows.get((second + 1) * 1_000L);
      assertEquals(missing[second], row.get(Quantity.LAT).isEmpty(), "second " + second);
    }
  }

  /** Runs the receiver's duty, and composes each second when the recorder would. */
  private void play() throws IOException {
    Gpsd gpsd = new Gpsd(new LatePort(), Optional.empty(), time, heard -> {});
    SampledSensor sampled = new SampledSensor("gnss", gpsd, Duration.ZERO);
    Sampler sampler = new Sampler("gnss", List.of(sampled), board, new Faults(), time);
    while (time.tickMs() < (SECONDS + 1) * 1_000) {
      sampler.cycle();
    }
    assertTrue(rows.size() >= SECONDS);
  }

  private static String tpv(long epochMs, GroundTruth.Place place) {
    return String.format(
        Locale.ROOT,
        "{\"class\":\"TPV\",\"mode\":3,\"time\":\"%s\",\"lat\":%.9f,\"lon\":%.9f}%n",
        START.plusMillis(epochMs),
        place.latDeg(),
        place.lonDeg());
  }

  /** A port whose bytes arrive at their ticks; while it waits, the recorder's seconds pass. */
  private final class LatePort implements SerialPort {
    private long dueTickMs = 1_000;

    @Override
    public void open() {}

    @Override
    public int read(byte[] buffer, Duration wait) {
      long untilMs = time.tickMs() + wait.toMillis();
      while (time.tickMs() < untilMs
          && (arrivals.isEmpty() || arrivals.firstKey() > time.tickMs())) {
        time.pass(Duration.ofMillis(1));
        if (time.tickMs() == dueTickMs + Recorder.WAIT.toMillis()) {
          rows.put(dueTickMs, composer.second(dueTickMs, Recorder.GRACE).sample());
          dueTickMs += 1_000;
        }
      }
      if (arrivals.isEmpty() || arrivals.firstKey() > time.tickMs()) {
        return 0;
      }
      byte[] bytes = arrivals.pollFirstEntry().getValue().getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, buffer, 0, bytes.length);
      return bytes.length;
    }

    @Override
    public void write(byte[] bytes) {}

    @Override
    public void close() {}
  }
}
