package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  private static JsonTree tree(String text) throws TextFormatException {
    return JsonTree.parse(text);
  }

  @Test
  void scalarsKeepTheirTextAndTheOrderOfTheDocument() throws TextFormatException {
    JsonTree tree = tree("{\"b\":1.50,\"a\":\"x\",\"c\":true,\"d\":null,\"o\":{},\"l\":[]}");
    assertEquals(List.of("b", "a", "c", "d"), List.copyOf(tree.scalars().keySet()));
    assertEquals(Map.of("b", "1.50", "a", "x", "c", "true", "d", "null"), tree.scalars());
    assertEquals(Optional.of("1.50"), tree.text("b"));
    assertEquals(List.of("o"), tree.childNames());
  }

  @Test
  void aMemberOfAnotherTypeIsAbsent() throws TextFormatException {
    JsonTree tree = tree("{\"n\":2,\"s\":\"2\",\"t\":true,\"f\":false,\"z\":null}");
    assertEquals(OptionalDouble.of(2), tree.number("n"));
    assertEquals(OptionalDouble.empty(), tree.number("s"));
    assertEquals(Optional.of("2"), tree.string("s"));
    assertEquals(Optional.empty(), tree.string("n"));
    assertTrue(tree.isTrue("t"));
    assertFalse(tree.isTrue("f"));
    assertFalse(tree.isTrue("n"));
    assertEquals(Optional.empty(), tree.string("z"));
    assertEquals(Optional.empty(), tree.text("missing"));
    assertEquals(Map.of(), tree.child("n").scalars());
    assertEquals(List.of(), tree.children("n"));
    assertEquals(0, tree.size("n"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"NaN", "1e999", "-1e999", "Infinity"})
  void aNumberThatIsNotFiniteIsAbsent(String number) throws TextFormatException {
    assertEquals(OptionalDouble.empty(), tree("{\"n\":" + number + "}").number("n"));
  }

  @Test
  void anArrayGivesItsObjectsAndItsSize() throws TextFormatException {
    JsonTree tree = tree("{\"l\":[{\"a\":1},2,[{\"a\":3}],{\"a\":4}]}");
    assertEquals(
        List.of("1", "4"), tree.children("l").stream().map(t -> t.text("a").get()).toList());
    assertEquals(4, tree.size("l"));
  }

  @Test
  void theLastOfTwoMembersOfOneNameCounts() throws TextFormatException {
    assertEquals(Optional.of("2"), tree("{\"a\":1,\"a\":2}").text("a"));
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "\"a\"",
        "null",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":[1}",
        "{\"a\":[",
        "{} {}",
        "{}]",
        "{a:1}",
        "\u0000"
      })
  void aTextThatIsNotExactlyOneObjectIsRefused(String text) {
    assertThrows(TextFormatException.class, () -> tree(text));
  }

  @Test
  void aDocumentNestedTooDeepIsRefusedAndNotAStackOverflow() {
    String deep = "{\"a\":" + "[".repeat(100_000);
    assertThrows(TextFormatException.class, () -> tree(deep));
  }

  @Test
  void anObjectThatIsWrittenIsReadAgain() throws TextFormatException {
    String text =
        JsonText.object(
            json -> {
              json.writeStringField("text", "a \"b\" \n µ");
              json.writeNumberField("number", -0.25);
            });
    assertEquals("{\"text\":\"a \\\"b\\\" \\n µ\",\"number\":-0.25}", text);
    assertEquals(Map.of("text", "a \"b\" \n µ", "number", "-0.25"), tree(text).scalars());
    assertEquals("[1]", JsonText.of(json -> json.writeArray(new int[] {1}, 0, 1)).replace(" ", ""));
    String indented = JsonText.indentedObject(json -> json.writeNumberField("n", 1));
    assertTrue(indented.contains("\n  \"n\" : 1"), indented);
    assertEquals(Optional.of("1"), tree(indented).text("n"));
  }

  @Test
  void anObjectThatWasLeftOpenIsABug() {
    assertThrows(RuntimeException.class, () -> JsonText.object(json -> json.writeNumber(1)));
  }
}
