package dev.streetbox.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.streetbox.agent.Config.GnssSource;
import dev.streetbox.measure.Encoding;
import dev.streetbox.simulate.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTypeTest {
  private static final ValueType COLOUR = ValueType.choice(List.of("red", "green", "blue"));

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(ValueType.text("[a-z]*", "letters", "a"), "abc", "abc"),
        Arguments.of(COLOUR, "green", "green"),
        Arguments.of(ValueType.bus(), "i2c-3", "i2c-3"),
        Arguments.of(ValueType.bus(), "sim", "sim"),
        Arguments.of(ValueType.bus(), "", ""),
        Arguments.of(ValueType.gnssSource(), "none", GnssSource.NONE),
        Arguments.of(ValueType.encoding(), "json+gzip", Encoding.JSON_GZIP),
        Arguments.of(ValueType.integer(1, 5), 1L, 1),
        Arguments.of(ValueType.integer(1, 5), 5L, 5),
        Arguments.of(ValueType.address(), 0x77L, 0x77),
        Arguments.of(ValueType.number(0, 5), 5L, 5.0),
        Arguments.of(ValueType.number(0, 5), 0.0, 0.0),
        Arguments.of(ValueType.duration("1s", "1h"), "60m", Duration.ofHours(1)),
        Arguments.of(ValueType.size("1MB", "1GB"), "1MB", 1_000_000L),
        Arguments.of(ValueType.folder("/a"), "/b c", Path.of("/b c")),
        Arguments.of(ValueType.file("/a"), "", ""),
        Arguments.of(ValueType.timeZone(), "Asia/Shanghai", ZoneId.of("Asia/Shanghai")),
        Arguments.of(ValueType.timeZone(), "", ZoneId.systemDefault()),
        Arguments.of(ValueType.scenario(), "", Scenario.NONE),
        Arguments.of(ValueType.hostAndPort("h:1"), "[::1]:80", URI.create("tcp://[::1]:80")),
        Arguments.of(ValueType.broker(), "mqtts://b", URI.create("mqtts://b:8883")),
        Arguments.of(COLOUR.orEmpty(), "", ""),
        Arguments.of(COLOUR.only("red"), "red", "red"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueOfTheTypeIsParsed(ValueType type, Object tomlValue, Object expected) {
    assertEquals(ParsedValue.of(expected), type.parse(tomlValue));
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(ValueType.text("[a-z]*", "letters", "a"), "1", "not letters"),
        Arguments.of(ValueType.text("[a-z]*", "letters", "a"), 1L, "not letters"),
        Arguments.of(ValueType.bus(), "i2c-1234", "not i2c-N or sim"),
        Arguments.of(ValueType.encoding(), "xml", "not json, json+gzip or compact"),
        Arguments.of(ValueType.integer(1, 5), 0L, "not 1 to 5"),
        Arguments.of(ValueType.integer(1, 5), 6L, "not 1 to 5"),
        Arguments.of(ValueType.integer(1, 5), 2.0, "not 1 to 5"),
        Arguments.of(ValueType.number(0, 5), Double.NaN, "not a number from 0.0 to 5.0"),
        Arguments.of(ValueType.number(0, 5), -0.1, "not a number from 0.0 to 5.0"),
        Arguments.of(ValueType.number(0, 5), "1", "not a number from 0.0 to 5.0"),
        Arguments.of(ValueType.folder("/a"), "a", "not a folder's full path"),
        Arguments.of(ValueType.folder("/a"), "/a\nb", "not a folder's full path"),
        Arguments.of(ValueType.hostAndPort("h:1"), "user@h:1", "not HOST:PORT"),
        Arguments.of(ValueType.hostAndPort("h:1"), "h:1/path", "not HOST:PORT"),
        Arguments.of(ValueType.hostAndPort("h:1"), "h h", "not HOST:PORT"),
        Arguments.of(COLOUR.orEmpty(), "black", "not red, green or blue"));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anotherValueIsAnErrorWithTheFormOfTheType(
      ValueType type, Object tomlValue, String expected) {
    assertEquals(ParsedValue.error(expected), type.parse(tomlValue));
  }

  @Test
  void aMistypedChoiceSuggestsTheNearest() {
    assertEquals(
        ParsedValue.error("not red, green or blue", "type \"green\""), COLOUR.parse("gren"));
  }

  @Test
  void aValueOfALaterVersionIsRefusedEvenIfItIsOfTheType() {
    ParsedValue refused = ParsedValue.error("which is not in this version", "leave it out");
    assertEquals(refused, COLOUR.only("red").parse("green"));
  }

  @Test
  void anErrorIsNotPassedToTheNextFunction() {
    ParsedValue error = ParsedValue.error("not a colour");
    assertEquals(error, error.then(value -> ParsedValue.of("passed")));
    assertEquals(
        ParsedValue.of("red!"), ParsedValue.of("red").then(value -> ParsedValue.of(value + "!")));
  }

  @Test
  void aScenarioWithoutAFileIsAnErrorWithTheReason() {
    ParsedValue parsed = ValueType.scenario().parse("/none");
    assertFalse(parsed.value().isPresent());
    assertEquals("not a scenario", parsed.error());
    assertEquals("/none: there is no such file", parsed.suggestion());
  }
}
