package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quality;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HourlyMeansTest {
  private static final long NINE = 1_795_424_400_000L; // 2026-11-23T09:00:00Z

  private final NavigableMap<Long, Double> reference = new TreeMap<>(Map.of(NINE, 30.0));

  private static void fill(
      HourlyMeans hourlyMeans, Quantity quantity, int rows, double value, Quality... q) {
    for (int i = 0; i < rows; i++) {
      hourlyMeans.add(NINE + i * 1000L, new Sample(Map.of(quantity, value), Set.of(q)));
    }
  }

  @ParameterizedTest(name = "{0} rows: {1} hours")
  @CsvSource({"2699, 0", "2700, 1", "3600, 1"})
  void anHourCountsWithThreeQuartersOfItsRows(int rows, int counted) {
    HourlyMeans hourlyMeans = new HourlyMeans(Quantity.PM2_5);
    fill(hourlyMeans, Quantity.PM2_5, rows, 33);
    assertEquals(counted, hourlyMeans.pairs(reference).size());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "PM2_5, PM_WARMUP, 0",
    "PM2_5, PM_HUMID, 0",
    "PM10, PM_FAULT, 0",
    "PM1, PM_STUCK, 0",
    "PM2_5, GAS_WARMUP, 1",
    "LAEQ, NOISE_MOTION, 0",
    "LAEQ, NOISE_CALIBRATOR, 0",
    "LAEQ, PM_HUMID, 1",
    "H2S, GAS_FAULT, 0",
    "NH3, PM_FAULT, 1"
  })
  void aRowWithADisqualifyingFlagIsNotCounted(Quantity quantity, Quality flag, int counted) {
    HourlyMeans hourlyMeans = new HourlyMeans(quantity);
    fill(hourlyMeans, quantity, 3600, 33, flag);
    assertEquals(counted, hourlyMeans.pairs(reference).size());
  }

  @Test
  void concentrationsAreAveragedAndLevelsByEnergy() {
    HourlyMeans pm = new HourlyMeans(Quantity.PM2_5);
    HourlyMeans noise = new HourlyMeans(Quantity.LAEQ);
    for (int i = 0; i < 3600; i++) {
      double level = i < 360 ? 80 : 60;
      pm.add(NINE + i * 1000L, Sample.of(Map.of(Quantity.PM2_5, i < 360 ? 80.0 : 60.0)));
      noise.add(NINE + i * 1000L, Sample.of(Map.of(Quantity.LAEQ, level)));
    }
    assertEquals(List.of(new Fit.Pair(30, 62)), pm.pairs(reference));
    // 60 dB for nine parts and 80 dB for one.
    assertEquals(70.37, noise.pairs(reference).get(0).box(), 0.01);
  }

  @Test
  void anHourWithoutAReferenceIsOmitted() {
    HourlyMeans hourlyMeans = new HourlyMeans(Quantity.PM2_5);
    fill(hourlyMeans, Quantity.PM2_5, 3600, 33);
    reference.clear();
    reference.put(NINE + HourlyMeans.LENGTH_MS, 30.0);
    assertEquals(List.of(), hourlyMeans.pairs(reference));
  }

  @Test
  void aRowBelongsToTheHourThatItsSecondLiesIn() {
    HourlyMeans hourlyMeans = new HourlyMeans(Quantity.PM2_5);
    fill(hourlyMeans, Quantity.PM2_5, 2699, 33);
    Sample row = Sample.of(Map.of(Quantity.PM2_5, 33.0));
    hourlyMeans.add(NINE - 1, row);
    hourlyMeans.add(NINE + HourlyMeans.LENGTH_MS, row);
    assertEquals(List.of(), hourlyMeans.pairs(reference));
    hourlyMeans.add(NINE + HourlyMeans.LENGTH_MS - 1, row);
    assertEquals(1, hourlyMeans.pairs(reference).size());
  }

  @Test
  void aRowWithoutTheQuantityIsNotCounted() {
    HourlyMeans hourlyMeans = new HourlyMeans(Quantity.PM2_5);
    fill(hourlyMeans, Quantity.PM10, 3600, 33);
    assertEquals(List.of(), hourlyMeans.pairs(reference));
  }

  @Test
  void numberConcentrationsAreDisqualifiedByFlagsOfParticlesAndNotOfGas() {
    HourlyMeans doubted = new HourlyMeans(Quantity.NC0_5);
    fill(doubted, Quantity.NC0_5, 3600, 33, Quality.PM_FAULT);
    assertEquals(List.of(), doubted.pairs(reference));
    HourlyMeans beside = new HourlyMeans(Quantity.NC0_5);
    fill(beside, Quantity.NC0_5, 3600, 33, Quality.GAS_FAULT);
    assertEquals(1, beside.pairs(reference).size());
  }

  @Test
  void temperatureHasNoDisqualifyingFlag() {
    HourlyMeans hourlyMeans = new HourlyMeans(Quantity.TEMPERATURE);
    fill(hourlyMeans, Quantity.TEMPERATURE, 3600, 21, Quality.values());
    assertEquals(List.of(new Fit.Pair(30, 21)), hourlyMeans.pairs(reference));
  }

  @Test
  void theMaximumOfAnHourIsThatOfItsSeconds() {
    HourlyMeans hourlyMeans = new HourlyMeans(Quantity.LAFMAX);
    fill(hourlyMeans, Quantity.LAFMAX, 3000, 60);
    hourlyMeans.add(NINE + 3_500_000, Sample.of(Map.of(Quantity.LAFMAX, 91.0)));
    assertEquals(List.of(new Fit.Pair(30, 91)), hourlyMeans.pairs(reference));
  }

  @Test
  void aQuantityWithoutAMeanHasNoHour() {
    HourlyMeans hourlyMeans = new HourlyMeans(Quantity.LEVEL);
    fill(hourlyMeans, Quantity.LEVEL, 3600, 60);
    assertEquals(List.of(), hourlyMeans.pairs(reference));
  }
}
