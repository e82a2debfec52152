package dev.streetbox.publish;

import static dev.streetbox.publish.ResendRig.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Seqs;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.outbox.Outbox;
import dev.streetbox.outbox.Reason;
import dev.streetbox.outbox.StoreAccount;
import dev.streetbox.outbox.StoreView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks requests to send rows once more, case by case, from the answer to the broker. */
class ResendsTest {
  private static final long GIANT = 1L << 31;

  @TempDir Path folder;
  private ResendRig box;

  @BeforeEach
  void theBrokerHasTheRowsOfOneBoot() throws IOException {
    box = new ResendRig(folder, 1);
    box.measure(300);
    box.sendAll();
  }

  @Test
  void acknowledgedRowsAreSentOnceMoreOnTheBacklog() throws IOException {
    ResendAnswer answer = box.request(1, 11, 200);
    assertEquals(Map.of("will_send", List.of(List.of(11L, 200L))), answer.result());
    assertEquals(190, box.resends().waitingRows());
    box.until("sent", () -> box.resends().waitingRows() == 0);
    assertEquals(List.of(rows(1, 11, 200)), box.backlogRows().get(1).ranges());
  }

  @Test
  void requestedSentAndWaitingRowsAreCountedOnce() throws IOException {
    box.request(1, 11, 200);
    box.request(1, 101, 250);
    assertEquals(new ResendCounts(240, 0, 240), box.resends().counts());
    box.request(1, 0, 5);
    box.request(7, 1, 5);
    box.until("sent", () -> box.resends().waitingRows() == 0);
    assertEquals(new ResendCounts(240, 240, 0), box.resends().counts());
    box.request(1, 11, 20);
    assertEquals(new ResendCounts(250, 240, 10), box.resends().counts());
  }

  @Test
  void theAccountAndTheCountersStayAsTheyWere() throws IOException {
    List<StoreAccount> accounts = accounts();
    Outbox.OutboxStatus status = box.outbox.status();
    LinkStatus link = box.publisher.status();
    box.request(1, 1, 300);
    box.until("sent", () -> box.resends().waitingRows() == 0);
    box.commit();
    assertEquals(accounts, accounts());
    assertEquals(status, box.outbox.status());
    assertEquals(link.sentRows(), box.publisher.status().sentRows());
    assertEquals(link.acknowledgedRows(), box.publisher.status().acknowledgedRows());
    assertEquals(link.acknowledgedBatches(), box.publisher.status().acknowledgedBatches());
  }

  @Test
  void aGiantRangeIsAnsweredWithWhatIsThereAndWhatNeverWas() {
    ResendAnswer answer = box.request(1, 1, GIANT);
    assertEquals(List.of(rows(1, 1, 300)), answer.willSend());
    assertEquals(List.of(rows(1, 301, GIANT)), answer.never());
    assertEquals(List.of(rows(7, 1, GIANT)), box.request(7, 1, GIANT).never());
  }

  @Test
  void rowsThatWereNeverAcknowledgedAreWaiting() {
    box.measure(20);
    ResendAnswer answer = box.request(1, 290, 310);
    assertEquals(List.of(rows(1, 290, 300)), answer.willSend());
    assertEquals(List.of(rows(1, 301, 310)), answer.waiting());
  }

  @Test
  void droppedAndRefusedRowsAreGoneWithTheirReason() {
    box.measure(20);
    box.outbox.drop(rows(1, 301, 305), Reason.STORE_FULL);
    box.outbox.drop(rows(1, 306, 306), Reason.REFUSED);
    assertEquals(
        Map.of(
            "gone",
            List.of(List.of(301L, 305L, "dropped:store_full"), List.of(306L, 306L, "refused"))),
        box.request(1, 301, 306).result());
  }

  @Test
  void rowsAfterTheLastDurableOneOfABootThatWasKilledAreLost() throws IOException {
    box = box.next(true);
    ResendAnswer answer = box.request(1, 295, 320);
    assertEquals(List.of(rows(1, 295, 300)), answer.willSend());
    assertEquals(List.of(new ResendAnswer.Gone(rows(1, 301, 320), "lost")), answer.gone());
  }

  @Test
  void rowsAfterTheEndOfABootThatEndedInOrderNeverWere() throws IOException {
    box = box.next(false);
    ResendAnswer answer = box.request(1, 295, 320);
    assertEquals(List.of(rows(1, 301, 320)), answer.never());
    assertEquals(List.of(), answer.gone());
  }

