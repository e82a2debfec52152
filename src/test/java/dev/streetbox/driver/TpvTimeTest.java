package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.Seeds;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TpvTimeTest {
  private static OptionalLong utcMs(String time) throws Exception {
    return new Tpv(GpsdReport.parse("{\"class\":\"TPV\",\"time\":\"" + time + "\"}")).utcMs();
  }

  private static OptionalLong expected(String time) {
    try {
      return OptionalLong.of(Instant.parse(time).toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  @Test
  void eachTimeIsTheOneThatTheJdkReads() throws Exception {
    for (String time :
        List.of(
            "2026-11-28T21:00:00.000Z",
            "2024-02-29T23:59:59.999Z",
            "2026-02-29T00:00:00.000Z",
            "2016-12-31T23:59:60.000Z",
            "2026-13-01T00:00:00.000Z",
            "2026-11-28T24:00:00.000Z",
            "2026-11-28T21:00:00Z",
            "2026-11-28T21:00:00.12Z",
            "2026-11-28T21:00:00.123456Z",
            "2026/11/28T21:00:00.000Z",
            "2026-11-28 21:00:00.000Z",
            "2026-11-28T21:00:00.00aZ",
            "0000-00-00T00:00:00.000Z",
            "")) {
      assertEquals(expected(time), utcMs(time), time);
    }
  }

  @Test
  void aWrongCharacterGivesNoOtherTimeThanTheJdkReads() throws Exception {
    Seeds.each(
        500,
        seed -> {
          Random random = new Random(seed);
          StringBuilder time = new StringBuilder("2026-11-28T21:00:00.000Z");
          for (int i = random.nextInt(3); i >= 0; i--) {
            time.setCharAt(random.nextInt(time.length()), (char) (' ' + random.nextInt(60)));
          }
          String text = time.toString().replace('"', '0').replace('\\', '1');
          assertEquals(expected(text), utcMs(text), text);
        });
  }
}
