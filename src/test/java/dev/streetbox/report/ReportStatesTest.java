package dev.streetbox.report;

import static dev.streetbox.report.ReportStatus.DISPATCHED;
import static dev.streetbox.report.ReportStatus.DONE;
import static dev.streetbox.report.ReportStatus.KEPT;
import static dev.streetbox.report.ReportStatus.RECEIVED;
import static dev.streetbox.report.ReportStatus.REJECTED;
import static dev.streetbox.report.ReportStatus.SENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportStatesTest {
  private static final long MINUTE_MS = 60_000;

  private long nowMs = 1_795_000_000_000L;
  private final ReportStates states = new ReportStates(() -> nowMs);

  private ReportStatus status(String id) {
    return states.list().stream().filter(e -> e.id().equals(id)).findFirst().get().status();
  }

  @Test
  void aReportIsAddedOnceAndHasItsReference() {
    states.add("sb-1-1-1", KEPT, "ref");
    states.add("sb-1-1-1", SENT, "");
    assertEquals(
        List.of(new ReportStates.Entry("sb-1-1-1", SENT, nowMs, nowMs, false, "ref")),
        states.list());
  }

  @Test
  void aStateOfAnUnknownReportIsNotApplied() {
    assertEquals(Optional.empty(), states.apply("sb-1-1-1", RECEIVED));
    assertEquals(List.of(), states.list());
  }

  @Test
  void theStateThatHoldsIsReturned() {
    states.add("a", KEPT, "");
    assertEquals(Optional.of(DISPATCHED), states.apply("a", DISPATCHED));
    assertEquals(Optional.of(DISPATCHED), states.apply("a", RECEIVED));
    assertEquals(Optional.of(DISPATCHED), states.apply("a", SENT));
    assertEquals(Optional.of(REJECTED), states.apply("a", REJECTED));
    assertEquals(Optional.of(REJECTED), states.apply("a", DONE));
  }

  @Test
  void anyOrderAndRepetitionEndsInTheFirstFinalStateElseTheHighest() {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          String id = "r" + seed;
          states.add(id, KEPT, "");
          List<ReportStatus> all = List.of(ReportStatus.values());
          List<ReportStatus> sent = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            sent.add(all.get(random.nextInt(all.size())));
          }
          sent.forEach(status -> states.apply(id, status));
          ReportStatus expected =
              sent.stream().filter(ReportStatus::isFinal).findFirst().orElse(Collections.max(sent));
          assertEquals(expected, status(id), sent::toString);
        });
  }

  @Test
  void theNewestReportThatWasNotTakenBackIsShown() {
    states.add("a", KEPT, "");
    states.apply("a", RECEIVED);
    states.add("b", SENT, "");
    assertEquals(Optional.of(SENT), states.shown());
    states.cancel("b");
    assertEquals(Optional.of(RECEIVED), states.shown());
    assertTrue(states.list().get(1).cancelled());
  }

  @Test
  void aFinalStateIsShownForTenMinutesAndAnOpenOneForADay() {
    states.add("a", SENT, "");
    nowMs += 23 * 60 * MINUTE_MS;
    assertEquals(Optional.of(SENT), states.shown());
    nowMs += 60 * MINUTE_MS;
    assertEquals(Optional.empty(), states.shown());
    states.apply("a", DONE);
    nowMs += 9 * MINUTE_MS;
    assertEquals(Optional.of(DONE), states.shown());
    nowMs += MINUTE_MS;
    assertEquals(Optional.empty(), states.shown());
  }

  @Test
  void aStateFromAfterAClockThatWasSetBackIsNotShown() {
    states.add("a", DONE, "");
    nowMs -= 3_600_000;
    assertEquals(Optional.empty(), states.shown());
  }

  @Test
  void theOldestOfTooManyReportsIsRemoved() {
    for (int i = 0; i < ReportStates.CAPACITY + 5; i++) {
      states.add("r" + i, KEPT, "");
    }
    assertEquals(ReportStates.CAPACITY, states.list().size());
    assertEquals("r5", states.list().get(0).id());
  }

  private static JsonTree tree(Map<String, Object> content) throws TextFormatException {
    return JsonTree.parse(json(content));
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(member -> '"' + member.getKey().toString() + "\":" + json(member.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ReportStatesTest::json).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String text ? '"' + text + '"' : value.toString();
  }

  @Test
  void theContentRestoresEachReportButItsReference() throws TextFormatException {
    states.add("sb-1-1-1", KEPT, "ref");
    nowMs += 5_000;
    states.apply("sb-1-1-1", DISPATCHED);
    states.add("sb-1-1-2", SENT, "");
    states.cancel("sb-1-1-2");
    ReportStates restored = new ReportStates(() -> nowMs);
    restored.restore(tree(states.content()));
    assertEquals(
        List.of(
            new ReportStates.Entry("sb-1-1-1", DISPATCHED, nowMs - 5_000, nowMs, false, ""),
            new ReportStates.Entry("sb-1-1-2", SENT, nowMs, nowMs, true, "")),
        restored.list());
    assertEquals("reports", restored.key());
  }

  @Test
  void whatCannotHaveBeenWrittenIsPassedOver() throws TextFormatException {
    states.restore(
        JsonTree.parse(
            "{\"list\":[{},{\"id\":\"\",\"status\":\"kept\"},{\"id\":\"a\",\"status\":\"lost\"},"
                + "{\"id\":7,\"status\":\"kept\"},3,{\"id\":\"b\",\"status\":\"done\"}],\"x\":1}"));
    assertEquals(List.of("b"), states.list().stream().map(ReportStates.Entry::id).toList());
    states.restore(JsonTree.parse("{}"));
    assertEquals(List.of("b"), states.list().stream().map(ReportStates.Entry::id).toList());
  }

  @Test
  void aFileWithTooManyReportsIsBounded() throws TextFormatException {
    String list =
        IntStream.range(0, 1_000)
            .mapToObj(any -> "{\"id\":\"r" + any + "\",\"status\":\"kept\"}")
            .collect(Collectors.joining(","));
    states.restore(JsonTree.parse("{\"list\":[" + list + "]}"));
    assertEquals(ReportStates.CAPACITY, states.list().size());
  }

  @Test
  void reportsMadeBeforeTheFileWasReadStayTheNewest() throws TextFormatException {
    states.add("new", KEPT, "ref");
    states.add("both", KEPT, "");
    states.restore(
        JsonTree.parse(
            "{\"list\":[{\"id\":\"old\",\"status\":\"sent\"},"
                + "{\"id\":\"both\",\"status\":\"done\",\"changed\":5}]}"));
    assertEquals(
        List.of("old", "new", "both"), states.list().stream().map(ReportStates.Entry::id).toList());
    assertEquals(DONE, status("both"));
    assertEquals("ref", states.list().get(1).reference());
  }
}
