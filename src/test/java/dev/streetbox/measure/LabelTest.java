package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LabelTest {
  @Test
  void labelsFitTheirColumn() {
    for (Quantity quantity : Quantity.values()) {
      assertTrue(Label.of(quantity).length() <= 14, Label.of(quantity));
    }
  }

  @Test
  void noTwoQuantitiesHaveOneLabel() {
    long labels = Arrays.stream(Quantity.values()).map(Label::of).distinct().count();
    assertEquals(Quantity.values().length, labels);
  }

  @Test
  void aSmallWindowShowsTheMainQuantitiesAndLeavesOutTheirDetails() {
    assertFalse(Label.isDetail(Quantity.PM2_5));
    assertFalse(Label.isDetail(Quantity.PM2_5_CAL));
    assertFalse(Label.isDetail(Quantity.LAEQ));
    assertTrue(Label.isDetail(Quantity.PM10_CAL));
    assertTrue(Label.isDetail(Quantity.NC0_3));
    assertTrue(Label.isDetail(Quantity.L90));
  }
}
