package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LabelTest {
  @Test
  void labelsFitTheirColumn() {
    for (Quantity quantity : Quantity.values()) {
      assertTrue(quantity.label().length() <= 14, quantity.label());
    }
  }

  @Test
  void noTwoQuantitiesHaveOneLabel() {
    long labels = Arrays.stream(Quantity.values()).map(Quantity::label).distinct().count();
    assertEquals(Quantity.values().length, labels);
  }

  @Test
  void aSmallWindowShowsTheMainQuantitiesAndLeavesOutTheirDetails() {
    assertFalse(Quantity.PM2_5.isDetail());
    assertFalse(Quantity.PM2_5_CAL.isDetail());
    assertFalse(Quantity.LAEQ.isDetail());
    assertTrue(Quantity.PM10_CAL.isDetail());
    assertTrue(Quantity.NC0_3.isDetail());
    assertTrue(Quantity.L90.isDetail());
  }
}
