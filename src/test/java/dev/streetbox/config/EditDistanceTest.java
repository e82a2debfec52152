package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EditDistanceTest {
  private static final List<String> NAMES = List.of("live_period", "backlog_rate", "encoding");

  @Test
  void aNameWithFewWrongLettersIsFound() {
    assertEquals(Optional.of("live_period"), EditDistance.nearest("livePeriod", NAMES));
    assertEquals(Optional.of("backlog_rate"), EditDistance.nearest("back_log_rat", NAMES));
    assertEquals(Optional.of("encoding"), EditDistance.nearest("encodign", NAMES));
  }

  @Test
  void aNameWithTooManyWrongLettersIsNotFound() {
    assertEquals(Optional.empty(), EditDistance.nearest("qos", NAMES));
    assertEquals(Optional.empty(), EditDistance.nearest("", NAMES));
  }

  @Test
  void theDistanceIsLevenshteins() {
    assertEquals(3, EditDistance.between("kitten", "sitting"));
    assertEquals(4, EditDistance.between("", "four"));
    assertEquals(0, EditDistance.between("same", "same"));
  }
}
