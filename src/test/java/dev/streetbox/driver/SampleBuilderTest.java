package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks that no value outside a range becomes a reading. */
class SampleBuilderTest {
  private static final Sample OMITTED = new Sample(Map.of(), Set.of(Quality.OUT_OF_RANGE));

  @Test
  void aValueOutsideItsPartsRangeIsOmittedAndFlagged() {
    assertEquals(OMITTED, sample(Quantity.TEMPERATURE, 61, -10, 60));
    assertEquals(
        Sample.of(Map.of(Quantity.TEMPERATURE, 60.0)), sample(Quantity.TEMPERATURE, 60, -10, 60));
  }

  @Test
  void aValueOutsideItsQuantitysRangeIsOmittedWhateverThePartsRange() {
    assertEquals(OMITTED, sample(Quantity.TEMPERATURE, 999, -1_000, 1_000));
    assertEquals(OMITTED, sample(Quantity.LAEQ, Double.NaN, -1_000, 1_000));
  }

  @Test
  void aPartWithoutARangeHasThatOfTheQuantity() {
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.LAEQ, -300);
    assertEquals(OMITTED, builder.build());
  }

  private static Sample sample(Quantity quantity, double value, double least, double greatest) {
    SampleBuilder builder = new SampleBuilder();
    builder.put(quantity, value, least, greatest);
    return builder.build();
  }
}
