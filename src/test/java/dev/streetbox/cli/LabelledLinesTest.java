package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LabelledLinesTest {
  private static final String INDENT = " ".repeat(11);

  private static String lines(String label, String words) {
    LabelledLines lines = new LabelledLines(9);
    lines.add(label, words);
    return lines.toString();
  }

  @Test
  void theWordsStandInTheTenthColumn() {
    assertEquals("box      sb-0042, boot 1\n", lines("box", "sb-0042, boot 1"));
    assertEquals("calibrated on Monday\n", lines("calibrated", "on Monday"));
  }

  @Test
  void aLineOf80ColumnsIsNotBroken() {
    String words = "a".repeat(35) + " " + "b".repeat(35);
    assertEquals("row      " + words + "\n", lines("row", words));
  }

  @Test
  void aLongerLineIsBrokenAtASpaceAndItsRestIndented() {
    String first = "a".repeat(35);
    String second = "b".repeat(36);
    assertEquals(
        "row      " + first + "\n" + INDENT + second + " c\n",
        lines("row", first + " " + second + " c"));
  }

  @Test
  void aNumberWithAPointIsNotBroken() {
    assertEquals(
        "row      " + "a".repeat(66) + "\n" + INDENT + "PM2.5\n",
        lines("row", "a".repeat(66) + " PM2.5"));
  }

  @Test
  void wordsAreNotBrokenAtANoBreakSpace() {
    String name = "PM2.5" + LabelledLines.NO_BREAK_SPACE + "32";
    assertEquals(
        "row      " + "a".repeat(66) + "\n" + INDENT + "PM2.5 32\n",
        lines("row", "a".repeat(66) + " " + name));
  }

  @Test
  void aWordThatIsLongerThanALineIsBroken() {
    assertEquals(
        "fault    " + "a".repeat(71) + "\n" + INDENT + "a".repeat(69) + "\n" + INDENT + "aa b\n",
        lines("fault", "a".repeat(142) + " b"));
  }

  @Test
  void aLabelMayHaveNoWords() {
    assertEquals("quality\n", lines("quality", ""));
  }
}
