package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.Range;
import dev.streetbox.measure.TimeSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Anchor ESTIMATE = new Anchor(7, 0, 1_000_000, TimeSource.EST, 500);
  private static final Anchor FIX = new Anchor(7, 9_000, 2_000_000, TimeSource.GNSS, 50);

  private final Ledger ledger = new Ledger(7);

  @Test
  void itReachesTheHighestRowAndItsTick() {
    assertEquals(0, ledger.last());
    assertEquals(0, ledger.lastTickMs());
    ledger.extendTo(5, 9_500);
    ledger.extendTo(3, 4_000);
    assertEquals(5, ledger.last());
    assertEquals(9_500, ledger.lastTickMs());
  }

  @Test
  void aRowThatIsKnownWithoutItsTickTookASecondAtLeast() {
    ledger.extendTo(5, 9_500);
    ledger.extendTo(12);
    assertEquals(12, ledger.last());
    assertEquals(12_000, ledger.lastTickMs());
  }

  @Test
  void aBootIsFinishedOnceItIsOverAndNothingIsLeftToSendOrTell() {
    ledger.extendTo(10, 10_000);
    ledger.fates().acknowledge(1, 10);
    assertFalse(ledger.isFinished(), "it goes on");
    ledger.state(BootState.ENDED);
    assertTrue(ledger.isFinished());
    ledger.state(BootState.CUT);
    assertTrue(ledger.isFinished());
    ledger.extendTo(11, 11_000);
    assertFalse(ledger.isFinished(), "a row is left to send");
    assertEquals(1, ledger.open());
    ledger.fates().drop(11, 11, Reason.REFUSED);
    assertFalse(ledger.isFinished(), "a drop is left to tell");
    ledger.fates().markDeclared(new Drop(new Range(7, 11, 11), Reason.REFUSED));
    assertTrue(ledger.isFinished());
  }

  @Test
  void onlyABootThatEndedAsItShouldMayHaveMadeNoFurtherRows() {
    assertEquals(10_000, ledger.unsavedMs());
    ledger.state(BootState.CUT);
    assertEquals(10_000, ledger.unsavedMs());
    ledger.state(BootState.ENDED);
    assertEquals(0, ledger.unsavedMs());
  }

  @Test
  void theBackendMayHaveTimesOfRowsThatWereSentOrAcknowledged() {
    assertFalse(ledger.isSent());
    ledger.fates().drop(1, 3, Reason.STORE_FULL);
    assertFalse(ledger.isSent());
    ledger.markSent();
    assertTrue(ledger.isSent());
    Ledger stored = new Ledger(7, BootState.ENDED, 10);
    stored.restore(new FateSpan(new Range(7, 2, 2), FateSpan.ACKNOWLEDGED, false));
    assertTrue(stored.isSent());
  }

  @Test
  void oneTrustedClockIsEnoughNotToBeEstimated() {
    assertTrue(ledger.isEstimated());
    ledger.add(ESTIMATE);
    assertTrue(ledger.isEstimated());
    ledger.add(FIX);
    assertFalse(ledger.isEstimated());
  }

  @Test
  void aNewBootIsToldToTheStoreAndAStoredOneIsNot() {
    assertTrue(ledger.isDirty());
    ledger.markSaved(ledger.unsaved());
    assertFalse(ledger.isDirty());
    Ledger stored = new Ledger(7, BootState.ENDED, 10);
    stored.restore(FIX);
    stored.restore(new FateSpan(new Range(7, 1, 4), "store_full", true));
    assertFalse(stored.isDirty());
    assertEquals(List.of(), stored.unsaved().anchors());
  }

  @Test
  void everyChangeIsToldOnce() {
    ledger.markSaved(ledger.unsaved());
    List<Runnable> changes =
        List.of(
            () -> ledger.add(FIX),
            () -> ledger.state(BootState.CUT),
            () -> ledger.fates().drop(1, 2, Reason.REFUSED),
            () -> ledger.fates().markDeclared(new Drop(new Range(7, 1, 1), Reason.REFUSED)),
            () -> ledger.fates().acknowledge(2, 2),
            ledger::storeLost);
    for (int i = 0; i < changes.size(); i++) {
      changes.get(i).run();
      assertTrue(ledger.isDirty(), "change " + i);
      ledger.markSaved(ledger.unsaved());
      assertFalse(ledger.isDirty(), "change " + i);
    }
    ledger.markSent();
    ledger.extendTo(99, 99_000);
    assertFalse(ledger.isDirty(), "rows tell by themselves how far the boot came");
  }

  @Test
  void whatChangesWhileTheStoreWritesIsToldTheNextTime() {
    ledger.add(ESTIMATE);
    LedgerChanges written = ledger.unsaved();
    ledger.add(FIX);
    ledger.fates().acknowledge(1, 1);
    ledger.markSaved(written);
    assertTrue(ledger.isDirty());
    assertEquals(List.of(FIX), ledger.unsaved().anchors());
    assertEquals(List.of(FateSpan.acknowledged(new Range(7, 1, 1))), ledger.unsaved().spans());
  }

  @Test
  void anchorsAreToldOnceAndAllOfThemToANewStore() {
    ledger.add(ESTIMATE);
    ledger.markSaved(ledger.unsaved());
    ledger.add(FIX);
    assertEquals(List.of(FIX), ledger.unsaved().anchors());
    ledger.markSaved(ledger.unsaved());
    assertEquals(List.of(), ledger.unsaved().anchors());
    ledger.storeLost();
    assertEquals(List.of(ESTIMATE, FIX), ledger.unsaved().anchors());
  }

  @Test
  void theLastRowIsToldOnceTheBootIsOver() {
    ledger.extendTo(10, 10_000);
    assertEquals(0, ledger.unsaved().last());
    ledger.state(BootState.ENDED);
    assertEquals(10, ledger.unsaved().last());
    ledger.state(BootState.CUT);
    assertEquals(10, ledger.unsaved().last());
  }

  @Test
  void aFateFromTheStoreShowsHowFarTheBootCame() {
    ledger.restore(new FateSpan(new Range(7, 11, 20), "store_full", false));
    assertEquals(20, ledger.last());
    assertEquals(10, ledger.open());
    assertEquals(
        List.of(new Drop(new Range(7, 11, 20), Reason.STORE_FULL)), ledger.fates().undeclared());
  }

  @Test
  void aLedgerWithoutRowsIsWrittenToANewStoreToo() {
    ledger.markSaved(ledger.unsaved());
    assertFalse(ledger.isDirty());
    ledger.storeLost();
    assertTrue(ledger.isDirty());
  }
}
