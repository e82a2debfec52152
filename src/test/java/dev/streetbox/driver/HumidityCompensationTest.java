package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.Sample;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that ticks are RH·65535/100 and (T+45)·65535/175, rounded (SGP41 datasheet v1.0, section
 * 3).
 */
class HumidityCompensationTest {
  private static final int[] NONE = {0x8000, 0x6666};

  @ParameterizedTest(name = "{0} % is {1}")
  @CsvSource({"-1, 0", "0, 0", "0.0007, 0", "0.0008, 1", "50, 32768", "100, 65535", "101, 65535"})
  void humidityTicksAreRoundedAndLimited(double percent, int ticks) {
    assertEquals(ticks, HumidityCompensation.humidityTicks(percent));
  }

  @ParameterizedTest(name = "{0} degC is {1}")
  @CsvSource({"-46, 0", "-45, 0", "25, 26214", "130, 65535", "200, 65535"})
  void temperatureTicksAreRoundedAndLimited(double celsius, int ticks) {
    assertEquals(ticks, HumidityCompensation.temperatureTicks(celsius));
  }

  @Test
  void airWithoutBothQuantitiesSwitchesTheCompensationOff() {
    assertArrayEquals(NONE, HumidityCompensation.of(Optional.empty()));
    assertArrayEquals(NONE, HumidityCompensation.of(Optional.of(Sample.of(Map.of()))));
    assertArrayEquals(
        NONE, HumidityCompensation.of(Optional.of(Sample.of(Map.of(Quantity.HUMIDITY, 90.0)))));
    assertArrayEquals(
        NONE, HumidityCompensation.of(Optional.of(Sample.of(Map.of(Quantity.TEMPERATURE, 5.0)))));
  }
}