  @Test
  void aBootOfWhichNothingIsLeftIsGoneByRetention() throws IOException {
    box = new ResendRig(folder.resolve("other"), 12);
    assertEquals(
        List.of(new ResendAnswer.Gone(rows(3, 1, 9), "retention")), box.request(3, 1, 9).gone());
  }

  @Test
  void earlierBootsAreRefusedInWordsWhileTheStoreIsNotOpen() {
    Outbox outbox = new Outbox(2, folder);
    outbox.append(Rows.trustedAnchor(2));
    ResendAnswer answer = Boxes.resends(outbox).request("sb-0042", 1, 1, 9);
    assertTrue(answer.refusal().orElseThrow().contains("the store is not open"));
  }

  @Test
  void aRangeThatIsNoneIsRefusedInWords() {
    assertTrue(box.request(1, 0, 5).refusal().isPresent());
    assertTrue(box.request(1, 5, 4).refusal().isPresent());
    assertTrue(box.request(1, -5, -4).refusal().isPresent());
    assertEquals(0, box.resends().waitingRows());
  }

  @Test
  void anotherBoxesRowsNeverWere() {
    assertEquals(List.of(rows(1, 1, 5)), box.resends().request("sb-0043", 1, 1, 5).never());
  }

  @Test
  void overlappingAndRepeatedRequestsAreOne() throws IOException {
    box = new ResendRig(folder.resolve("daily"), 1, 100);
    box.measure(300);
    box.sendAll();
    box.request(1, 1, 60);
    box.request(1, 41, 80);
    assertEquals(List.of(rows(1, 1, 60)), box.request(1, 1, 60).willSend());
    assertEquals(80, box.resends().waitingRows());
    box.request(1, 81, 100);
    box.until("sent", () -> box.resends().waitingRows() == 0);
    assertEquals(100, box.backlogRows().get(1).size());
  }

  @Test
  void moreThanTheRowsOfADayAreRefusedWithTheRowsThatFit() throws IOException {
    box = new ResendRig(folder.resolve("daily"), 1, 100);
    box.measure(300);
    box.sendAll();
    String words = box.request(1, 21, 200).refusal().orElseThrow();
    assertTrue(words.contains("at most 100 rows a day"), words);
    assertTrue(words.contains("ask for rows up to 120 first"), words);
    assertEquals(0, box.resends().waitingRows());
    assertEquals(List.of(rows(1, 21, 120)), box.request(1, 21, 120).willSend());
    assertTrue(box.request(1, 121, 121).refusal().orElseThrow().contains("ask again tomorrow"));
    box.time.pass(Duration.ofDays(1));
    assertEquals(List.of(rows(1, 121, 121)), box.request(1, 121, 121).willSend());
  }

  @Test
  void theRowsOfADayAreCountedOverARestart() throws IOException {
    box = new ResendRig(folder.resolve("daily"), 1, 100);
    box.measure(300);
    box.sendAll();
    box.request(1, 1, 100);
    ResendRig next = new ResendRig(folder.resolve("daily"), 2, 100);
    next.restore(box.saved());
    assertEquals(100, next.resends().waitingRows());
    assertEquals(box.saved(), next.saved());
  }

  @Test
  void liveRowsAndRowsThatWereNeverSentGoFirst() throws IOException {
    box.broker.lose(ConnectionFailure.network("gone"));
    box.publisher.cycle();
    box.measure(200);
    box.request(1, 1, 100);
    box.until("sent", () -> box.resends().waitingRows() == 0);
    List<String> firsts = new ArrayList<>();
    for (var message : box.broker.received()) {
      String text = UplinkRun.text(message);
      if (text.contains("\"first\":")) {
        firsts.add(text.replaceFirst("(?s).*\"first\":(\\d+),.*", "$1"));
      }
    }
    assertTrue(firsts.indexOf("1") > firsts.indexOf("301"), firsts.toString());
    assertEquals("441", firsts.get(0), "the newest rows are first: " + firsts);
    assertEquals("61", firsts.get(firsts.size() - 1), firsts.toString());
  }

