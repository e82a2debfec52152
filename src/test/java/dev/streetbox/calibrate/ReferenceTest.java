package dev.streetbox.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceTest {
  private static final long NINE = Instant.parse("2026-11-23T09:00:00Z").toEpochMilli();

  @TempDir private Path folder;

  private Reference read(String text) throws IOException {
    return Reference.read(Files.writeString(folder.resolve("station.csv"), text));
  }

  @Test
  void hoursOfEveryKnownColumnAreRead() throws IOException {
    Reference reference =
        read(
            """
            time;pm25_ugm3;station;pm10_ugm3\r
            2026-11-23T17:00:00+08:00;31.5;A;\r
            2026-11-23T10:00:00Z; 32 ;A;48.25\r
            \r
            """);
    assertEquals(Map.of(NINE, 31.5, NINE + 3_600_000, 32.0), reference.hours().get(Quantity.PM2_5));
    assertEquals(Map.of(NINE + 3_600_000, 48.25), reference.hours().get(Quantity.PM10));
    assertEquals(2, reference.hours().size());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | station.csv:1: the first line must be",
        "time,pm | station.csv:1: the first line must be",
        "date,pm25_ugm3 | station.csv:1: the first line must be",
        "time,pm25_ugm3\\n2026-11-23 09:00,31 | station.csv:2: '2026-11-23 09:00,31' is no hour",
        "time,pm25_ugm3\\n2026-11-23T09:30:00Z,31 | is not the begin of an hour",
        "time,pm25_ugm3\\n2026-11-23T09:00:00Z,high | station.csv:2:",
        "time,pm25_ugm3\\n2026-11-23T09:00:00Z,NaN | is no value"
      })
  void theErrorNamesALineThatIsNoHour(String text, String reason) {
    IOException error = assertThrows(IOException.class, () -> read(text.replace("\\n", "\n")));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  @Test
  void theErrorOfAMissingFileNamesACommand() {
    IOException error =
        assertThrows(IOException.class, () -> Reference.read(folder.resolve("none.csv")));
    assertTrue(error.getMessage().contains("Try: ls "), error.getMessage());
  }
}
