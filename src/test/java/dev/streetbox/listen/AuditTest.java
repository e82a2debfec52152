package dev.streetbox.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Checks that every row is either received, declared or unexplained. */
class AuditTest {
  private static final String BOX = "sb-1";
  private final Audit audit = new Audit();

  @Test
  void aBootWhoseRowsAllArrivedHasNoUnexplainedRow() {
    take(41, true, 1, 5);
    take(41, false, 6, 9);
    assertAccount(41, 9, 0, 0, 0);
  }

  @Test
  void missingRowsAreUnexplainedUntilTheyArrive() {
    take(41, true, 1, 5);
    take(41, true, 9, 10);
    assertAccount(41, 7, 0, 0, 3);
    take(41, false, 6, 8);
    assertAccount(41, 10, 0, 0, 0);
  }

  @Test
  void missingRowsAtTheBeginningOfABootAreUnexplainedToo() {
    take(41, true, 3, 5);
    assertAccount(41, 3, 0, 0, 2);
  }

  @Test
  void aRowThatArrivesAgainIsADuplicateAndNotReturnedAgain() {
    assertEquals(5, take(41, true, 1, 5).size());
    assertEquals(List.of(6L), take(41, false, 4, 6).stream().map(BoxMessage.SentRow::seq).toList());
    assertAccount(41, 6, 2, 0, 0);
  }

  @Test
  void anotherContentOfOneKeyIsAConflictButABetterTimeIsNot() {
    audit.add(rows(41, row(1, Map.of("temp_c", "1", "t", "5", "tq", "\"est\"", "q", "16384"))));
    audit.add(rows(41, row(1, Map.of("temp_c", "1", "t", "6", "tq", "\"gnss\"", "q", "0"))));
    assertEquals(0, account(41).conflicts());
    audit.add(rows(41, row(1, Map.of("temp_c", "2", "t", "6", "tq", "\"gnss\"", "q", "0"))));
    assertEquals(1, account(41).conflicts());
    assertEquals(2, account(41).duplicates());
  }

  @Test
  void droppedRowsAreDeclaredUnlessTheyArrive() {
    audit.add(
        new BoxMessage.Rows(
            BOX,
            41,
            0,
            true,
            false,
            List.of(row(10, Map.of())),
            List.of(new BoxMessage.DeclaredDrop(new Range(41, 1, 8), "store_full"))));
    assertAccount(41, 1, 0, 8, 1);
    take(41, false, 8, 9);
    assertAccount(41, 3, 0, 7, 0);
  }

  @Test
  void aPowerCutExplainsOnlyRowsFromItsFirstRowOn() {
    take(41, true, 1, 5);
    take(41, true, 9, 10);
    audit.add(new BoxMessage.Loss(BOX, new Range(41, 8, Long.MAX_VALUE)));
    assertAccount(41, 7, 0, 1, 2);
    audit.add(new BoxMessage.Loss(BOX, new Range(41, 6, Long.MAX_VALUE)));
    assertAccount(41, 7, 0, 3, 0);
  }

  @Test
  void aLossWithAnEndDeclaresRowsAboveTheHighestReceived() {
    take(41, true, 1, 5);
    audit.add(new BoxMessage.Loss(BOX, new Range(41, 6, 8)));
    assertAccount(41, 5, 0, 3, 0);
  }

  @Test
  void aBootThatBeganBeforeTheAuditIsAccountedFromItsFirstLiveRow() {
    audit.add(new BoxMessage.State(BOX, 41, true, true));
    take(40, false, 7, 9);
    take(41, false, 50, 60);
    take(41, true, 101, 105);
    take(41, true, 108, 110);
    assertAccount(40, 3, 0, 0, 0);
    assertAccount(41, 19, 0, 0, 2);
    take(42, true, 2, 3);
    assertAccount(42, 2, 0, 0, 1);
  }

  @Test
  void aBootThatBeganDuringTheAuditIsAccountedFromItsFirstRow() {
    audit.add(new BoxMessage.State(BOX, 41, true, false));
    take(41, true, 3, 5);
    assertAccount(41, 3, 0, 0, 2);
  }

  @Test
  void aRetainedStateAfterAReconnectExplainsNoMissingRow() {
    take(41, true, 3, 5);
    audit.add(new BoxMessage.State(BOX, 42, true, true));
    take(42, true, 2, 2);
    assertAccount(41, 3, 0, 0, 2);
    assertAccount(42, 1, 0, 0, 1);
  }

  @Test
  void eachBoxAndBootHasAnAccountOfItsOwn() {
    take(41, true, 1, 2);
    take(42, true, 1, 1);
    audit.add(new BoxMessage.Rows("sb-2", 41, 0, true, true, List.of(row(1, Map.of())), List.of()));
    assertEquals(
        List.of("sb-1/41", "sb-1/42", "sb-2/41"),
        audit.accounts().stream().map(a -> a.box() + "/" + a.boot()).toList());
  }

