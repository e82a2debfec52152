package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoundMeterTest {
  private static final int RATE_HZ = 48_000;

  /** A power of two, for the Fourier transform: 2.7 s. */
  private static final int LONG = 1 << 17;

  @Test
  void aSineHasItsRmsAsLeqAndItsAmplitudeAsPeak() {
    SoundLevels levels = settled(Signals.sine(997, -20, RATE_HZ, 2));
    assertEquals(-20 + Weighting.aDb(997), levels.laeqDb(), 0.002);
    assertEquals(-20, levels.lceqDb(), 0.002);
    assertEquals(levels.laeqDb(), levels.lafMaxDb(), 0.01);
    assertEquals(levels.laeqDb(), levels.lafMinDb(), 0.02);
    assertEquals(-20 + 10 * Math.log10(2), levels.lcPeakDb(), 0.01);
    assertEquals(997, levels.frequencyHz(), 0.5);
  }

  @Test
  void whiteNoiseHasTheLevelThatTheFormulaGivesItsSpectrum() {
    Seeds.each(
        3, seed -> compareWithSpectrum(Signals.white(new SplittableRandom(seed), -30, LONG)));
  }

  @Test
  void pinkNoiseHasTheLevelThatTheFormulaGivesItsSpectrum() {
    Seeds.each(3, seed -> compareWithSpectrum(Signals.pink(new SplittableRandom(seed), -30, LONG)));
  }

  @Test
  void theAWeightingOfWhiteNoiseIsTheIntegralOverItsBand() {
    double integral = 0;
    for (int hz = 0; hz < 24_000; hz++) {
      integral += Math.pow(10, Weighting.aDb(hz + 0.5) / 10) / 24_000;
    }
    SoundLevels levels = settled(Signals.white(new SplittableRandom(8), -30, 10 * RATE_HZ));
    assertEquals(-30 + 10 * Math.log10(integral), levels.laeqDb(), 0.1);
  }

  @Test
  void thePeakOfPulsesDependsOnNeitherRateNorSignAndTheirLeqHalvesWithTheRate() {
    SoundLevels often = settled(pulses(480, 0.5));
    SoundLevels rare = settled(pulses(960, -0.5));
    assertEquals(often.lcPeakDb(), rare.lcPeakDb(), 0.2);
    assertEquals(10 * Math.log10(2), often.laeqDb() - rare.laeqDb(), 0.05);
  }

  @Test
  void aLargeConstantOffsetChangesNothing() {
    double[] tone = Signals.sine(500, -60, RATE_HZ, 2);
    SoundLevels without = settled(tone);
    for (int i = 0; i < tone.length; i++) {
      tone[i] += 0.1;
    }
    SoundLevels with = settled(tone);
    assertEquals(without.laeqDb(), with.laeqDb(), 1e-6);
    assertEquals(without.lcPeakDb(), with.lcPeakDb(), 1e-6);
    assertEquals(without.lafMaxDb(), with.lafMaxDb(), 1e-6);
  }

  @Test
  void nineQuietPartsAndALoudOneHaveTheLevelOfTheirMeanEnergy() {
    // 60 dB for nine parts and 80 dB for one: 70.4 dB. Parts of 0.5 s, all of one run.
    SoundMeter meter = new SoundMeter(RATE_HZ, RATE_HZ / 2);
    double[] quiet = Signals.sine(1000, -60, RATE_HZ, 0.5);
    meter.add(quiet, quiet.length);
    meter.settle();
    for (int part = 0; part < 10; part++) {
      meter.add(part == 4 ? Signals.sine(1000, -40, RATE_HZ, 0.5) : quiet, RATE_HZ / 2);
    }
    SoundLevels levels = meter.take();
    assertEquals(-60 + 10.37, levels.laeqDb(), 0.01);
    assertEquals(-40, levels.lafMaxDb(), 0.1);
    assertEquals(-60, levels.lafMinDb(), 0.01);
  }

  @Test
  void theEnergyMeanOfSecondsIsTheLeqOfTheWhole() {
    double[] noise = Signals.pink(new SplittableRandom(9), -30, 8 * RATE_HZ);
    SoundMeter whole = new SoundMeter(RATE_HZ, noise.length);
    whole.add(noise, noise.length);
    SoundMeter seconds = new SoundMeter(RATE_HZ, RATE_HZ);
    double energy = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int from = 0; from < noise.length; from += RATE_HZ) {
      seconds.add(Arrays.copyOfRange(noise, from, from + RATE_HZ), RATE_HZ);
      SoundLevels second = seconds.take();
      energy += Math.pow(10, second.laeqDb() / 10) / 8;
      highest = Math.max(highest, second.lafMaxDb());
    }
    SoundLevels all = whole.take();
    assertEquals(all.laeqDb(), 10 * Math.log10(energy), 1e-9);
    assertEquals(all.lafMaxDb(), highest, 1e-9);
    assertTrue(highest > all.laeqDb());
  }

  /** Returns the levels without the first half of a second. */
  private static SoundLevels settled(double[] sound) {
    SoundMeter meter = new SoundMeter(RATE_HZ, sound.length);
    int start = RATE_HZ / 2;
    meter.add(sound, start / 2);
    meter.take();
    meter.add(Arrays.copyOfRange(sound, start / 2, start), start / 2);
    meter.settle();
    meter.add(Arrays.copyOfRange(sound, start, sound.length), sound.length - start);
    return meter.take();
  }

  private static double[] pulses(int every, double height) {
    double[] sound = new double[2 * RATE_HZ];
    for (int i = 0; i < sound.length; i += every) {
      sound[i] = height;
    }
    return sound;
  }

  private static void compareWithSpectrum(double[] sound) {
    SoundMeter meter = new SoundMeter(RATE_HZ, sound.length);
    meter.add(sound, sound.length);
    SoundLevels levels = meter.take();
    double[] real = sound.clone();
    double[] imaginary = new double[sound.length];
    transform(real, imaginary);
    double a = 0;
    double c = 0;
    for (int k = 1; k < sound.length / 2; k++) {
      double hz = (double) k * RATE_HZ / sound.length;
      double power = 2 * (real[k] * real[k] + imaginary[k] * imaginary[k]);
      a += power * Math.pow(10, Weighting.aDb(hz) / 10);
      c += power * Math.pow(10, Weighting.cDb(hz) / 10);
    }
    double scale = 1.0 / sound.length / sound.length;
    assertEquals(10 * Math.log10(a * scale), levels.laeqDb(), 0.05, "A");
    assertEquals(10 * Math.log10(c * scale), levels.lceqDb(), 0.05, "C");
  }

  /** Computes the fast Fourier transform in place, of a power of two. */
  private static void transform(double[] real, double[] imaginary) {
    int size = real.length;
    for (int i = 0; i < size; i++) {
      int j = Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(size) + 1);
      if (j > i) {
        double swap = real[i];
        real[i] = real[j];
        real[j] = swap;
      }
    }
    for (int half = 1; half < size; half *= 2) {
      for (int k = 0; k < half; k++) {
        double cos = Math.cos(Math.PI * k / half);
        double sin = -Math.sin(Math.PI * k / half);
        for (int i = k; i < size; i += 2 * half) {
          int j = i + half;
          double re = real[j] * cos - imaginary[j] * sin;
          double im = real[j] * sin + imaginary[j] * cos;
          real[j] = real[i] - re;
          imaginary[j] = imaginary[i] - im;
          real[i] += re;
          imaginary[i] += im;
        }
      }
    }
  }
}
