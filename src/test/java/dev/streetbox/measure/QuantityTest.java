package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @Test
  void levelsAreAveragedByEnergy() {
    // 10·lg((10^6 + 10^8)/2) = 77.0 dB: half the time at 80 dB, half at 60 dB.
    assertEquals(77.03, Quantity.LAEQ.reduce(List.of(60.0, 80.0)), 0.005);
  }

  @Test
  void maximaAreNotAveraged() {
    assertEquals(80.0, Quantity.LAFMAX.reduce(List.of(60.0, 80.0, 70.0)));
  }

  @Test
  void ofRawTicksTheLastValueIsTaken() {
    assertEquals(30_001.0, Quantity.VOC_RAW.reduce(List.of(30_000.0, 30_001.0)));
  }

  @Test
  void concentrationsAreAveragedArithmetically() {
    assertEquals(2.0, Quantity.PM2_5.reduce(List.of(1.0, 3.0)));
  }

  @Test
  void everyKeyFindsItsQuantity() {
    Arrays.stream(Quantity.values())
        .forEach(quantity -> assertEquals(Optional.of(quantity), Quantity.of(quantity.key())));
    assertEquals(Optional.empty(), Quantity.of("pm99"));
  }

  @Test
  void everyQuantityHasAKeyAGroupAMeanAUnitAndDecimals() {
    Set<Quantity> withoutUnit = EnumSet.of(Quantity.VOC_INDEX, Quantity.NOX_INDEX);
    for (Quantity quantity : Quantity.values()) {
      assertTrue(quantity.key().matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"), quantity.key());
      assertNotNull(quantity.group(), quantity.key());
      assertNotEquals(QuantityGroup.BOX, quantity.group(), quantity.key());
      assertNotNull(quantity.mean(), quantity.key());
      assertEquals(withoutUnit.contains(quantity), quantity.unit().isEmpty(), quantity.key());
      assertTrue(quantity.decimals() >= 0 && quantity.decimals() <= 6, quantity.key());
    }
  }

  /**
   * Compares the unit in the key with the other entries, so that a quantity with contradictory
   * entries is found.
   */
  @ParameterizedTest
  @CsvSource({
    "ugm3, µg/m³, PARTICLES, ARITHMETIC",
    "cm3, 1/cm³, PARTICLES, ARITHMETIC",
    "um, µm, PARTICLES, ARITHMETIC",
    "ppm, ppm, GAS, ARITHMETIC",
    "ohm, Ω, GAS, ARITHMETIC",
    "index, '', GAS, ARITHMETIC",
    "raw, ticks, GAS, LATEST",
    "c, °C, AIR, ARITHMETIC",
    "pct, %, AIR, ARITHMETIC",
    "hpa, hPa, AIR, ARITHMETIC",
    "m, m, PLACE, ARITHMETIC",
    "mps, m/s, PLACE, ARITHMETIC",
    "deg, °, PLACE, CIRCULAR"
  })
  void quantitiesOfOneUnitBelongToOneGroup(
      String end, String unit, QuantityGroup group, Mean mean) {
    List<Quantity> found =
        Arrays.stream(Quantity.values()).filter(q -> q.key().endsWith("_" + end)).toList();
    assertFalse(found.isEmpty());
    for (Quantity quantity : found) {
      assertEquals(unit, quantity.unit(), quantity.key());
      assertEquals(group, quantity.group(), quantity.key());
      assertEquals(mean, quantity.mean(), quantity.key());
    }
  }

  @Test
  void ofTheLevelsOnlyLaeqIsAveragedByEnergy() {
    for (Quantity quantity : Quantity.values()) {
      if (quantity.group() == QuantityGroup.NOISE) {
        assertEquals("dB", quantity.unit());
        assertEquals(quantity == Quantity.LAEQ, quantity.mean() == Mean.ENERGY, quantity.key());
        assertEquals(
            quantity.key().contains("max") || quantity.key().contains("peak"),
            quantity.mean() == Mean.MAXIMUM,
            quantity.key());
      }
    }
  }

  @Test
  void aCorrectedValueIsOfTheKindOfItsRawOne() {
    for (Quantity raw : Quantity.values()) {
      raw.corrected()
          .ifPresent(
              corrected -> {
                assertEquals(raw.unit(), corrected.unit());
                assertEquals(raw.group(), corrected.group());
                assertEquals(raw.mean(), corrected.mean());
                assertEquals(raw.decimals(), corrected.decimals());
              });
    }
  }

  @Test
  void flagsAreNamedInTheOrderOfTheirBitsAndNoneIsGood() {
    Set<Quality> flags = EnumSet.of(Quality.STALE, Quality.PM_WARMUP);
    assertEquals("pm_warmup, stale", Quality.keys(flags));
    assertEquals("pm_warmup, stale", Quality.keysOrGood(flags));
    assertEquals("", Quality.keys(Set.of()));
    assertEquals("good", Quality.keysOrGood(Set.of()));
  }

  @Test
  void theFlagsHaveTheContractsBits() {
    assertEquals(1 << 0, Quality.PM_WARMUP.bit());
    assertEquals(1 << 11, Quality.GNSS_NONE.bit());
    assertEquals(1 << 18, Quality.PARKED.bit());
    assertEquals("noise_motion", Quality.NOISE_MOTION.key());
    assertEquals(Set.of(Quality.STALE, Quality.PM_HUMID), Quality.of(1 << 15 | 1 << 1 | 1 << 30));
    assertEquals(1 << 15 | 1 << 1, Quality.bits(Set.of(Quality.STALE, Quality.PM_HUMID)));
  }

  @Test
  void aDirectionIsNeverRoundedTo360Degrees() {
    assertEquals(0, Quantity.COURSE.rounded(359.7));
    assertEquals(359, Quantity.COURSE.rounded(359.2));
    assertEquals("0", RowJson.plain(Quantity.COURSE, 359.99));
  }

  @Test
  void aSentinelOrImpossibleValueIsOutsideEachRange() {
    assertFalse(Quantity.TEMPERATURE.isInRange(999));
    assertFalse(Quantity.LAEQ.isInRange(-300));
    assertFalse(Quantity.HUMIDITY.isInRange(Double.NaN));
    for (Quantity quantity : Quantity.values()) {
      assertTrue(quantity.least() < quantity.greatest(), quantity.key());
      assertTrue(quantity.isInRange(quantity.least()) && quantity.isInRange(quantity.greatest()));
      assertFalse(quantity.isInRange(quantity.greatest() + 0.01), quantity.key());
      assertFalse(quantity.isInRange(quantity.least() - 0.01), quantity.key());
    }
  }
}
