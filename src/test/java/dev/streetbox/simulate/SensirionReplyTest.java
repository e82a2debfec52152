package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the word protocol against the SHT4x datasheet 4.4 and the SGP41 datasheet 3.1.1. */
class SensirionReplyTest {
  private final ScriptedTime time = new ScriptedTime();
  private final SimulatedPart part = new SimulatedPart();
  private final SensirionReply reply = new SensirionReply(time, part);

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void theChecksumIsThatOfTheDatasheetsExample() {
    assertEquals(0x92, SensirionReply.crc(0xBEEF));
    assertEquals(0x81, SensirionReply.crc(0));
  }

  @Test
  void wordsAreReadableOnceAfterTheExecutionTime() throws IOException {
    reply.prepare(20, 0xBEEF, 0x0000);
    time.pass(Duration.ofMillis(19));
    assertThrows(IOException.class, reply::requireReady);
    assertThrows(IOException.class, () -> reply.take(6));
    time.pass(Duration.ofMillis(1));
    assertArrayEquals(bytes("beef92000081"), reply.take(6));
    assertThrows(IOException.class, () -> reply.take(6));
    reply.requireReady();
  }

  @Test
  void aNewCommandDropsTheUnreadAnswer() {
    reply.prepare(0, 1);
    reply.prepare(0);
    assertThrows(IOException.class, () -> reply.take(3));
  }

  @Test
  void powerUpDropsTheAnswerAndTakesItsTime() throws IOException {
    reply.prepare(0, 1);
    reply.boot(time.tickMs(), 50);
    time.pass(Duration.ofMillis(49));
    assertThrows(IOException.class, reply::requireReady);
    time.pass(Duration.ofMillis(1));
    reply.requireReady();
    assertThrows(IOException.class, () -> reply.take(3));
  }

  @Test
  void aWrongChecksumIsInTheLastByteThatIsRead() throws IOException {
    part.fail(InjectedFault.WRONG_CHECKSUM);
    reply.prepare(0, 0xBEEF, 0x0000);
    assertArrayEquals(bytes("beef6d000081"), reply.take(3));
    reply.prepare(0, 0xBEEF, 0x0000);
    assertArrayEquals(bytes("beef9200007e"), reply.take(6));
  }

  @Test
  void argumentsFollowTheCommandEachWithItsChecksum() {
    byte[] written = bytes("2619 8000a2 666693".replace(" ", ""));
    assertEquals(0x2619, SensirionReply.command(written));
    assertEquals(List.of(0x8000, 0x6666), SensirionReply.arguments(written));
  }

  @Test
  void oneWrongChecksumRefusesAllArguments() {
    assertEquals(List.of(), SensirionReply.arguments(bytes("26198000a2666694")));
    assertEquals(List.of(), SensirionReply.arguments(bytes("26198000a3666693")));
    assertEquals(List.of(), SensirionReply.arguments(bytes("2619")));
  }

  @Test
  void aWriteOfLessThanTwoBytesIsNoCommand() {
    assertEquals(-1, SensirionReply.command(bytes("26")));
    assertEquals(-1, SensirionReply.command(new byte[0]));
  }
}
