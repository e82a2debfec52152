package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class ScreenLineTest {
  private static ScreenLine line(int columns) {
    return new ScreenLine(columns, Screen.PLAIN);
  }

  @Test
  void wordsStandWhereTheyBelong() {
    ScreenLine line = line(40).add("ab").to(6).add("cd").endingAt(14, "efg", Screen.FAINT);
    assertEquals("ab    cd   efg", line.done().toString());
  }

  @Test
  void wordsThatAreTooLongKeepOneSpaceBetweenThem() {
    ScreenLine line = line(40).add("abcdefgh").to(6).add("ij").endingAt(8, "k", Screen.FAINT);
    assertEquals("abcdefgh ij k", line.done().toString());
  }

  @Test
  void theRightEdgeIsUsedOnlyWhereThereIsRoom() {
    assertEquals("abc    xy", line(10).add("abc").right("xy", Screen.FAINT).done().toString());
    assertEquals("abcdef xy", line(10).add("abcdef").right("xy", Screen.FAINT).done().toString());
    assertEquals("abcdefg", line(10).add("abcdefg").right("xy", Screen.FAINT).done().toString());
  }

  @Test
  void whatDoesNotFitEndsInAnEllipsis() {
    assertEquals("abcde", line(5).add("abcde").done().toString());
    assertEquals("abcd…", line(5).add("abcdef").done().toString());
    assertEquals(5, line(5).add("abcdef").done().columnLength());
  }

  @Test
  void aBarIsFilledToItsEnd() {
    AttributedString bar = new ScreenLine(6, Screen.BAR).add("ab").done();
    assertEquals("ab    ", bar.toString());
    assertEquals(Screen.BAR, bar.styleAt(5));
  }

  @Test
  void lettersOfTwoCodeUnitsCountOnce() {
    String scooter = "\uD83D\uDEF5";
    String line = line(20).endingAt(4, scooter, Screen.FAINT).done().toString();
    assertEquals("   " + scooter, line);
  }
}
