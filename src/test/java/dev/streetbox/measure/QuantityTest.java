package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
  void rawTicksAreTheLastOnes() {
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
  void theFlagsHaveTheContractsBits() {
    assertEquals(1 << 0, Quality.PM_WARMUP.bit());
    assertEquals(1 << 11, Quality.GNSS_NONE.bit());
    assertEquals(1 << 18, Quality.PARKED.bit());
    assertEquals("noise_motion", Quality.NOISE_MOTION.key());
    assertEquals(Set.of(Quality.STALE, Quality.PM_HUMID), Quality.of(1 << 15 | 1 << 1 | 1 << 30));
    assertEquals(1 << 15 | 1 << 1, Quality.bits(Set.of(Quality.STALE, Quality.PM_HUMID)));
  }
}
