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

  @Test
  void anImpossibleTemperatureWithdrawsHumidityAndPressureWhicheverComesFirst() {
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.HUMIDITY, 40);
    builder.put(Quantity.TEMPERATURE, 999);
    builder.put(Quantity.PRESSURE, 1_000);
    builder.put(Quantity.LAEQ, 60);
    assertEquals(
        new Sample(Map.of(Quantity.LAEQ, 60.0), Set.of(Quality.OUT_OF_RANGE)), builder.build());
  }

  @Test
  void anImpossibleHumidityWithdrawsItselfOnly() {
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.TEMPERATURE, 20);
    builder.put(Quantity.HUMIDITY, 300);
    assertEquals(
        new Sample(Map.of(Quantity.TEMPERATURE, 20.0), Set.of(Quality.OUT_OF_RANGE)),
        builder.build());
  }

  @Test
  void anImpossibleMassWithdrawsAllParticlesAndNothingElse() {
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.PM2_5, 12);
    builder.put(Quantity.PM10, -5);
    builder.put(Quantity.VOC_INDEX, 100);
    assertEquals(
        new Sample(
            Map.of(Quantity.VOC_INDEX, 100.0), Set.of(Quality.OUT_OF_RANGE, Quality.PM_FAULT)),
        builder.build());
  }

  @Test
  void anImpossibleGasIndexWithdrawsAllValuesOfItsSensorAndNoOtherGas() {
    SampleBuilder builder = new SampleBuilder();
    builder.put(Quantity.NOX_INDEX, 1);
    builder.put(Quantity.VOC_RAW, 27_000);
    builder.put(Quantity.VOC_INDEX, 501);
    builder.put(Quantity.H2S, 0.5);
    assertEquals(
        new Sample(Map.of(Quantity.H2S, 0.5), Set.of(Quality.OUT_OF_RANGE, Quality.GAS_FAULT)),
        builder.build());
  }

  private static Sample sample(Quantity quantity, double value, double least, double greatest) {
    SampleBuilder builder = new SampleBuilder();
    builder.put(quantity, value, least, greatest);
    return builder.build();
  }
}
