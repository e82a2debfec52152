package dev.streetbox.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Takes arguments as senders wrote them, of the right kind and of others. */
class ArgumentsTest {
  private static Arguments of(JsonToken type, String text) {
    return new Arguments(Map.of("first", new Arguments.Value(type, text)));
  }

  private static Arguments number(String text) {
    return of(JsonToken.VALUE_NUMBER_INT, text);
  }

  private static String refusal(Arguments arguments) {
    return assertThrows(RefusedException.class, () -> arguments.integer("first", -2, 9, 5))
        .getMessage();
  }

  @Test
  void aNumberIsTakenUpToItsBoundsAndRefusedBeyond() throws RefusedException {
    assertEquals(-2, number("-2").integer("first", -2, 9));
    assertEquals(9, number("9").integer("first", -2, 9));
    for (String beyond : new String[] {"-3", "10", "123456789012345678901234567890"}) {
      assertEquals("the argument first must be from -2 to 9", refusal(number(beyond)), beyond);
    }
  }

  @Test
  void onlyAMissingNumberIsReplacedByTheDefault() throws RefusedException {
    assertEquals(5, Arguments.NONE.integer("first", -2, 9, 5));
    String expected = "the argument first must be a whole number";
    assertEquals(expected, refusal(of(JsonToken.VALUE_NULL, "null")));
    assertEquals(expected, refusal(of(JsonToken.VALUE_STRING, "7")));
    assertEquals(expected, refusal(of(JsonToken.VALUE_NUMBER_FLOAT, "7.0")));
  }

  @Test
  void aNumberIsNotTakenForAText() throws RefusedException {
    assertEquals("7", of(JsonToken.VALUE_STRING, "7").text("first"));
    for (Arguments none : new Arguments[] {number("7"), Arguments.NONE}) {
      RefusedException refused = assertThrows(RefusedException.class, () -> none.text("first"));
      assertEquals("the argument first must be a string", refused.getMessage());
    }
  }
}
