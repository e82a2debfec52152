package dev.streetbox.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests which parts are told to need a bus of their own. */
class SharedBusWarningsTest {
  private static SensorSettings meter(String bus, String mode) {
    return new SensorSettings(
        "noise",
        Sen0232Entry.ENTRY,
        new PartPlace.ConverterInput(bus, 0x48, Converter.ADS1115, 0),
        false,
        Optional.of(mode).filter(key -> !key.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO);
  }

  private static SensorSettings air(String bus) {
    return new SensorSettings(
        "air",
        Sht4xEntry.ENTRY,
        new PartPlace.I2c(bus, 0x44),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO);
  }

  @Test
  void aFastMeterBesideAnotherPartIsAWarning() {
    List<String> warning =
        List.of(
            "noise in mode \"fast\" shares i2c-1 with air, so that seconds are without lafmax_db");
    assertEquals(warning, SharedBusWarnings.of(List.of(meter("i2c-1", "fast"), air("i2c-1"))));
    assertEquals(warning, SharedBusWarnings.of(List.of(air("i2c-1"), meter("i2c-1", "fast"))));
  }

  @Test
  void aFastMeterAloneOnItsBusAndASlowOneAreNone() {
    assertEquals(List.of(), SharedBusWarnings.of(List.of(meter("i2c-3", "fast"), air("i2c-1"))));
    assertEquals(List.of(), SharedBusWarnings.of(List.of(meter("i2c-1", "normal"), air("i2c-1"))));
    assertEquals(List.of(), SharedBusWarnings.of(List.of(meter("i2c-1", ""), air("i2c-1"))));
    assertEquals(List.of(), SharedBusWarnings.of(List.of(meter("i2c-1", "fast"))));
  }
}
