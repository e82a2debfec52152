package dev.streetbox.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyWeightingTest {
  /** Nominal Hz, A, C, upper and lower limit of class 1 in dB (IEC 61672-1:2013, table 3). */
  @ParameterizedTest(name = "{0} Hz")
  @CsvSource({
    "10, -70.4, -14.3, 3, -Infinity",
    "12.5, -63.4, -11.2, 2.5, -Infinity",
    "16, -56.7, -8.5, 2, -4",
    "20, -50.5, -6.2, 2, -2",
    "25, -44.7, -4.4, 2, -1.5",
    "31.5, -39.4, -3.0, 1.5, -1.5",
    "40, -34.6, -2.0, 1, -1",
    "50, -30.2, -1.3, 1, -1",
    "63, -26.2, -0.8, 1, -1",
    "80, -22.5, -0.5, 1, -1",
    "100, -19.1, -0.3, 1, -1",
    "125, -16.1, -0.2, 1, -1",
    "160, -13.4, -0.1, 1, -1",
    "200, -10.9, 0.0, 1, -1",
    "250, -8.6, 0.0, 1, -1",
    "315, -6.6, 0.0, 1, -1",
    "400, -4.8, 0.0, 1, -1",
    "500, -3.2, 0.0, 1, -1",
    "630, -1.9, 0.0, 1, -1",
    "800, -0.8, 0.0, 1, -1",
    "1000, 0.0, 0.0, 0.7, -0.7",
    "1250, 0.6, 0.0, 1, -1",
    "1600, 1.0, -0.1, 1, -1",
    "2000, 1.2, -0.2, 1, -1",
    "2500, 1.3, -0.3, 1, -1",
    "3150, 1.2, -0.5, 1, -1",
    "4000, 1.0, -0.8, 1, -1",
    "5000, 0.5, -1.3, 1.5, -1.5",
    "6300, -0.1, -2.0, 1.5, -2",
    "8000, -1.1, -3.0, 1.5, -2.5",
    "10000, -2.5, -4.4, 2, -3",
    "12500, -4.3, -6.2, 2, -5",
    "16000, -6.6, -8.5, 2.5, -16",
    "20000, -9.3, -11.2, 3, -Infinity"
  })
  void everyThirdOctaveIsWithinClass1AndATenthOfADecibel(
      double nominalHz, double a, double c, double upper, double lower) {
    for (int rateHz : new int[] {48_000, 44_100, 32_000, 16_000}) {
      double hz = Weighting.exactHz(nominalHz);
      if (hz < 0.97 * rateHz / 2) {
        Response response = new Response(rateHz);
        double errorA = response.a(hz) - a;
        double errorC = response.c(hz) - c;
        // The table is rounded to 0.1 dB; the filters themselves are tested against the formula.
        assertTrue(errorA < upper && errorA > lower, rateHz + " A " + errorA);
        assertTrue(errorC < upper && errorC > lower, rateHz + " C " + errorC);
        assertEquals(0, errorA, 0.1, rateHz + " A");
        assertEquals(0, errorC, 0.1, rateHz + " C");
      }
    }
  }

  @ParameterizedTest(name = "{0} Hz")
  @ValueSource(ints = {48_000, 44_100, 32_000, 16_000})
  void everyTwelfthOctaveIsWithin40MillidecibelsOfTheFormula(int rateHz) {
    Response response = new Response(rateHz);
    for (double hz = 10; hz < Math.min(20_000, 0.97 * rateHz / 2); hz *= Math.pow(2, 1 / 12.0)) {
      assertEquals(Weighting.aDb(hz), response.a(hz), 0.04, "A at " + hz);
      assertEquals(Weighting.cDb(hz), response.c(hz), 0.04, "C at " + hz);
    }
  }

  @Test
  void aConstantOffsetIsRemoved() {
    double[] offset = new double[48_000];
    Arrays.fill(offset, 0.1);
    double[] a = new double[48_000];
    double[] c = new double[48_000];
    new FrequencyWeighting(48_000).apply(offset, 48_000, a, c);
    assertEquals(0, a[47_999], 1e-12);
    assertEquals(0, c[47_999], 1e-12);
  }

  @Test
  void theSplitIntoBlocksDoesNotChangeTheOutput() {
    double[] sound = Signals.white(new SplittableRandom(1), -20, 9600);
    double[] a = new double[9600];
    double[] c = new double[9600];
    new FrequencyWeighting(48_000).apply(sound, 9600, a, c);
    FrequencyWeighting pieces = new FrequencyWeighting(48_000);
    double[] pieceA = new double[960];
    double[] pieceC = new double[960];
    for (int from = 0; from < 9600; from += 960) {
      pieces.apply(Arrays.copyOfRange(sound, from, from + 960), 960, pieceA, pieceC);
      assertArrayEquals(Arrays.copyOfRange(a, from, from + 960), pieceA);
      assertArrayEquals(Arrays.copyOfRange(c, from, from + 960), pieceC);
    }
  }

  @Test
  void aRateWithoutCoefficientsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new FrequencyWeighting(22_050));
  }

  /** Computes the frequency response from the impulse response. */
  private static final class Response {
    private final int rateHz;
    private final double[] a;
    private final double[] c;

    Response(int rateHz) {
      this.rateHz = rateHz;
      a = new double[rateHz / 2];
      c = new double[rateHz / 2];
      double[] impulse = new double[rateHz / 2];
      impulse[0] = 1;
      new FrequencyWeighting(rateHz).apply(impulse, impulse.length, a, c);
    }

    double a(double hz) {
      return levelDb(a, hz);
    }

    double c(double hz) {
      return levelDb(c, hz);
    }

    private double levelDb(double[] answer, double hz) {
      double real = 0;
      double imaginary = 0;
      for (int n = 0; n < answer.length; n++) {
        real += answer[n] * Math.cos(2 * Math.PI * hz * n / rateHz);
        imaginary += answer[n] * Math.sin(2 * Math.PI * hz * n / rateHz);
      }
      return 10 * Math.log10(real * real + imaginary * imaginary);
    }
  }
}
