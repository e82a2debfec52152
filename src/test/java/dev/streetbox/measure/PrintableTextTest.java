package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Makes hostile text harmless. */
class PrintableTextTest {
  @Test
  void everyControlAndFormatCharacterOfUnicodeBecomesASpace() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      int type = Character.getType(point);
      if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE) {
        assertEquals(
            " ", PrintableText.of(Character.toString(point), 10), Integer.toHexString(point));
      }
    }
  }

  @Test
  void lettersOfAllScriptsStay() {
    assertEquals("Größe 東京 🛵", PrintableText.of("Größe 東京 🛵", 100));
  }

  @Test
  void aLongTextEndsWithAnEllipsisAndNoHalfCharacter() {
    assertEquals("abcd", PrintableText.of("abcd", 4));
    assertEquals("abc…", PrintableText.of("abcde", 4));
    assertEquals("ab…", PrintableText.of("ab🛵cde", 4));
    assertTrue(PrintableText.of("🛵".repeat(100), 7).length() <= 7);
  }
}
