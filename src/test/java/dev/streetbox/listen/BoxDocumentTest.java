package dev.streetbox.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.mqtt.Message;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns messages that are no batches into lines. */
class BoxDocumentTest {
  private static Optional<BoxDocument> of(String level, String json)
      throws MalformedMessageException {
    return BoxDocument.of(
        new Message("streetbox/v1/sb-1/" + level, json.getBytes(UTF_8), "application/json", false));
  }

  @Test
  void anEventIsALineOfItsKind() throws MalformedMessageException {
    assertEquals(
        Optional.of(
            new BoxDocument("report", "{\"v\":1,\"kind\":\"report\",\"rows\":[{\"q\":0}]}")),
        of("event", "{ \"v\": 1,\n\"kind\": \"report\", \"rows\": [ {\"q\":0} ] }\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "about", "diag", "ack"})
  void anyOtherMessageBeginsWithTheNameOfItsTopicAsKind(String level)
      throws MalformedMessageException {
    String line = "{\"kind\":\"%s\",\"v\":1,\"n\":1.5}".formatted(level);
    assertEquals(Optional.of(new BoxDocument(level, line)), of(level, "{\"v\":1,\"n\":1.5}"));
    assertEquals(
        Optional.of(new BoxDocument(level, line)),
        of(level, "{\"v\":1,\"kind\":{\"a\":[]},\"n\":1.5}"),
        "a field of that name does not choose the kind");
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "backlog", "State", "$x", "a b"})
  void batchesAndOtherTopicsAreNone(String level) throws MalformedMessageException {
    assertEquals(Optional.empty(), of(level, "{\"v\":1}"));
  }

  @Test
  void anEmptyMessageIsNone() throws MalformedMessageException {
    assertEquals(Optional.empty(), of("state", ""));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "state, []",
        "state, {\"v\":1",
        "state, {\"v\":1} x",
        "state, x",
        "event, {\"v\":1}",
        "event, {\"kind\":\"no kind\"}",
        "event, {\"kind\":7}",
        "diag, {\"v\":1111111111111111111111111111111111111111}"
      })
  void whatNoBoxSendsIsMalformed(String level, String json) {
    assertThrows(MalformedMessageException.class, () -> of(level, json));
  }
}
