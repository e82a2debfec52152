package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests how an entry is described step by step. */
class CatalogueEntryTest {
  private static final PartWiring WIRING =
      new PartWiring.I2c(
          List.of(0x44),
          Optional.empty(),
          (port, context) -> {
            throw new AssertionError("no driver is made here");
          });

  private final CatalogueEntry plain = CatalogueEntry.of("part", WIRING, Quantity.TEMPERATURE);

  @Test
  void aPlainEntryHasOneModeNoGasAndAnyPeriod() {
    assertEquals("part", plain.key());
    assertEquals(Set.of(Quantity.TEMPERATURE), plain.quantities());
    assertEquals(List.of(), plain.modes());
    assertTrue(plain.gases().isEmpty());
    assertFalse(plain.fixedPeriod());
    assertEquals("part", plain.toString());
  }

  @Test
  void eachStepKeepsWhatWasDescribedBefore() {
    CatalogueEntry whole =
        plain
            .withModes("active", "passive")
            .oncePerSecond()
            .withGas("nh3", Quantity.NH3)
            .withGas("h2s", Quantity.H2S);
    assertEquals(List.of("active", "passive"), whole.modes());
    assertTrue(whole.fixedPeriod());
    assertEquals(List.of("nh3", "h2s"), List.copyOf(whole.gases().keySet()));
    assertEquals(WIRING, whole.wiring());
    assertEquals(Set.of(Quantity.TEMPERATURE), whole.quantities());
    CatalogueEntry reversed =
        plain
            .withGas("nh3", Quantity.NH3)
            .withGas("h2s", Quantity.H2S)
            .oncePerSecond()
            .withModes("active", "passive");
    assertEquals(whole, reversed);
  }

  @Test
  void aStepDoesNotChangeTheEntryItBeganWith() {
    plain.withGas("h2s", Quantity.H2S);
    plain.withModes("a", "b");
    plain.oncePerSecond();
    assertEquals(CatalogueEntry.of("part", WIRING, Quantity.TEMPERATURE), plain);
  }

  @Test
  void gasesAndModesCannotBeChangedFromOutside() {
    CatalogueEntry entry = plain.withGas("h2s", Quantity.H2S).withModes("a", "b");
    assertThrows(UnsupportedOperationException.class, () -> entry.gases().put("co", Quantity.NH3));
    assertThrows(UnsupportedOperationException.class, () -> entry.modes().add("c"));
  }

  @Test
  void allQuantitiesAndGroupsIncludeThoseOfEveryGas() {
    CatalogueEntry entry = plain.withGas("h2s", Quantity.H2S).withGas("nh3", Quantity.NH3);
    assertEquals(Set.of(Quantity.TEMPERATURE, Quantity.H2S, Quantity.NH3), entry.allQuantities());
    assertEquals(Set.of(QuantityGroup.AIR, QuantityGroup.GAS), entry.groups());
    assertEquals(Set.of(QuantityGroup.AIR), plain.groups());
  }
}
