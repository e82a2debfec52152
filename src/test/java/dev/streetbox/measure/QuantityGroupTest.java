package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuantityGroupTest {
  @Test
  void aFlagQualifiesTheQuantitiesOfItsGroup() {
    Set<Quality> row = EnumSet.of(Quality.PM_HUMID, Quality.NOISE_MOTION, Quality.PARKED);
    assertEquals("humid", Quantity.PM2_5.group().flagText(row));
    assertEquals("motion", Quantity.LAEQ.group().flagText(row));
    assertEquals("", Quantity.TEMPERATURE.group().flagText(row));
    assertEquals("parked", QuantityGroup.BOX.flagText(row));
    assertEquals(
        EnumSet.of(Quality.GAS_WARMUP, Quality.GAS_FAULT, Quality.GAS_STUCK),
        Quantity.VOC_INDEX.group().flags());
  }

  @Test
  void everyFlagBelongsToOneGroup() {
    Set<Quality> all = EnumSet.noneOf(Quality.class);
    for (QuantityGroup group : QuantityGroup.values()) {
      group.flags().forEach(flag -> assertTrue(all.add(flag), flag + " twice"));
    }
    assertEquals(EnumSet.allOf(Quality.class), all);
  }

  @Test
  void aFlagsKeyBeginsWithItsGroupsPrefix() {
    for (Quality flag : Quality.values()) {
      assertTrue(flag.key().startsWith(flag.group().prefix()), flag.key());
    }
  }

  @Test
  void aFlagWithAnotherGroupsPrefixBelongsToThatGroup() {
    for (Quality flag : QuantityGroup.BOX.flags()) {
      for (QuantityGroup group : QuantityGroup.values()) {
        boolean foreign = !group.prefix().isEmpty() && flag.key().startsWith(group.prefix());
        assertTrue(!foreign, flag + " looks like one of " + group);
      }
    }
  }

  @Test
  void onlyTheRowAsAWholeHasNoQuantity() {
    Set<QuantityGroup> used = EnumSet.noneOf(QuantityGroup.class);
    for (Quantity quantity : Quantity.values()) {
      used.add(quantity.group());
    }
    assertEquals(EnumSet.complementOf(EnumSet.of(QuantityGroup.BOX)), used);
  }
}
