package dev.streetbox.hj212;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quantity;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MinuteTest {
  private final Minute minute = new Minute();

  private void add(Quantity quantity, int count, double first) {
    for (int i = 0; i < count; i++) {
      minute.add(quantity, first + i);
    }
  }

  @Test
  void twentyNineValuesAreTooFewForAFactorAndThirtyAreEnough() {
    add(Quantity.PM2_5, 29, 1);
    add(Quantity.LAEQ, 29, 60);
    assertEquals("", minute.air());
    assertEquals("", minute.sound());
    add(Quantity.PM2_5, 1, 30);
    assertEquals("a34004-Min=1.0,a34004-Avg=15.5,a34004-Max=30.0,a34004-Flag=N", minute.air());
  }

  @Test
  void gasesAreGivenInMilligramsAndFollowTheParticles() {
    add(Quantity.NH3, 30, 0);
    add(Quantity.PM10, 30, 10);
    assertEquals(
        "a34002-Min=10.0,a34002-Avg=24.5,a34002-Max=39.0,a34002-Flag=N;"
            + "a21001-Min=0.000,a21001-Avg=10.266,a21001-Max=20.532,a21001-Flag=N",
        minute.air());
  }

  @Test
  void soundHasItsEnergyMeanItsExtremesAndTheLevelsThatWereExceeded() {
    add(Quantity.LAEQ, 31, 50); // 50 to 80 dB
    add(Quantity.LAFMAX, 3, 90);
    assertEquals(
        "Leq-Data=72.0;LMx-Data=92.0;LMn-Data=50.0;" + "L10-Data=77.0;L50-Data=65.0;L90-Data=53.0",
        minute.sound());
  }

  @Test
  void withoutMaximaTheGreatestLevelIsThatOfTheSeconds() {
    add(Quantity.LAEQ, 30, 50);
    assertEquals("79.0", minute.sound().replaceAll(".*LMx-Data=([^;]*);.*", "$1"));
  }

  @Test
  void aFactorsTextHasADecimalPointInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals("0.708", Factor.AMMONIA.text(1));
    } finally {
      Locale.setDefault(before);
    }
  }
}
