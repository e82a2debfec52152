package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.part.Catalogue;
import dev.streetbox.part.CatalogueEntry;
import dev.streetbox.part.PartWiring;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that every part of the catalogue has a simulated form of its wiring. */
class ChipCatalogueTest {
  static List<CatalogueEntry> entries() {
    return Catalogue.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aPartHasASimulatedFormOfItsWiring(CatalogueEntry part) {
    assertTrue(
        ChipCatalogue.keys().contains(part.key()),
        () ->
            "no simulated form: write its chip in simulate and type a line in ChipCatalogue:"
                + " (\""
                + part.key()
                + "\", …)");
    PartWiring wiring = part.wiring();
    Class<? extends ChipFactory> form =
        wiring.match(
            i2c -> ChipFactory.OnI2c.class,
            converter -> ChipFactory.AtConverter.class,
            uart -> ChipFactory.OnUart.class,
            audio -> ChipFactory.OnSoundCard.class);
    assertInstanceOf(form, ChipCatalogue.of(part.key()));
  }

  @Test
  void nothingElseIsSimulated() {
    assertEquals(new TreeSet<>(Catalogue.keys()), ChipCatalogue.keys());
  }
}
