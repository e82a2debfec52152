package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.bus.AudioPort;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.Microphone;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimAudioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ScriptedTime time = new ScriptedTime();
  private final Simulation simulation =
      new Simulation(time, 1, Instant.parse("2026-11-23T17:30:00Z"));
  private final AudioPort port = ConnectedParts.audio(simulation);
  private final SimulatedPart simulatedPart = simulation.part("microphone");

  // The driver's weighting filter and the weighting of the simulated spectrum are independent.
  @ParameterizedTest(name = "{0} dB(A), seed {1}")
  @CsvSource({"50, 1", "62, 2", "94, 3"})
  void aSteadyLevelIsMeasuredAsItIs(double dba, long seed) throws IOException {
    AudioPort steady = new SimAudio(time, simulatedPart, tick -> dba, new TrafficNoise(seed));
    Microphone microphone = microphone(steady);
    microphone.start();
    assertEquals(dba, second(microphone).get(Quantity.LAEQ).orElseThrow(), 0.05);
  }

  @Test
  void aMicrophoneMeasuresTheLevelOfTheRide() throws IOException {
    Microphone microphone = microphone(port);
    microphone.start();
    for (int i = 0; i < 60; i++) {
      Sample sample = second(microphone);
      assertEquals(Set.of(), sample.flags());
      double energy = 0;
      for (int ms = 0; ms < 1_000; ms += 10) {
        energy += Math.pow(10, simulation.ride().levelDba(time.tickMs() - ms) / 10) / 100;
      }
      assertEquals(
          10 * Math.log10(energy), sample.get(Quantity.LAEQ).orElseThrow(), 1, "second " + i);
    }
  }

  @Test
  void theRightChannelIsSilentAndTheLowestEightBitsAreUnused() throws IOException {
    int[] words = capture(4_800);
    for (int i = 0; i < words.length; i += 2) {
      assertEquals(0, words[i] & 0xff);
      assertEquals(0, words[i + 1]);
    }
  }

  @Test
  void soundDependsOnTheTickAloneNotOnWhenItWasOpenedOrHowItIsRead() throws IOException {
    int[] whole = capture(9_600);
    ScriptedTime again = new ScriptedTime();
    again.pass(Duration.ofMillis(50));
    try (Simulation same = new Simulation(again, 1, Instant.EPOCH)) {
      AudioPort other = ConnectedParts.audio(same);
      other.open();
      int[] some = new int[2 * 777];
      int[] rest = new int[2 * 7_200];
      for (int at = 0; at < 7_200; ) {
        int count = other.read(some, Math.min(777, 7_200 - at), SECOND);
        System.arraycopy(some, 0, rest, 2 * at, 2 * count);
        at += count;
      }
      assertArrayEquals(Arrays.copyOfRange(whole, 2 * 2_400, 2 * 9_600), rest);
    }
    assertFalse(Arrays.equals(whole, ofSeed(2)));
  }

  @Test
  void framesComeAtTheirRateAndAreWaitedFor() throws IOException {
    port.open();
    int[] words = new int[2 * 48_000];
    assertEquals(4_800, port.read(words, 48_000, SECOND));
    assertEquals(100, time.tickMs());
    time.pass(Duration.ofMillis(20));
    assertEquals(960, port.read(words, 48_000, SECOND));
    assertEquals(0, port.read(words, 48_000, Duration.ZERO));
  }

  @Test
  void aLateReaderLosesSamplesAndTheOverrunIsCounted() throws IOException {
    port.open();
    time.pass(Duration.ofMillis(670));
    assertEquals(32_160, port.read(new int[80_000], 40_000, SECOND));
    assertEquals(0, port.overruns());
    time.pass(Duration.ofMillis(671));
    assertEquals(32_160, port.read(new int[80_000], 40_000, SECOND));
    assertEquals(1, port.overruns());
  }

  @Test
  void anUnpluggedCardEndsTheCaptureAndCanBeOpenedAgain() throws IOException {
    port.open();
    simulatedPart.unplug();
    assertThrows(BusException.class, () -> port.read(new int[2], 1, SECOND));
    port.close();
    assertThrows(BusException.class, port::open);
    simulatedPart.plug();
    port.open();
    assertTrue(port.read(new int[2], 1, SECOND) > 0);
  }

  @Test
  void aCardThatStallsIsAnErrorAfterThreeSeconds() throws IOException {
    port.open();
    simulatedPart.fail(InjectedFault.SILENCE);
    for (int i = 0; i < 3; i++) {
      assertEquals(0, port.read(new int[2], 1, Duration.ofMillis(900)));
    }
    assertThrows(BusException.class, () -> port.read(new int[2], 1, SECOND));
    assertEquals(3_000, time.tickMs());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"ALL_ZEROS", "ALL_ONES", "STUCK"})
  void aMicrophoneWithAConstantSignalIsStuckUntilHealed(InjectedFault fault) throws IOException {
    Microphone microphone = microphone(port);
    microphone.start();
    second(microphone);
    simulatedPart.fail(fault);
    assertEquals(Set.of(Quality.NOISE_STUCK), second(microphone).flags());
    simulatedPart.heal();
    Sample sample = second(microphone);
    while (sample.readings().isEmpty()) {
      sample = second(microphone);
    }
    assertTrue(time.tickMs() < 6_000, "back at " + time.tickMs());
  }

  // Values of IEC 61672-1:2013, table 3, with one decimal.
  @ParameterizedTest(name = "{0} Hz: {1} dB")
  @CsvSource({
    "31.623, -39.4",
    "63.096, -26.2",
    "125.89, -16.1",
    "251.19, -8.6",
    "1000, 0",
    "3981.1, 1.0",
    "7943.3, -1.1",
    "15849, -6.6"
  })
  void theAWeightingIsThatOfTheStandard(double hz, double db) {
    assertEquals(db, 20 * Math.log10(TrafficNoise.weightA(hz)), 0.051);
  }

  @Test
  void theNoiseRepeatsWithoutAJump() {
    Seeds.each(3, SimAudioTest::assertNoJump);
  }

  private static void assertNoJump(long seed) {
    TrafficNoise traffic = new TrafficNoise(seed);
    double steepest = 0;
    for (int i = 1; i < TrafficNoise.RATE_HZ; i++) {
      steepest = Math.max(steepest, Math.abs(traffic.sound(i) - traffic.sound(i - 1)));
    }
    double seam =
        Math.abs(traffic.sound(TrafficNoise.RATE_HZ) - traffic.sound(TrafficNoise.RATE_HZ - 1));
    assertTrue(seam <= steepest, seam + " against " + steepest);
  }

  private Microphone microphone(AudioPort from) {
    return new Microphone(from, time, MicrophoneSettings.uncalibrated(MicrophonePart.INMP441));
  }

  private static Sample second(Microphone microphone) throws IOException {
    Sample sample = Sample.NOTHING;
    while (sample.isEmpty()) {
      sample = microphone.read();
    }
    return sample;
  }

  private int[] capture(int frames) throws IOException {
    return capture(port, frames);
  }

  private static int[] ofSeed(long seed) throws IOException {
    try (Simulation other = new Simulation(new ScriptedTime(), seed, Instant.EPOCH)) {
      return capture(ConnectedParts.audio(other), 9_600);
    }
  }

  private static int[] capture(AudioPort from, int frames) throws IOException {
    from.open();
    int[] words = new int[2 * frames];
    int[] some = new int[2 * frames];
    for (int at = 0; at < frames; ) {
      int count = from.read(some, frames - at, SECOND);
      System.arraycopy(some, 0, words, 2 * at, 2 * count);
      at += count;
    }
    return words;
  }
}
