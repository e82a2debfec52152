package dev.streetbox.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.mqtt.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks which rows a subscriber asks for, and when. */
class AuditRequestsTest {
  private static final String BOX = "sb-1";

  private final Audit audit = new Audit();
  private final List<String> notes = new ArrayList<>();
  private final AuditRequests requests = new AuditRequests("t/v1", "listen-7", notes::add);
  private long nowMs = 1_000_000;
  private String lastId = "";

  @BeforeEach
  void theBoxIsOnline() {
    take(new BoxMessage.State(BOX, 41, true, true));
  }

  @Test
  void aHoleIsAskedForOnceNothingHasComeForTwentySeconds() throws TextFormatException {
    take(rows(41, true, 1, 5));
    take(rows(41, true, 9, 10));
    take(rows(41, false, 11, 12));
    assertNoRequestFor(19_000);
    nowMs += 2_000;
    Message request = requests.next(audit, nowMs).orElseThrow();
    assertEquals("t/v1/sb-1/cmd/resend", request.topic());
    assertEquals(600, request.expiryS());
    assertFalse(request.retained());
    JsonTree body = JsonTree.parse(new String(request.payload(), UTF_8));
    assertEquals(Optional.of("resend"), body.string("cmd"));
    assertEquals("{boot=41, first=6, last=8}", body.child("args").scalars().toString());
  }

  @Test
  void aBoxThatIsNotOnlineIsNotAsked() {
    take(rows(41, true, 1, 5));
    take(rows(41, true, 9, 10));
    take(new BoxMessage.State(BOX, 41, false, false));
    assertNoRequestFor(7_200_000);
    take(new BoxMessage.State(BOX, 41, true, false));
    assertEquals("41/6-8", ask());
  }

  @Test
  void aBoxWhoseRowsComeIsOnlineAlsoIfTheBrokerHasDroppedItsState() {
    take(new BoxMessage.State(BOX, 41, false, true));
    take(rows(41, true, 1, 5));
    take(rows(41, true, 9, 10));
    assertEquals("41/6-8", ask());
  }

  @Test
  void rowsThatAreGoneOrWaitOrNeverWereAreNotAskedForAgain() {
    take(rows(41, true, 1, 5));
    take(rows(41, true, 26, 30));
    assertEquals("41/6-25", ask());
    answer(
        "{\"will_send\":[[6,10]],\"waiting\":[[11,15]],"
            + "\"gone\":[[16,20,\"retention\"]],\"never\":[[21,25]]}");
    take(rows(41, false, 6, 10));
    assertNoRequestFor(7_200_000);
  }

