package dev.streetbox.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Command PING = new Command("a1", CommandName.PING, Arguments.NONE, "sb-1");

  private static ReceivedCommand request(String correlation) {
    return new ReceivedCommand(
        1, "sb-1", false, "", ByteBuffer.allocate(0), correlation, ReceivedCommand.Arrival.RIGHT);
  }

  @Test
  void aCommandThatWasDoneHasItsResultAndItsCorrelation() {
    Answer answer = Answer.done(request("0a0b"), PING, Map.of("boot", 41));
    assertEquals(
        "{\"v\":1,\"box\":\"sb-1\",\"id\":\"a1\",\"cmd\":\"ping\",\"ok\":true,"
            + "\"result\":{\"boot\":41}}",
        answer.body());
    assertEquals("0a0b", answer.correlation());
  }

  @Test
  void aResultAbove16000CharactersIsOmittedAndTheCommandIsStillDone() {
    Answer empty = Answer.done(request(""), PING, Map.of("text", ""));
    int room = 16_000 - empty.body().length();
    assertEquals(
        16_000, Answer.done(request(""), PING, Map.of("text", "x".repeat(room))).body().length());
    assertEquals(
        "{\"v\":1,\"box\":\"sb-1\",\"id\":\"a1\",\"cmd\":\"ping\",\"ok\":true,"
            + "\"result\":{\"omitted\":\"the result is too long\"}}",
        Answer.done(request(""), PING, Map.of("text", "x".repeat(room + 1))).body());
  }

  @Test
  void aRefusalHasItsReasonAndOnlyAKnownCommandsName() {
    assertEquals(
        "{\"v\":1,\"box\":\"sb-1\",\"id\":\"a1\",\"cmd\":\"set\",\"ok\":false,\"error\":\"no\"}",
        Answer.refused(request(""), "a1", Optional.of("set"), "no").body());
    assertEquals(
        "{\"v\":1,\"box\":\"sb-1\",\"id\":\"a1\",\"ok\":false,\"error\":\"no\"}",
        Answer.refused(request(""), "a1", Optional.of("format-disk"), "no").body());
  }

  @Test
  void aRepeatedRequestIsAnsweredWithItsOwnCorrelation() {
    Answer first = Answer.done(request("01"), PING, Map.of());
    assertEquals(new Answer("sb-1", "a1", first.body(), "02"), first.to(request("02")));
    assertEquals("", first.to(request("ff".repeat(65))).correlation(), "too long to be kept");
  }
}
