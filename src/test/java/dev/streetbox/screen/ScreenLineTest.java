package dev.streetbox.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class ScreenLineTest {
  private static ScreenLine line(int columns) {
    return new ScreenLine(columns, Screen.PLAIN);
  }

  @Test
  void textStandsAtItsColumn() {
    ScreenLine line = line(40).add("ab").padTo(6).add("cd").addEndingAt(14, "efg", Screen.FAINT);
    assertEquals("ab    cd   efg", line.build().toString());
  }

  @Test
  void textThatIsTooLongKeepsOneSpaceBeforeTheNext() {
    ScreenLine line = line(40).add("abcdefgh").padTo(6).add("ij").addEndingAt(8, "k", Screen.FAINT);
    assertEquals("abcdefgh ij k", line.build().toString());
  }

  @Test
  void textAtTheRightEdgeIsLeftOutWhereItDoesNotFit() {
    assertEquals(
        "abc    xy", line(10).add("abc").addRightAligned("xy", Screen.FAINT).build().toString());
    assertEquals(
        "abcdef xy", line(10).add("abcdef").addRightAligned("xy", Screen.FAINT).build().toString());
    assertEquals(
        "abcdefg", line(10).add("abcdefg").addRightAligned("xy", Screen.FAINT).build().toString());
  }

  @Test
  void aLineThatIsTooLongEndsInAnEllipsis() {
    assertEquals("abcde", line(5).add("abcde").build().toString());
    assertEquals("abcd…", line(5).add("abcdef").build().toString());
    assertEquals(5, line(5).add("abcdef").build().columnLength());
  }

  @Test
  void aBarIsFilledToItsEnd() {
    AttributedString bar = new ScreenLine(6, Screen.BAR).add("ab").build();
    assertEquals("ab    ", bar.toString());
    assertEquals(Screen.BAR, bar.styleAt(5));
  }

  @Test
  void aCharacterOfTwoCodeUnitsCountsOnce() {
    String scooter = "\uD83D\uDEF5";
    String line = line(20).addEndingAt(4, scooter, Screen.FAINT).build().toString();
    assertEquals("   " + scooter, line);
  }
}
