package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @ParameterizedTest(name = "U+{0}")
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x1b, 0x7f, 0x80, 0x9b, 0xad, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029,
        0x202a, 0x202e, 0x2066, 0x2069, 0xd800, 0xdfff, 0xe000, 0xfeff, 0xe0001, 0x10fffd
      })
  void whatCouldControlATerminalIsReplaced(int point) {
    assertFalse(Printable.isHarmless(point));
    String text = "a" + new String(new int[] {point}, 0, 1) + "b";
    assertEquals("a\uFFFDb", Printable.of(text, 10));
  }

  @Test
  void allControlAndFormatCharactersOfUnicodeAreReplaced() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      int type = Character.getType(point);
      if (type == Character.CONTROL || type == Character.FORMAT) {
        assertFalse(Printable.isHarmless(point), "U+" + Integer.toHexString(point));
      }
    }
  }

  @Test
  void lettersOfEveryScriptStay() {
    String text = "PM2,5 µg/m³ 北京 Łódź עברית 🛵";
    assertEquals(text, Printable.of(text, 100));
    assertTrue(text.codePoints().allMatch(Printable::isHarmless));
  }

  @Test
  void lineBreaksAndTabsBecomeSpacesSoThatATextStaysOnItsLine() {
    assertEquals("a b  c", Printable.of("a\tb\r\nc", 10));
  }

  @Test
  void aLongTextIsCutAtItsLimitInCharacters() {
    assertEquals("abc", Printable.of("abc", 3));
    assertEquals("ab…", Printable.of("abcd", 3));
    assertEquals("🛵🛵…", Printable.of("🛵🛵🛵🛵", 3));
  }
}
