package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void aFlagJudgesTheQuantitiesOfItsTopic() {
    Set<Quality> row = EnumSet.of(Quality.PM_HUMID, Quality.NOISE_MOTION, Quality.PARKED);
    assertEquals("humid", Topic.of(Quantity.PM2_5).words(row));
    assertEquals("motion", Topic.of(Quantity.LAEQ).words(row));
    assertEquals("", Topic.of(Quantity.TEMPERATURE).words(row));
    assertEquals("parked", Topic.BOX.words(row));
    assertEquals(
        EnumSet.of(Quality.GAS_WARMUP, Quality.GAS_FAULT, Quality.GAS_STUCK),
        Topic.of(Quantity.VOC_INDEX).flags());
  }

  @Test
  void everyFlagBelongsToOneTopic() {
    Set<Quality> all = EnumSet.noneOf(Quality.class);
    for (Topic topic : Topic.values()) {
      topic.flags().forEach(flag -> assertTrue(all.add(flag), flag + " twice"));
    }
    assertEquals(EnumSet.allOf(Quality.class), all);
  }

  @Test
  void labelsFitTheirColumn() {
    for (Quantity quantity : Quantity.values()) {
      assertTrue(Label.of(quantity).length() <= 14, Label.of(quantity));
    }
  }
}
