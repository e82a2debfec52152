package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.driver.GasIndex.Gas;
import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks which raw signals of a gas pixel are published, and which make its index impossible. */
class PixelSignalTest {
  private final SampleBuilder builder = new SampleBuilder();

  @Test
  void anUnknownSignalIsNotPublishedAndKeepsTheIndex() {
    assertTrue(PixelSignal.put(builder, Gas.VOC, 0xFFFF));
    assertEquals(new Sample(Map.of(), Set.of()), builder.build());
  }

  @Test
  void aKnownSignalIsPublishedUnderItsGas() {
    assertTrue(PixelSignal.put(builder, Gas.VOC, 27_000));
    assertTrue(PixelSignal.put(builder, Gas.NOX, 16_000));
    assertEquals(
        Sample.of(Map.of(Quantity.VOC_RAW, 27_000.0, Quantity.NOX_RAW, 16_000.0)), builder.build());
  }

  @Test
  void aSignalThatNoWorkingPixelGivesIsAFaultAndHidesTheIndex() {
    assertFalse(PixelSignal.put(builder, Gas.NOX, 0));
    assertEquals(new Sample(Map.of(), Set.of(Quality.GAS_FAULT)), builder.build());
  }
}