  @Test
  void promisedRowsThatDoNotComeAreAskedForAgainAfterGrowingPauses() {
    take(rows(41, true, 1, 5));
    take(rows(41, true, 9, 10));
    long lastMs = 0;
    List<Long> pausesS = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 9; i++) {
      assertEquals("41/6-8", ask());
      pausesS.add((nowMs - lastMs) / 1000);
      lastMs = nowMs;
      assertTrue(ids.add(lastId), lastId);
      answer("{\"will_send\":[[6,8]]}");
    }
    assertEquals(List.of(60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L), tail(pausesS));
  }

  @Test
  void aRefusedRequestIsMadeAgainAfterGrowingPausesAndSaidInWords() {
    take(rows(41, true, 1, 5));
    take(rows(41, true, 9, 10));
    ask();
    requests.addAnswer(
        ack("{\"id\":\"" + lastId + "\",\"ok\":false,\"error\":\"at most 5 rows a day\"}"), nowMs);
    assertEquals(List.of("sb-1 resends nothing now: at most 5 rows a day"), notes);
    assertNoRequestFor(59_000);
    assertEquals("41/6-8", ask());
    answerRefused();
    assertNoRequestFor(119_000);
    assertEquals("41/6-8", ask());
  }

  @Test
  void aRequestWithoutAnAnswerIsMadeAgain() {
    take(rows(41, true, 1, 5));
    take(rows(41, true, 9, 10));
    ask();
    assertNoRequestFor(119_000);
    assertEquals("41/6-8", ask());
  }

  @Test
  void onlyTheAnswerToTheRequestCounts() {
    take(rows(41, true, 1, 5));
    take(rows(41, true, 9, 10));
    ask();
    String id = lastId;
    for (String other :
        List.of(
            "{\"id\":\"other\",\"ok\":true,\"result\":{\"never\":[[6,8]]}}",
            "no JSON",
            "{\"id\":\""
                + id
                + "\",\"ok\":true,\"result\":{\"never\":[[1,2],[9,99],[\"x\"],7]}}")) {
      requests.addAnswer(ack(other), nowMs);
    }
    assertEquals("41/6-8", ask());
  }

  @Test
  void aLongHoleIsAskedForInPieces() {
    take(rows(41, true, 1, 1));
    take(rows(41, true, 25_002, 25_002));
    assertEquals("41/2-10001", ask());
    answer("{\"will_send\":[[2,10001]]}");
    take(rows(41, false, 2, 10_001));
    assertEquals("41/10002-20001", ask());
    answer("{\"gone\":[[10002,20001,\"retention\"]]}");
    assertEquals("41/20002-25001", ask());
  }

  @Test
  void theEndOfABootThatAnotherFollowedIsAskedFor() {
    take(rows(41, true, 1, 5));
    take(rows(42, true, 1, 5));
    assertEquals("41/6-10005", ask());
    answer("{\"will_send\":[[6,9]],\"never\":[[10,10005]]}");
    take(rows(41, false, 6, 9));
    assertNoRequestFor(7_200_000);
  }

  @Test
  void anEndThatTheBoxDeclaredIsNotAskedFor() {
    take(rows(41, true, 1, 5));
    take(new BoxMessage.Loss(BOX, new dev.streetbox.measure.Range(41, 6, Long.MAX_VALUE)));
    take(rows(42, true, 1, 5));
    assertNoRequestFor(7_200_000);
  }

  @Test
  void theRequestsOfABoxAreTwoSecondsApart() {
    for (long seq = 1; seq < 100; seq += 2) {
      take(rows(41, true, seq, seq));
    }
    ask();
    int count = 1;
    long endMs = nowMs + 60_000;
    while (nowMs < endMs) {
      answer("{\"never\":[[1,99]]}");
      nowMs += 100;
      count += next().isPresent() ? 1 : 0;
    }
    assertTrue(count <= 31, count + " requests in a minute");
    assertTrue(count >= 29, count + " requests in a minute");
  }

  /** Returns the next request's rows; time passes until it is due. */
  private String ask() {
    for (int i = 0; i < 72_000; i++) {
      Optional<String> rows = next();
      if (rows.isPresent()) {
        return rows.get();
      }
      nowMs += 100;
    }
    throw new AssertionError("no request within two hours");
  }

  private Optional<String> next() {
    Optional<Message> request = requests.next(audit, nowMs);
    if (request.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonTree body = JsonTree.parse(new String(request.get().payload(), UTF_8));
      lastId = body.string("id").orElseThrow();
      Map<String, String> of = body.child("args").scalars();
      return Optional.of(of.get("boot") + "/" + of.get("first") + "-" + of.get("last"));
    } catch (TextFormatException e) {
      throw new AssertionError(e);
    }
  }

  private void assertNoRequestFor(long ms) {
    long endMs = nowMs + ms;
    for (; nowMs < endMs; nowMs += 500) {
      assertEquals(Optional.empty(), next());
    }
  }

  private void answer(String result) {
    requests.addAnswer(
        ack("{\"id\":\"" + lastId + "\",\"ok\":true,\"result\":" + result + "}"), nowMs);
  }

  private void answerRefused() {
    requests.addAnswer(ack("{\"id\":\"" + lastId + "\",\"ok\":false,\"error\":\"busy\"}"), nowMs);
  }

  private static Message ack(String body) {
    return new Message("t/v1/sb-1/ack", body.getBytes(UTF_8), "application/json", false);
  }

  private void take(BoxMessage message) {
    audit.add(message);
    requests.add(message, nowMs);
  }

  private static BoxMessage.Rows rows(int boot, boolean live, long first, long last) {
    List<BoxMessage.SentRow> rows =
        LongStream.rangeClosed(first, last)
            .mapToObj(seq -> new BoxMessage.SentRow(seq, Map.of("seq", "" + seq)))
            .toList();
    return new BoxMessage.Rows(BOX, boot, 0, live, false, rows, List.of());
  }

  private static <T> List<T> tail(List<T> list) {
    return list.subList(1, list.size());
  }
}
