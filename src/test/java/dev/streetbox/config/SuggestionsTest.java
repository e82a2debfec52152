package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final String DELETE = "delete it; all keys: streetbox config show --defaults";

  @Test
  void aMistypedKeySuggestsTheNearestOfItsSection() {
    assertEquals("type run_dir", Suggestions.forUnknownKey(Section.BOX, "rundir"));
  }

  @Test
  void aKeyOfAnotherSectionSuggestsThatSection() {
    assertEquals(
        "it belongs below [[privacy.zone]]", Suggestions.forUnknownKey(Section.BOX, "radius_m"));
    assertEquals("it belongs below [mqtt]", Suggestions.forKeyOutsideSections("live_period"));
  }

  @Test
  void aKeyThatNoSectionHasIsToBeDeleted() {
    assertEquals(DELETE, Suggestions.forUnknownKey(Section.BOX, "qos"));
    assertEquals(DELETE, Suggestions.forKeyOutsideSections("qos"));
  }

  @Test
  void aMistypedSectionSuggestsItsHeader() {
    assertEquals("type [[sensor]]", Suggestions.forUnknownSection("sensors"));
    assertEquals("type [mqtt]", Suggestions.forUnknownSection("mqt"));
  }

  @Test
  void aSectionWithTheNameOfAKeySuggestsTheSectionOfTheKey() {
    assertEquals("it belongs below [store]", Suggestions.forUnknownSection("max_size"));
    assertEquals(DELETE, Suggestions.forUnknownSection("kafka"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Unexpected 's', expected a value | id = sb-1 | put text in quotes: id = \"sb-1\"",
        "username previously defined at line 2 | username = 1 | keep one of the two",
        "Leading zeros are not allowed | a = 01 | delete them",
        "Invalid escape sequence | a = 1 | type each backslash twice",
        "Unexpected end of line, expected \" | a | a closing quote is missing",
        "Unexpected ']]', expected ] or . | [a]] | type [name], or [[name]] for one of several",
        "Unexpected end of line, expected . or = | a | type key = value",
        "something else | a | type key = value, text in quotes"
      })
  void aSyntaxErrorHasARemedy(String message, String line, String remedy) {
    assertEquals(remedy, Suggestions.forSyntaxError(message, line));
  }

  @Test
  void textIsSuggestedWithoutTheQuotesThatAnEditorReplaced() {
    String remedy = Suggestions.forSyntaxError("expected a value", "name = \u201Cbox\u201D");
    assertEquals("put text in quotes: name = \"box\"", remedy);
    assertFalse(remedy.contains("\u201C"));
  }
}
