package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks in a real PostgreSQL how boots are dated and their times corrected (time.md). */
class BootTimesIT {
  private static final long T0_MS = SentMessages.startMs(1);
  private static final String TIMES =
      "select seq, round(extract(epoch from t) * 1000 - %d), tq, q from sample order by seq"
          .formatted(T0_MS);
  private static final String BOOT =
      "select round(extract(epoch from t0) * 1000 - %d), tq, rev from boot where boot = 1"
          .formatted(T0_MS);

  @RegisterExtension private static final SharedCluster SHARED = new SharedCluster();

  private final SentMessages box = new SentMessages("sb-1");
  private final BoxTables tables;

  /** Uses tables of its own. */
  BootTimesIT() throws SQLException {
    tables = SHARED.tables();
  }

  private Message correction(long shiftMs, String source, String more) {
    return box.message(
        "event",
        2,
        ",\"kind\":\"time\",\"dated_boot\":1,\"last\":3,\"dated_t0\":%d,\"dated_tq\":\"%s\"%s"
            .formatted(T0_MS + shiftMs, source, more));
  }

  private Message estimate(long first, long last, long shiftMs, String more) {
    return box.batch(1, first, last, T0_MS + shiftMs, "est", more);
  }

  @Test
  void aCorrectionMovesTheRowsByOneLineAndTouchesNone() throws IOException, SQLException {
    assertTrue(tables.store(estimate(1, 2, 0, "")));
    assertEquals(List.of("1 1000 est 16384", "2 2000 est 16384"), tables.lines(TIMES));
    List<String> rows = tables.lines("select ctid, xmin from row");
    assertTrue(tables.store(correction(90_000, "gnss", ",\"rev\":1")));
    assertEquals(List.of("1 91000 gnss 0", "2 92000 gnss 0"), tables.lines(TIMES));
    assertEquals(rows, tables.lines("select ctid, xmin from row"));
  }

  @Test
  void anOlderCorrectionThatComesLaterChangesNothing() throws IOException, SQLException {
    assertTrue(tables.store(estimate(1, 1, 0, "")));
    assertTrue(tables.store(correction(90_000, "gnss", ",\"rev\":7")));
    assertTrue(tables.store(correction(50_000, "gnss", ",\"rev\":6")));
    assertTrue(tables.store(correction(60_000, "gnss", ",\"rev\":7")));
    assertEquals("90000 gnss 7", tables.line(BOOT));
    assertTrue(tables.store(correction(91_000, "gnss", ",\"rev\":8")));
    assertEquals("91000 gnss 8", tables.line(BOOT));
  }

  @Test
  void aCorrectionByAnEstimateReplacesNoTrustedClock() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1)));
    assertTrue(tables.store(correction(90_000, "est", ",\"rev\":1")));
    assertEquals("0 gnss null", tables.line(BOOT));
  }

  @Test
  void aCorrectionThatComesBeforeItsRowsDatesThem() throws IOException, SQLException {
    assertTrue(tables.store(correction(90_000, "gnss", ",\"rev\":1")));
    assertTrue(tables.store(estimate(1, 1, 0, "")));
    assertTrue(tables.store(estimate(2, 2, 500, "")));
    assertEquals(List.of("1 91000 gnss 0", "2 92000 gnss 0"), tables.lines(TIMES));
  }

  @Test
  void aCorrectionBetweenEstimatesKeepsTheirLimits() throws IOException, SQLException {
    assertTrue(tables.store(estimate(1, 1, 0, ",\"t0_min\":" + (T0_MS - 9_000))));
    String limits =
        ",\"rev\":1,\"dated_t0_min\":%d,\"dated_t0_max\":%d"
            .formatted(T0_MS - 5_000, T0_MS + 5_000);
    assertTrue(tables.store(correction(2_000, "est", limits)));
    assertTrue(tables.store(estimate(2, 2, 0, ",\"t0_max\":" + (T0_MS + 99_000))));
    assertEquals(
        "2000 est 7 3",
        tables.line(
            "select round(extract(epoch from t0) * 1000 - %d), tq,".formatted(T0_MS)
                + " extract(epoch from t0 - t0_min)::int, extract(epoch from t0_max - t0)::int"
                + " from boot where boot = 1"));
  }

  @Test
  void theTimeOfARowIsTheOneThatWasSentAlsoIfTheClockDrifts() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1)));
    assertTrue(tables.store(box.batch(1, 2, 2, T0_MS + 400, "gnss", "")));
    assertEquals(List.of("1 1000 gnss 0", "2 2400 gnss 0"), tables.lines(TIMES));
  }

  @Test
  void rowsAfterACorrectionOfATrustedClockHaveTheTimeThatWasSent()
      throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1)));
    assertTrue(tables.store(correction(400, "gnss", ",\"rev\":1")));
    assertTrue(tables.store(box.batch(1, 2, 2, T0_MS + 400, "gnss", "")));
    assertEquals(List.of("1 1400 gnss 0", "2 2400 gnss 0"), tables.lines(TIMES));
  }

  @Test
  void aTrustedClockInTheSameTransactionDatesTheEstimates() throws IOException, SQLException {
    Message trusted = box.batch(1, 2, 2, T0_MS + 90_000, "ntp", "");
    String latest = ",\"t0_max\":" + (T0_MS + 99_000);
    assertTrue(tables.store(estimate(1, 1, 0, ""), trusted, estimate(3, 3, 0, latest)));
    assertEquals(List.of("1 91000 ntp 0", "2 92000 ntp 0", "3 93000 ntp 0"), tables.lines(TIMES));
  }

  @Test
  void aCorrectionWithoutAStartLeavesTheBootItsTime() throws IOException, SQLException {
    assertTrue(tables.store(box.batch(1, 1, 1)));
    assertTrue(
        tables.store(
            box.message(
                "event",
                2,
                ",\"kind\":\"time\",\"dated_boot\":1,\"last\":3,\"dated_tq\":\"gnss\"")));
    assertEquals("0 gnss null", tables.line(BOOT));
  }
}
