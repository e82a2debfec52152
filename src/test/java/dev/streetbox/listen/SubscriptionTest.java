package dev.streetbox.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which subscriptions there are. */
class SubscriptionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"#", "", "+/live", "sb", "sb-1/#", "SB-1", "sb 1", "sb-1\0", "++", "$sys"})
  void aBoxThatIsNoBoxIsRefused(String box) {
    assertRefused("a box's id", "t/v1", box, "", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "#", "+", "a b", "é", "\n"})
  void aGroupOrSessionOfOtherCharactersIsRefused(String name) {
    assertRefused("a group's name", "t/v1", "+", name, "");
    assertRefused("a session's name", "t/v1", "+", "", name);
    assertRefused("a session's name", "t/v1", "+", "", "x".repeat(65));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/", "/a", "a//b", "#", "a/+", "+/b", "$SYS", "a\0b"})
  void aTopicRootWithWildcardsOrEmptyLevelsIsRefused(String root) {
    assertRefused("a topic root", root, "+", "", "");
    assertRefused("a topic root", "x".repeat(201), "+", "", "");
  }

  @Test
  void theClientIdOfASessionIsFixedAndNeverThatOfABox() {
    Subscription durable = new Subscription("t/v1", "sb-1", "", "sb-1");
    assertEquals("listen-sb-1", durable.session(new SplittableRandom(1)).clientId());
    assertEquals(7 * 24 * 3600, durable.session(new SplittableRandom(2)).expiryS());
  }

  @Test
  void aSubscriptionCoversItsBoxOrAll() {
    assertTrue(new Subscription("t/v1", "sb-1", "", "").covers("sb-1"));
    assertFalse(new Subscription("t/v1", "sb-1", "", "").covers("sb-2"));
    assertTrue(new Subscription("t/v1", "+", "", "").covers("sb-2"));
  }

  private static void assertRefused(
      String words, String root, String box, String group, String session) {
    String text =
        assertThrows(
                IllegalArgumentException.class, () -> new Subscription(root, box, group, session))
            .getMessage();
    assertTrue(text.startsWith(words), text);
  }
}
