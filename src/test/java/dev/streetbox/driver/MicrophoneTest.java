package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.ScriptedAudio;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import dev.streetbox.sound.Calibrator;
import dev.streetbox.sound.MicrophonePart;
import dev.streetbox.sound.MicrophoneSettings;
import dev.streetbox.sound.Signals;
import dev.streetbox.sound.Slot;
import dev.streetbox.sound.SoundMeter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicrophoneTest {
  private static final int RATE_HZ = 48_000;

  /** Rms relative to full scale of a part of −26 dBFS at 94 dB. */
  private static final double AT_94 = -26 - 10 * Math.log10(2);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedAudio port = new ScriptedAudio(time, RATE_HZ);
  private final Microphone microphone = of(MicrophonePart.INMP441);

  @Test
  void aToneOf94DecibelsReads94AndItsPeak97() throws IOException {
    port.sound(3, at(94));
    microphone.start();
    Sample sample = second();
    assertEquals(94, sample.get(Quantity.LAEQ).orElseThrow(), 0.01);
    assertEquals(94, sample.get(Quantity.LAFMAX).orElseThrow(), 0.02);
    assertEquals(97.01, sample.get(Quantity.LCPEAK).orElseThrow(), 0.01);
    assertEquals(Set.of(Quality.NOISE_CALIBRATOR), sample.flags());
  }

  @Test
  void theFirstSecondIsDroppedAndThenThereIsOneSampleASecond() throws IOException {
    port.sound(4, at(94));
    microphone.start();
    List<Long> ticks = new ArrayList<>();
    while (ticks.size() < 3) {
      if (!microphone.read().isEmpty()) {
        ticks.add(time.tickMs());
      }
    }
    assertEquals(List.of(2000L, 3000L, 4000L), ticks);
  }

  @Test
  void theJumpAtPowerUpAndAConstantOffsetDoNotChangeTheLevels() throws IOException {
    // A real INMP441's first second was 12.5 dB louder, and its offset louder than the room.
    IntUnaryOperator room = noise(40);
    int offset = 1 << 26;
    port.sound(0.1, n -> offset + room.applyAsInt(n) * 50);
    port.sound(2.9, n -> offset + room.applyAsInt(n));
    microphone.start();
    Sample with = second();
    ScriptedAudio clean = new ScriptedAudio(time, RATE_HZ).sound(3, room);
    Microphone other = of(clean, MicrophonePart.INMP441);
    other.start();
    Sample without = Sample.NOTHING;
    while (without.isEmpty()) {
      without = other.read();
    }
    for (Quantity quantity : with.readings().keySet()) {
      assertEquals(
          without.get(quantity).orElseThrow(),
          with.get(quantity).orElseThrow(),
          0.1,
          quantity.key());
    }
  }

  @Test
  void theChannelWithTheSoundIsFoundOnEitherSide() throws IOException {
    // In the other channel only the lowest bit toggles.
    port.sound(3, n -> (n & 1) << 8, at(70));
    microphone.start();
    assertEquals(70, second().get(Quantity.LAEQ).orElseThrow(), 0.01);
  }

  @ParameterizedTest(name = "noise of {0} dBFS")
  @ValueSource(doubles = {-10, -30, -60, -80})
  void twoSlotsThatMoveAndDifferAreAFaultAndNoLevel(double noiseDb) throws IOException {
    double[] noise = Signals.pink(new SplittableRandom(2), noiseDb, 2 * RATE_HZ);
    port.sound(3, at(60), Signals.words(noise));
    microphone.start();
    BusException error = assertThrows(BusException.class, this::second);
    assertTrue(error.getMessage().contains("pull SD down with 100 kΩ"), error.getMessage());
    assertTrue(time.tickMs() <= 1_000, "fault at " + time.tickMs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"left", "right"})
  void theNamedSlotIsMeasuredWhateverIsInTheOther(String slot) throws IOException {
    double[] noise = Signals.pink(new SplittableRandom(2), -30, 2 * RATE_HZ);
    boolean left = slot.equals("left");
    port.sound(3, left ? at(60) : Signals.words(noise), left ? Signals.words(noise) : at(60));
    Microphone named =
        new Microphone(
            port,
            time,
            MicrophoneSettings.uncalibrated(MicrophonePart.INMP441).withSlot(Slot.of(slot)));
    named.start();
    Sample sample = named.read();
    while (sample.isEmpty()) {
      sample = named.read();
    }
    assertEquals(60, sample.get(Quantity.LAEQ).orElseThrow(), 0.01);
  }

  @Test
  void anOtherSlotThatBeginsToMoveIsAFaultAndTheChoiceIsMadeAnew() throws IOException {
    double[] noise = Signals.pink(new SplittableRandom(2), -30, 2 * RATE_HZ);
    port.sound(2, n -> 0, Signals.words(noise)).sound(2, at(60), Signals.words(noise));
    port.sound(3, at(60), n -> 0);
    microphone.start();
    second();
    assertThrows(
        BusException.class,
        () -> {
          while (second().get(Quantity.LAEQ).isPresent()) {
            assertTrue(time.tickMs() <= 3_000, "still a level at " + time.tickMs());
          }
        });
    assertEquals(Optional.empty(), microphone.lastSecond());
    Sample sample = Sample.NOTHING;
    while (sample.get(Quantity.LAEQ).isEmpty()) {
      try {
        sample = second();
      } catch (BusException e) {
        // The other slot still moves.
      }
    }
    assertEquals(60, sample.get(Quantity.LAEQ).orElseThrow(), 0.1);
  }

  @Test
  void aMonoMicrophoneInBothSlotsAndClicksInTheOtherSlotAreNoFault() throws IOException {
    IntUnaryOperator street = noise(60);
    port.sound(2, street, street);
    microphone.start();
    assertEquals(60, second().get(Quantity.LAEQ).orElseThrow(), 0.5);
    ScriptedAudio clicking = new ScriptedAudio(time, RATE_HZ);
    clicking.sound(3, street, n -> n % 1_000 == 0 ? 1 << 30 : 0);
    Microphone other = of(clicking, MicrophonePart.INMP441);
    other.start();
    Sample sample = Sample.NOTHING;
    while (sample.isEmpty()) {
      sample = other.read();
    }
    assertEquals(60, sample.get(Quantity.LAEQ).orElseThrow(), 0.5);
  }

  @Test
  void aQuietChannelIsFoundBesideOneStuckAtFullScale() throws IOException {
    port.sound(3, n -> Integer.MIN_VALUE, at(40));
    microphone.start();
    assertEquals(40, second().get(Quantity.LAEQ).orElseThrow(), 0.2);
  }

  @ParameterizedTest(name = "word {0}")
  @ValueSource(ints = {0, -1, 0x00ffff00, Integer.MIN_VALUE})
  void aConstantSignalIsStuckAndGivesNoReading(int word) throws IOException {
    port.sound(1, n -> word);
    microphone.start();
    Sample sample = second();
    assertEquals(Set.of(Quality.NOISE_STUCK), sample.flags());
    assertTrue(sample.readings().isEmpty());
  }

  @Test
  void aSignalThatBecomesConstantIsStuckWithinASecondUntilSoundReturns() throws IOException {
    port.sound(2.4, at(70)).zeros(1).sound(3, at(60));
    microphone.start();
    assertEquals(70, second().get(Quantity.LAEQ).orElseThrow(), 0.01);
    assertEquals(Set.of(Quality.NOISE_STUCK), second().flags());
    assertEquals(2600, time.tickMs());
    Sample sample = second();
    while (sample.readings().isEmpty()) {
      assertEquals(Set.of(Quality.NOISE_STUCK), sample.flags());
      sample = second();
    }
    assertEquals(60, sample.get(Quantity.LAEQ).orElseThrow(), 0.01);
    assertTrue(time.tickMs() <= 5800, "measuring again at " + time.tickMs());
  }

  @Test
  void channelsThatSwapAreFollowed() throws IOException {
    port.sound(2, at(70)).sound(3, n -> 0, at(70));
    microphone.start();
    second();
    assertEquals(Set.of(Quality.NOISE_STUCK), second().flags());
    assertEquals(70, second().get(Quantity.LAEQ).orElseThrow(), 0.01);
  }

  @Test
  void aSoundThatClipsIsOverload() throws IOException {
    port.sound(2, at(110)).sound(1, at(119.2)).sound(1, at(110));
    microphone.start();
    assertFalse(second().flags().contains(Quality.NOISE_OVERLOAD));
    assertTrue(second().flags().contains(Quality.NOISE_OVERLOAD));
    assertFalse(second().flags().contains(Quality.NOISE_OVERLOAD));
  }

  @Test
  void anIcs43434IsOverloadedFrom116DecibelsOn() throws IOException {
    port.sound(2, at(115.9)).sound(1, at(116.1));
    Microphone ics = of(MicrophonePart.ICS43434);
    ics.start();
    ics.read();
    assertFalse(ics.read().flags().contains(Quality.NOISE_OVERLOAD));
    assertTrue(ics.read().flags().contains(Quality.NOISE_OVERLOAD));
  }

  @Test
  void aLevelNearThePartsOwnNoiseIsFlagged() throws IOException {
    port.sound(2, at(38.1)).sound(1, at(37.9));
    microphone.start();
    assertEquals(Set.of(), second().flags());
    Sample quiet = second();
    assertEquals(Set.of(Quality.NOISE_FLOOR), quiet.flags());
    assertEquals(37.9, quiet.get(Quantity.LAEQ).orElseThrow(), 0.2);
  }

  @Test
  void aLevelFarBelowThePartsOwnNoiseIsStuck() throws IOException {
    port.sound(3, n -> n % 7 << 8);
    microphone.start();
    Sample sample = second();
    assertEquals(Set.of(Quality.NOISE_STUCK), sample.flags());
    assertTrue(sample.readings().isEmpty());
    assertEquals(Optional.empty(), microphone.lastSecond());
  }

  @Test
  void aCalibratedUnitReadsByItsOwnSensitivity() throws IOException {
    port.sound(3, Signals.tone(1000, AT_94 + 2.5));
    Microphone calibrated =
        new Microphone(port, time, new MicrophoneSettings(MicrophonePart.INMP441, -23.5, false));
    calibrated.start();
    calibrated.read();
    assertEquals(94, calibrated.read().get(Quantity.LAEQ).orElseThrow(), 0.01);
  }

  @Test
  void theCorrectionRestoresTheLowFrequenciesOfAPart() throws IOException {
    // C-weighting takes 0.8 dB at 63 Hz; the correction of an INMP441 is 3.5 dB there.
    double[] plain = peaks(false);
    double[] corrected = peaks(true);
    assertEquals(3.5, corrected[0] - plain[0], 0.1);
    assertEquals(0, corrected[1] - plain[1], 0.01);
  }

  @Test
  void lostSamplesOmitTheSecondAndFlagIt() throws IOException {
    port.sound(2.5, at(70)).overrun().sound(3, at(60));
    microphone.start();
    second();
    Sample gap = second();
    assertEquals(Set.of(Quality.STALE), gap.flags());
    assertTrue(gap.readings().isEmpty());
    Sample after = second();
    assertEquals(60, after.get(Quantity.LAEQ).orElseThrow(), 0.01);
    assertEquals(60, after.get(Quantity.LAFMAX).orElseThrow(), 0.02);
  }

  @Test
  void aReadOfASilentPipeEndsAfterASecond() throws IOException {
    port.silence();
    microphone.start();
    assertSame(Sample.NOTHING, microphone.read());
    assertEquals(1000, time.tickMs());
  }

  @Test
  void aLostDeviceIsAFaultAndComesBackWithAStart() throws IOException {
    port.sound(2.4, at(70)).fails(new BusException("unplugged", 0));
    port.fails(new BusException("not there", 0));
    port.sound(2, at(60));
    microphone.start();
    second();
    assertThrows(BusException.class, this::second);
    microphone.close();
    assertFalse(port.isOpen());
    assertThrows(BusException.class, microphone::start);
    microphone.start();
    assertEquals(60, second().get(Quantity.LAEQ).orElseThrow(), 0.01);
    assertEquals(2, port.opened());
  }

  @ParameterizedTest(name = "pieces of {0} frames")
  @ValueSource(ints = {1000, 4799, 4801, 6000})
  void theSizeOfTheReadsDoesNotChangeTheLevels(int frames) throws IOException {
    IntUnaryOperator street = noise(65);
    port.sound(4, street);
    microphone.start();
    ScriptedAudio cut = new ScriptedAudio(time, RATE_HZ).sound(4, street).inPieces(frames);
    Microphone other = of(cut, MicrophonePart.INMP441);
    other.start();
    for (int i = 0; i < 3; i++) {
      Sample expected = second();
      Sample sample = Sample.NOTHING;
      while (sample.isEmpty()) {
        sample = other.read();
      }
      assertEquals(expected, sample);
    }
  }

  @Test
  void aStreetSceneHasTheLevelsOfItsSounds() throws IOException {
    // A minute of 55 dB with a lorry of 75 dB for 12 s and two bangs.
    IntUnaryOperator street = noise(55);
    IntUnaryOperator bangs = n -> street.applyAsInt(n) + (n % 24_000 == 0 ? 1 << 29 : 0);
    port.sound(21, street).sound(12, noise(75)).sound(1, bangs).sound(27, street).sound(2, street);
    microphone.start();
    double energy = 0;
    double highest = 0;
    double peak = 0;
    for (int second = 1; second < 60; second++) {
      Sample sample = second();
      energy += Math.pow(10, sample.get(Quantity.LAEQ).orElseThrow() / 10) / 60;
      highest = Math.max(highest, sample.get(Quantity.LAFMAX).orElseThrow());
      peak = Math.max(peak, sample.get(Quantity.LCPEAK).orElseThrow());
      assertFalse(sample.readings().containsKey(Quantity.L10), "at " + second);
    }
    Sample sixtieth = second();
    energy += Math.pow(10, sixtieth.get(Quantity.LAEQ).orElseThrow() / 10) / 60;
    // 10 lg((12 * 10^7.5 + 48 * 10^5.5) / 60)
    assertEquals(68.2, 10 * Math.log10(energy), 0.3);
    assertEquals(76, highest, 0.9);
    // A pulse of a quarter of full scale, through the C-weighting.
    assertEquals(123.0 + 20 * Math.log10(0.25) - 6, peak, 1.5);
    assertEquals(75, sixtieth.get(Quantity.L10).orElseThrow(), 0.6);
    assertEquals(55, sixtieth.get(Quantity.L50).orElseThrow(), 0.5);
    assertEquals(54.7, sixtieth.get(Quantity.L90).orElseThrow(), 0.5);
    assertFalse(second().readings().containsKey(Quantity.L10));
  }

  @Test
  void theMinuteOfPercentilesRestartsAfterAGap() throws IOException {
    port.sound(41, at(70)).overrun().sound(62, at(60));
    microphone.start();
    for (int second = 0; second < 40; second++) {
      second();
    }
    assertEquals(Set.of(Quality.STALE), second().flags());
    for (int second = 1; second < 60; second++) {
      assertFalse(second().readings().containsKey(Quantity.L90));
    }
    assertEquals(60, second().get(Quantity.L90).orElseThrow(), 0.11);
  }

  @ParameterizedTest(name = "put on at {0} s, taken off at {1} s")
  @CsvSource({
    "2, 5, 2, 5", "2.2, 5.2, 2, 6", "2.5, 5.5, 2, 6", "2.7, 5.7, 2, 6", "2.75, 5.75, 2, 6",
    "2.8, 5.05, 2, 5", "2.85, 4.95, 2, 5", "2.9, 5.01, 2, 5", "2.95, 5.1, 2, 6", "2.99, 5, 2, 5",
    "2.999, 5, 2, 5", "3, 5, 3, 5",
  })
  void everySecondWithTheToneOfACalibratorAndTheNextOneAreFlagged(
      double on, double off, int first, int last) throws IOException {
    port.sound(on, noise(60)).sound(off - on, at(94)).sound(8 - off, noise(60));
    microphone.start();
    for (int second = 1; second < 7; second++) {
      boolean flagged = second().flags().contains(Quality.NOISE_CALIBRATOR);
      assertEquals(second >= first && second <= last, flagged, "in second " + second);
    }
  }

  @Test
  void aLoudSoundAtTheEndOfASecondIsNoCalibratorAndKeepsItsTime() throws IOException {
    port.sound(1.95, noise(60)).sound(0.1, noise(95)).sound(3, noise(60));
    microphone.start();
    Sample loud = second();
    long readMs = time.tickMs();
    assertEquals(Set.of(), loud.flags());
    assertTrue(loud.get(Quantity.LAEQ).orElseThrow() > 80);
    assertEquals(200, readMs - microphone.measuredMs(readMs));
    assertEquals(Set.of(), second().flags());
    assertEquals(time.tickMs(), microphone.measuredMs(time.tickMs()));
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 940, 1060, 2000})
  void aToneOfAnotherFrequencyIsNoCalibrator(int frequencyHz) throws IOException {
    port.sound(4, Signals.tone(frequencyHz, AT_94));
    microphone.start();
    assertEquals(Set.of(), second().flags());
  }

  @Test
  void aCalibratorIsDetectedAfterFiveSecondsUntilTheNextSound() throws IOException {
    port.sound(6, Signals.tone(1000, AT_94 - 1)).sound(1, noise(60));
    microphone.start();
    for (int i = 0; i < 5; i++) {
      assertEquals(Optional.empty(), microphone.calibratorTone());
      second();
    }
    assertEquals(-27, microphone.calibratorTone().orElseThrow().sensitivityDbfs(), 0.01);
    assertEquals(AT_94 - 1, microphone.lastSecond().orElseThrow().laeqDb(), 0.01);
    second();
    assertEquals(Optional.empty(), microphone.calibratorTone());
  }

  @Test
  void aCalibratorIsMeasuredAfterSixSecondsWhateverWasBefore() throws IOException {
    port.sound(4, noise(60)).sound(8, Signals.tone(1000, AT_94 - 1));
    Calibrator.Tone tone = microphone.measureCalibrator(93.8, 20);
    assertEquals(-26.8, tone.sensitivityDbfs(), 0.01);
    assertTrue(time.tickMs() <= 10_000, "measured at " + time.tickMs());
  }

  @Test
  void anUnsteadyToneIsRefusedAfterTheGivenSeconds() throws IOException {
    double[] tone = Signals.sine(1000, AT_94, RATE_HZ, 2);
    for (int n = 0; n < tone.length; n++) {
      tone[n] *= 1 + 0.03 * Math.sin(2 * Math.PI * n / tone.length);
    }
    port.sound(22, Signals.words(tone));
    IOException refused =
        assertThrows(IOException.class, () -> microphone.measureCalibrator(94, 20));
    assertTrue(refused.getMessage().contains("not steady"), refused.getMessage());
    assertTrue(Math.abs(time.tickMs() - 20_000) <= 1_000, () -> "" + time.tickMs());
  }

  @Test
  void theReadWaitsForTheSoundAndAReadingStaysFreshForTwoSeconds() {
    assertEquals(Duration.ZERO, microphone.rhythm().period());
    assertTrue(microphone.rhythm().fresh().toMillis() > 1000);
  }

  /** Returns LCpeak at 63 Hz and at 1 kHz, dB. */
  private static double[] peaks(boolean corrected) throws IOException {
    double[] peaks = new double[2];
    for (int i = 0; i < 2; i++) {
      ScriptedTime time = new ScriptedTime();
      ScriptedAudio port = new ScriptedAudio(time, RATE_HZ);
      port.sound(3, Signals.tone(i == 0 ? 63 : 1000, AT_94));
      MicrophoneSettings settings = new MicrophoneSettings(MicrophonePart.INMP441, -26, corrected);
      Microphone microphone = new Microphone(port, time, settings);
      microphone.start();
      Sample sample = microphone.read();
      while (sample.isEmpty()) {
        sample = microphone.read();
      }
      peaks[i] = sample.get(Quantity.LCPEAK).orElseThrow();
    }
    return peaks;
  }

  private Microphone of(MicrophonePart part) {
    return of(port, part);
  }

  private Microphone of(ScriptedAudio audio, MicrophonePart part) {
    return new Microphone(audio, time, MicrophoneSettings.uncalibrated(part));
  }

  /** Reads until a sample is not empty. */
  private Sample second() throws IOException {
    Sample sample = microphone.read();
    while (sample.isEmpty()) {
      sample = microphone.read();
    }
    return sample;
  }

  /** Returns a tone of 1 kHz of that level. */
  private static IntUnaryOperator at(double db) {
    return Signals.tone(1000, AT_94 + db - 94);
  }

  /** Returns pink noise of that A-weighted level. */
  private static IntUnaryOperator noise(double db) {
    double[] noise = Signals.pink(new SplittableRandom(1), AT_94 + db - 94, 2 * RATE_HZ);
    SoundMeter meter = new SoundMeter(RATE_HZ, noise.length);
    meter.add(noise, noise.length);
    double correction = Math.pow(10, (AT_94 + db - 94 - meter.take().laeqDb()) / 20);
    for (int n = 0; n < noise.length; n++) {
      noise[n] *= correction;
    }
    return Signals.words(noise);
  }

  @Test
  void closingEndsTheLevelsAndTheTone() throws IOException {
    port.sound(6, Signals.tone(1000, AT_94 - 1));
    microphone.start();
    for (int i = 0; i < 5; i++) {
      second();
    }
    assertTrue(microphone.calibratorTone().isPresent());
    microphone.close();
    assertEquals(Optional.empty(), microphone.lastSecond());
    assertEquals(Optional.empty(), microphone.calibratorTone());
  }

  @Test
  void aSecondFarBelowThePartsOwnNoiseEndsTheLevelsOfTheLastOne() throws IOException {
    port.sound(3, at(70)).sound(2, n -> n % 7 << 8);
    microphone.start();
    second();
    second();
    assertTrue(microphone.lastSecond().isPresent());
    while (!second().flags().contains(Quality.NOISE_STUCK)) {}
    assertEquals(Optional.empty(), microphone.lastSecond());
  }

  @Test
  void afterLostSamplesACalibratorNeedsFiveSecondsAgain() throws IOException {
    port.sound(5.5, Signals.tone(1000, AT_94 - 1)).overrun();
    port.sound(6, Signals.tone(1000, AT_94 - 1));
    microphone.start();
    for (int i = 0; i < 8; i++) {
      second();
      assertEquals(Optional.empty(), microphone.calibratorTone(), "sample " + i);
    }
  }

  @Test
  void theTypeOfTheMicrophoneIsThatOfItsSettings() {
    assertEquals(MicrophonePart.INMP441, microphone.part());
  }

  @Test
  void aStartOpensThePortAnew() throws IOException {
    microphone.start();
    microphone.start();
    assertEquals(2, port.opened());
  }
}
