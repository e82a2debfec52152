package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantowerModelTest {
  @ParameterizedTest
  @CsvSource({
    "pms5003, 32, 6, 0, 29, false",
    "pms5003s, 32, 6, 0, 0, false",
    "pms5003t, 32, 4, 24, 29, true",
    "pms5003st, 40, 6, 30, 37, true"
  })
  void aModelHasItsPlacesInTheFrame(
      String key, int bytes, int counts, int airAt, int errorAt, boolean air) {
    PlantowerModel model = PlantowerModel.of(key).orElseThrow();
    assertEquals(key, model.key());
    assertEquals(bytes, model.frameBytes());
    assertEquals(counts, model.counts());
    assertEquals(airAt, model.airAt());
    assertEquals(errorAt, model.errorAt());
    assertEquals(air, model.hasAir());
  }

  @Test
  void thereIsNoOtherModel() {
    assertEquals(List.of("pms5003", "pms5003s", "pms5003t", "pms5003st"), PlantowerModel.keys());
    assertEquals(Optional.empty(), PlantowerModel.of("PMS5003"));
    assertEquals(Optional.empty(), PlantowerModel.of("pms7003"));
  }
}
