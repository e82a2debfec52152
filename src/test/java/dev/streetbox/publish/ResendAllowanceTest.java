package dev.streetbox.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.command.JsonValue;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResendAllowanceTest {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final long NOON_MS = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();

  private final ResendAllowance allowance = new ResendAllowance(5_000);

  @Test
  void aDayBeginsWithItsFirstRequestAndLasts24Hours() {
    allowance.take(4_000, NOON_MS);
    assertEquals(1_000, allowance.left(NOON_MS + DAY_MS - 1));
    assertEquals(5_000, allowance.left(NOON_MS + DAY_MS));
    allowance.take(1, NOON_MS + DAY_MS + 1);
    assertEquals(4_999, allowance.left(NOON_MS + 2 * DAY_MS - 1));
    assertEquals(5_000, allowance.left(NOON_MS + 2 * DAY_MS));
  }

  @Test
  void moreThanTheDayHasLeavesNoneAndNotLess() {
    allowance.take(6_000, NOON_MS);
    assertEquals(0, allowance.left(NOON_MS));
  }

  @Test
  void aClockThatIsSetBackBeginsNoDay() {
    allowance.take(4_000, NOON_MS);
    assertEquals(1_000, allowance.left(NOON_MS - 10 * DAY_MS));
    assertEquals(1_000, allowance.left(NOON_MS - 9 * DAY_MS - 1));
    assertEquals(5_000, allowance.left(NOON_MS - 9 * DAY_MS), "a day of the clock as it is now");
  }

  @Test
  void aRestartDoesNotRenewTheDay() throws TextFormatException {
    assertEquals(Map.of(), allowance.content());
    allowance.take(4_000, NOON_MS);
    JsonTree stored =
        JsonTree.parse(JsonText.of(json -> JsonValue.write(json, allowance.content())));
    ResendAllowance restored = new ResendAllowance(5_000);
    restored.restore(stored);
    assertEquals(1_000, restored.left(NOON_MS + DAY_MS - 1));
    assertEquals(allowance.content(), restored.content());
  }

  @Test
  void aStoredNumberBelowZeroGivesNoMoreThanADay() throws TextFormatException {
    allowance.restore(JsonTree.parse("{\"day_start\":" + NOON_MS + ",\"day_rows\":-9000}"));
    assertEquals(5_000, allowance.left(NOON_MS));
  }
}
