package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("live_period", "backlog_rate", "encoding");

  @Test
  void aNameWithFewWrongLettersIsRecognised() {
    assertEquals(Optional.of("live_period"), Nearest.to("livePeriod", NAMES));
    assertEquals(Optional.of("backlog_rate"), Nearest.to("back_log_rat", NAMES));
    assertEquals(Optional.of("encoding"), Nearest.to("encodign", NAMES));
  }

  @Test
  void aStrangeNameIsNot() {
    assertEquals(Optional.empty(), Nearest.to("qos", NAMES));
    assertEquals(Optional.empty(), Nearest.to("", NAMES));
  }

  @Test
  void editsAreCountedAsLevenshteinDid() {
    assertEquals(3, Nearest.edits("kitten", "sitting"));
    assertEquals(4, Nearest.edits("", "four"));
    assertEquals(0, Nearest.edits("same", "same"));
  }
}
