package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.measure.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the upper lines of `watch`, each in all of its states. */
class ScreenHeadTest {
  private static final Map<String, Integer> LINES =
      Map.of("bar", 0, "faults", 1, "link", 2, "place", 3, "rows", 4, "parts", 5);

  private static AttributedString line(String name, String status) throws IOException {
    View view = new View(JsonTree.parse(status), new History(), "", View.Mode.QUANTITIES);
    List<AttributedString> lines = new ScreenHead(view, 80).lines();
    assertEquals(LINES.size(), lines.size());
    return lines.get(LINES.get(name));
  }

  private static String text(String name, String status) throws IOException {
    return line(name, status).toString().strip().replaceAll(" {2,}", " | ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{} # ? | boot ? | no time yet",
        "{\"box\":\"sb-1\",\"boot\":7,\"tick_ms\":0} # sb-1 | boot 7, up 0.0 s | no time yet",
        "{\"box\":\"sb-1\",\"boot\":7,\"t\":0} # sb-1 | boot 7 | 1970-01-01 00:00:00 UTC",
        "{\"t\":1795420800000,\"tq\":\"est\"} # ? | boot ? | 2026-11-23 08:00:00 UTC by est"
      })
  void theBarShowsBoxBootAndTime(String status, String text) throws IOException {
    assertEquals(text, text("bar", status));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{\"faults\":[]} # faults | none",
        "{\"faults\":[{\"place\":\"a\",\"text\":\"b\",\"active\":false}]} # faults | none now, 1"
            + " over",
        "{\"faults\":[{\"place\":\"a\",\"text\":\"b\"}]} # faults | 1: a: b",
        "{\"faults\":[{\"active\":false},{\"place\":\"c\",\"text\":\"d\",\"active\":true},"
            + "{\"place\":\"e\"}]} # faults | 2: c: d",
        "{\"faults\":[{\"active\":true}]} # faults | 1: ?: ?"
      })
  void theFirstActiveFaultIsShownAndHowManyThereAre(String status, String text) throws IOException {
    assertEquals(text, text("faults", status));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{\"link\":{}} # link | unknown, no broker | 0 in flight",
        "{\"tick_ms\":5000,\"link\":{\"state\":\"online\",\"since_tick_ms\":1000,"
            + "\"broker\":\"mqtts://b:8883\",\"in_flight_rows\":1200,\"last_trouble\":\"old\"}}"
            + " # link | online for 4.0 s, mqtts://b:8883 | 1,200 in flight",
        "{\"tick_ms\":5000,\"link\":{\"state\":\"waiting\",\"broker\":\"mqtts://b:8883\","
            + "\"last_trouble\":\"refused\"}} # link | waiting, refused | 0 in flight",
        "{\"link\":{\"state\":\"waiting\",\"broker\":\"mqtts://b:8883\"}}"
            + " # link | waiting, mqtts://b:8883 | 0 in flight",
        "{\"tick_ms\":1000,\"link\":{\"state\":\"online\",\"since_tick_ms\":2000}}"
            + " # link | online for 0.0 s, no broker | 0 in flight"
      })
  void theLinkShowsTheLastErrorUnlessItIsOnline(String status, String text) throws IOException {
    assertEquals(text, text("link", status));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{} # place | no receiver configured",
        "{\"gnss\":{\"mode\":0}} # place | none | no fix yet, 0 of 0 satellites",
        "{\"gnss\":{\"mode\":1,\"used\":0,\"seen\":4,\"trouble\":\"no antenna\"}}"
            + " # place | no antenna | no fix, 0 of 4 satellites",
        "{\"row\":{\"lat\":40.07,\"lon\":116.3},\"gnss\":{\"mode\":2,\"used\":3,\"seen\":5}}"
            + " # place | 40.07 116.3 | 2D fix, 3 of 5 satellites",
        "{\"row\":{\"lat\":-40.07,\"lon\":-116.3,\"hacc_m\":12.5,\"spd_mps\":0.13}}"
            + " # place | -40.07 -116.3 ±12.5 m, 0 km/h",
        "{\"row\":{\"lat\":40.07,\"spd_mps\":13.9}} # place | 40.07 ?, 50 km/h",
        "{\"dark\":true,\"gnss\":{\"mode\":3,\"trouble\":\"x\"}}"
            + " # place | dark: may be in a privacy zone"
            + " | 3D fix, 0 of 0 satellites"
      })
  void thePlaceIsShownHiddenOrItsAbsenceExplained(String status, String text) throws IOException {
    assertEquals(text, text("place", status));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{} # rows | 0 measured, 0 to send, 0 dropped, 0 events",
        "{\"store\":{\"newest\":86400,\"unacknowledged\":1000,\"dropped\":12,\"events\":3},"
            + "\"row\":{\"q\":262144}}"
            + " # rows | 86,400 measured, 1,000 to send, 12 dropped, 3 events | parked",
        "{\"row\":{\"tq\":\"est\",\"q\":0}}"
            + " # rows | 0 measured, 0 to send, 0 dropped, 0 events | time estimated",
        "{\"row\":{\"tq\":\"gnss\",\"q\":163840}} # rows | 0 measured, 0 to send, 0 dropped, 0"
            + " events | stale, power_low"
      })
  void theRowsAreCountedAndTheFlagsOfTheWholeRowNamed(String status, String text)
      throws IOException {
    assertEquals(text, text("rows", status));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{} # parts",
        "{\"sensors\":[{\"name\":\"pm\",\"state\":\"running\"}]} # parts | pm run",
        "{\"sensors\":[{\"name\":\"pm\",\"state\":\"waiting\"},{\"name\":\"gas\"}]}"
            + " # parts | pm gas wait",
        "{\"sensors\":[{\"name\":\"pm\",\"state\":\"waiting\"},"
            + "{\"name\":\"gas\",\"state\":\"running\"},{\"state\":\"running\"}]}"
            + " # parts | gas ? run; pm wait"
      })
  void thePartsThatRunStandBeforeThoseThatWait(String status, String text) throws IOException {
    assertEquals(text, text("parts", status));
  }

  @Test
  void goodIsGreenBadIsRedAndDoubtfulIsYellow() throws IOException {
    assertEquals(Screen.GOOD, line("faults", "{}").styleAt(9));
    assertEquals(Screen.BAD, line("faults", "{\"faults\":[{\"active\":true}]}").styleAt(9));
    assertEquals(Screen.GOOD, line("link", "{\"link\":{\"state\":\"online\"}}").styleAt(9));
    assertEquals(Screen.BAD, line("link", "{\"link\":{\"state\":\"waiting\"}}").styleAt(9));
    assertEquals(Screen.DOUBTFUL, line("place", "{}").styleAt(9));
  }

  @Test
  void aNoticeStandsBelowTheBarAndIsWrapped() throws IOException {
    String notice = "the agent hangs ".repeat(8).strip();
    View view = new View(JsonTree.parse("{}"), new History(), notice, View.Mode.QUANTITIES);
    List<AttributedString> lines = new ScreenHead(view, 80).lines();
    assertEquals(LINES.size() + 2, lines.size());
    assertEquals(" " + notice, lines.get(1).toString() + lines.get(2));
    assertEquals(Screen.BAD.bold(), lines.get(1).styleAt(3));
  }
}