  @Test
  void aRowThatTheBrokerRefusesOnceMoreIsNotDeclared() throws IOException {
    box.request(1, 1, 100);
    box.broker.answer(m -> OptionalInt.of(UplinkRun.holds(m, 50) ? 0x99 : 0));
    for (int minute = 0; minute < 30 && box.resends().waitingRows() > 0; minute++) {
      box.measure(1);
      box.forMs(60_000);
    }
    assertEquals(0, box.resends().waitingRows());
    assertEquals(0, box.outbox.status().dropped());
    assertTrue(
        box.faultTexts().toString().contains("row 50 of boot 1 once more: it is not sent again"),
        box.faultTexts().toString());
    Seqs sent = box.backlogRows().get(1);
    assertTrue(sent.contains(49) && sent.contains(51));
  }

  @Test
  void rowsWhosePubackIsLostAreSentAgain() throws IOException {
    box.request(1, 1, 100);
    AtomicInteger lost = new AtomicInteger(2);
    box.broker.answer(m -> lost.getAndDecrement() > 0 ? OptionalInt.empty() : OptionalInt.of(0));
    box.until("sent", () -> box.resends().waitingRows() == 0);
    assertEquals(List.of(rows(1, 1, 100)), box.backlogRows().get(1).ranges());
  }

  @Test
  void whatIsLeftOfARequestSurvivesARestart() throws IOException {
    box.request(1, 1, 300);
    box.until("half", () -> box.resends().waitingRows() <= 180);
    Seqs before = box.backlogRows().get(1);
    box = box.next(true);
    box.until("sent", () -> box.resends().waitingRows() == 0);
    assertEquals(Set.of("day_start", "day_rows"), box.resends().content().keySet());
    Seqs after = box.backlogRows().get(1);
    before.ranges().forEach(range -> after.add(range.first(), range.last()));
    assertEquals(List.of(rows(1, 1, 300)), after.ranges());
    box = box.next(false);
    assertEquals(0, box.resends().waitingRows(), "the end of a request is stored");
  }

  @Test
  void storedContentThatNoProgramWroteIsPassedOver() throws IOException {
    box.restore(
        Map.of(
            "day_rows",
            "many",
            "waiting",
            List.of(
                Map.of("boot", 0, "first", 1, "last", 2),
                Map.of("boot", 1, "first", 9, "last", 2),
                Map.of("boot", 1, "first", 5),
                Map.of("boot", 1, "first", 5, "last", 6))));
    assertEquals(2, box.resends().waitingRows());
  }

  @Test
  void rowsThatTheStoreNoLongerHasArePassedOver() throws IOException {
    box.restore(
        Map.of(
            "waiting",
            List.of(
                Map.of("boot", 1, "first", 290, "last", 700),
                Map.of("boot", 9, "first", 1, "last", 4000))));
    box.until("nothing waits", () -> box.resends().waitingRows() == 0);
    Map<Integer, Seqs> sent = box.backlogRows();
    assertEquals(List.of(rows(1, 290, 300)), sent.get(1).ranges());
    assertEquals(1, sent.size());
    assertEquals(0, box.outbox.status().dropped());
  }

  @Test
  void manySmallRangesAreRefusedInWordsSoThatMemoryIsLimited() {
    box.measure(2 * Resends.MAX_RANGES + 200);
    for (long seq = 301; seq <= box.outbox.newest(); seq += 2) {
      box.outbox.acknowledge(rows(1, seq, seq), List.of());
    }
    long last = box.outbox.newest();
    String words = box.request(1, 301, last).refusal().orElseThrow();
    assertTrue(words.endsWith("ask for 301 to 400 first"), words);
    long first = 301;
    while (first + 99 <= last && box.request(1, first, first + 99).refusal().isEmpty()) {
      first += 100;
    }
    String full = box.request(1, first, first + 99).refusal().orElseThrow();
    assertTrue(full.contains("ranges wait already"), full);
    assertTrue(box.resends().waitingRows() <= Resends.MAX_RANGES);
  }

  @Test
  void aDeniedTopicKeepsTheRequest() throws IOException {
    box.request(1, 1, 100);
    box.broker.answer(m -> OptionalInt.of(m.topic().endsWith("/backlog") ? 0x87 : 0));
    box.forMs(60_000);
    assertEquals(100, box.resends().waitingRows());
    box.broker.answer(0);
    box.until("sent", () -> box.resends().waitingRows() == 0);
  }

  private List<StoreAccount> accounts() throws IOException {
    try (StoreView view = StoreView.open(folder)) {
      return view.accounts();
    }
  }
}