  @Test
  void anAuditWithinADurableSessionExpectsRowsFromTheFirstLiveOne() {
    audit.continueSession();
    take(41, true, 101, 105);
    take(41, true, 108, 110);
    assertAccount(41, 8, 0, 0, 2);
    take(42, true, 3, 3);
    assertAccount(42, 1, 0, 0, 2);
  }

  @Test
  void ofTheBoxWithMostBootsTheOldestAreSummedUp() {
    audit.add(new BoxMessage.Rows("sb-2", 1, 0, true, false, List.of(row(1, Map.of())), List.of()));
    for (int boot = 1; boot < Audit.BOOT_LIMIT; boot++) {
      take(boot, true, 1, 1);
      take(boot, true, 3, 3);
    }
    take(1, true, 4, 4);
    take(Audit.BOOT_LIMIT, true, 1, 1);
    take(Audit.BOOT_LIMIT + 1, true, 1, 1);
    assertAccount(0, 4, 0, 0, 2);
    assertAccount(1, 3, 0, 0, 1);
    assertEquals(Audit.BOOT_LIMIT + 1, audit.accounts().size());
    take(2, true, 8, 9);
    assertEquals(2, account(2).received());
    assertEquals(0, account(2).unexplained(), "the rows before were accounted for");
    assertEquals("sb-2", audit.accounts().get(Audit.BOOT_LIMIT).box(), "other boxes stay");
  }

  @Test
  void ofManyBoxesTheOldestAreSummedUp() {
    for (int box = 0; box < Audit.BOX_LIMIT + 3; box++) {
      audit.add(
          new BoxMessage.Rows(
              "sb-" + box,
              1,
              0,
              true,
              false,
              List.of(row(1, Map.of()), row(3, Map.of())),
              List.of()));
    }
    ReceivedAccount others = audit.accounts().get(0);
    assertEquals(new ReceivedAccount(ReceivedAccount.CLOSED_BOXES, 0, 6, 0, 0, 0, 3), others);
    assertEquals(1 + Audit.BOX_LIMIT, audit.accounts().size());
  }

  @Test
  void rowsWithMoreGapsThanTheLimitAreReturnedAndCountedAsUnaccounted() {
    long gaps = RangeBudget.ONE_BOX;
    for (long seq = 1; seq <= 2 * gaps + 1; seq += 2) {
      assertEquals(1, take(41, true, seq, seq).size());
    }
    assertEquals(0, audit.unaccounted());
    assertEquals(1, take(41, true, 2 * gaps + 3, 2 * gaps + 3).size());
    assertEquals(1, audit.unaccounted());
    take(41, false, 2, 2);
    take(41, true, 2 * gaps + 3, 2 * gaps + 3);
    assertEquals(1, audit.unaccounted(), "a gap that is filled makes room");
    audit.add(new BoxMessage.Rows("sb-2", 1, 0, true, false, List.of(row(5, Map.of())), List.of()));
    assertEquals(1, audit.unaccounted(), "another box has its own room");
  }

  @Test
  void declarationsOfAllRowsThereCanBeAreAdded() {
    long most = MessageFields.GREATEST;
    take(41, true, 3, 3);
    audit.add(new BoxMessage.Loss(BOX, new Range(41, 5, most)));
    assertAccount(41, 1, 0, most - 4, 3);
    take(42, true, most, most);
    assertAccount(42, 1, 0, 0, most - 1);
  }

  private List<BoxMessage.SentRow> take(int boot, boolean live, long first, long last) {
    List<BoxMessage.SentRow> rows = new ArrayList<>();
    for (long seq = first; seq <= last; seq++) {
      rows.add(row(seq, Map.of("temp_c", Long.toString(seq))));
    }
    return audit.add(new BoxMessage.Rows(BOX, boot, 0, live, false, rows, List.of()));
  }

  private static BoxMessage.Rows rows(int boot, BoxMessage.SentRow row) {
    return new BoxMessage.Rows(BOX, boot, 0, true, false, List.of(row), List.of());
  }

  private static BoxMessage.SentRow row(long seq, Map<String, String> fields) {
    return new BoxMessage.SentRow(seq, new TreeMap<>(fields));
  }

  private void assertAccount(
      int boot, long received, long duplicates, long declared, long unexplained) {
    assertEquals(
        new ReceivedAccount(BOX, boot, received, duplicates, 0, declared, unexplained),
        account(boot));
  }

  private ReceivedAccount account(int boot) {
    return audit.accounts().stream().filter(a -> a.boot() == boot).findFirst().orElseThrow();
  }
}
