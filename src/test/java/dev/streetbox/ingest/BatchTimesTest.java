package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.listen.BoxMessage;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BatchTimesTest {
  private static final long T0 = 1_795_420_800_000L;
  private static final KnownBoots.Limits NO_LIMIT = new KnownBoots.Limits(false, false);

  @Test
  void betweenTrustedClocksTheAgeCountsFromTheBoot() {
    BoxMessage.Rows batch = batch(T0 + 400, "gnss", BoxMessage.BatchDetails.NONE);
    assertEquals(OptionalLong.of(5_400), age(batch, line(T0, true, NO_LIMIT)));
  }

  @Test
  void aRowMovesWithItsBootIfOneOfBothIsAnEstimate() {
    BoxMessage.Rows estimate = batch(T0 + 400, "est", BoxMessage.BatchDetails.NONE);
    assertEquals(OptionalLong.of(5_000), age(estimate, line(T0, true, NO_LIMIT)));
    BoxMessage.Rows trusted = batch(T0 + 400, "ntp", BoxMessage.BatchDetails.NONE);
    assertEquals(OptionalLong.of(5_000), age(trusted, line(T0, false, NO_LIMIT)));
  }

  @Test
  void aStepOfMoreThanASecondIsNoDrift() {
    BoxMessage.Rows batch = batch(T0 + 1_001, "gnss", BoxMessage.BatchDetails.NONE);
    assertEquals(OptionalLong.of(5_000), age(batch, line(T0, true, NO_LIMIT)));
    BoxMessage.Rows drift = batch(T0 + 1_000, "gnss", BoxMessage.BatchDetails.NONE);
    assertEquals(OptionalLong.of(6_000), age(drift, line(T0, true, NO_LIMIT)));
  }

  @Test
  void aRowWithoutATimeHasNoAge() {
    BoxMessage.SentRow row = new BoxMessage.SentRow(5, Map.of("q", "0"));
    BoxMessage.Rows batch = batch(T0, List.of(row), BoxMessage.BatchDetails.NONE);
    assertEquals(OptionalLong.empty(), BatchTimes.ageMs(row, batch, line(T0, true, NO_LIMIT)));
    assertTrue(BatchTimes.isEstimate(batch));
  }

  @Test
  void aBatchThatStatesNoStartStandsForTheTimeOfItsFirstRow() {
    assertEquals(T0 + 5_000, BatchTimes.startMs(batch(0, "gnss", BoxMessage.BatchDetails.NONE)));
    assertEquals(0, BatchTimes.startMs(batch(0, List.of(), BoxMessage.BatchDetails.NONE)));
  }

  @Test
  void aTrustedClockDatesABootThatHasAnEstimateAndNoOther() {
    BoxMessage.Rows trusted = batch(T0, "gnss", BoxMessage.BatchDetails.NONE);
    BoxMessage.Rows estimate = batch(T0, "est", BoxMessage.BatchDetails.NONE);
    assertTrue(BatchTimes.datesBoot(trusted, line(T0, false, NO_LIMIT)));
    assertFalse(BatchTimes.datesBoot(trusted, line(T0, true, NO_LIMIT)));
    assertFalse(BatchTimes.datesBoot(estimate, line(T0, false, NO_LIMIT)));
    KnownBoots.Line undated =
        new KnownBoots.Line(1, OptionalLong.empty(), false, false, NO_LIMIT, false, "");
    assertTrue(BatchTimes.datesBoot(estimate, undated));
    assertFalse(BatchTimes.datesBoot(batch(0, List.of(), BoxMessage.BatchDetails.NONE), undated));
  }

  @Test
  void anEstimateWithALimitThatIsMissingDatesTheBoot() {
    BoxMessage.Rows latest = batch(T0, "est", new BoxMessage.BatchDetails(0, T0 + 9, ""));
    BoxMessage.Rows earliest = batch(T0, "est", new BoxMessage.BatchDetails(T0 - 9, 0, ""));
    assertTrue(BatchTimes.datesBoot(latest, line(T0, false, NO_LIMIT)));
    assertTrue(BatchTimes.datesBoot(earliest, line(T0, false, NO_LIMIT)));
    KnownBoots.Limits both = new KnownBoots.Limits(true, true);
    assertFalse(BatchTimes.datesBoot(latest, line(T0, false, both)));
    KnownBoots.Limits first = new KnownBoots.Limits(true, false);
    assertFalse(BatchTimes.datesBoot(earliest, line(T0, false, first)));
    assertTrue(BatchTimes.datesBoot(latest, line(T0, false, first)));
  }

  @Test
  void ofTwoBatchesTheTrustedOneOrTheOneWithALatestStartIsBetter() {
    BoxMessage.Rows trusted = batch(T0, "gnss", BoxMessage.BatchDetails.NONE);
    BoxMessage.Rows estimate = batch(T0, "est", BoxMessage.BatchDetails.NONE);
    BoxMessage.Rows limited = batch(T0, "est", new BoxMessage.BatchDetails(0, T0 + 9, ""));
    assertSame(trusted, BatchTimes.better(estimate, trusted));
    assertSame(trusted, BatchTimes.better(trusted, limited));
    assertSame(limited, BatchTimes.better(estimate, limited));
    assertSame(limited, BatchTimes.better(limited, estimate));
  }

  @Test
  void anUnknownSourceIsAnEstimate() {
    assertEquals("est", BatchTimes.unquoted("\"sundial\""));
    assertEquals("ntp", BatchTimes.unquoted("\"ntp\""));
  }

  private static OptionalLong age(BoxMessage.Rows batch, KnownBoots.Line line) {
    return BatchTimes.ageMs(batch.rows().get(0), batch, line);
  }

  private static BoxMessage.Rows batch(
      long startMs, String source, BoxMessage.BatchDetails details) {
    Map<String, String> fields =
        Map.of("t", Long.toString((startMs == 0 ? T0 : startMs) + 5_000), "tq", quoted(source));
    return batch(startMs, List.of(new BoxMessage.SentRow(5, fields)), details);
  }

  private static BoxMessage.Rows batch(
      long startMs, List<BoxMessage.SentRow> rows, BoxMessage.BatchDetails details) {
    return new BoxMessage.Rows("sb-1", 1, startMs, true, false, rows, List.of(), details);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static KnownBoots.Line line(long startMs, boolean trusted, KnownBoots.Limits limits) {
    return new KnownBoots.Line(1, OptionalLong.of(startMs), trusted, false, limits, false, "");
  }
}
