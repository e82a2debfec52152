package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SensirionPortTest {
  /** The command of Sensirion/python-i2c-driver's own test (1c4b3b8, BSD-3). */
  private static final SensirionCommand LEET = SensirionCommand.ofMillis(0x1337, 7);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c wires = new ScriptedI2c(time);
  private final SensirionPort port = new SensirionPort("SPS30", wires, time);

  @AfterEach
  void theWholeConversationTookPlace() {
    wires.close();
  }

  // Datasheets of the SPS30, SGP41 and SHT4x; python-i2c-driver tests; FFFF computed.
  @ParameterizedTest(name = "{0} has {1}")
  @CsvSource({
    "BEEF, 92",
    "DEAD, 98",
    "0000, 81",
    "FFFF, AC",
    "8000, A2",
    "6666, 93",
    "0300, AC",
    "0500, F6"
  })
  void theChecksumIsThatOfTheDatasheets(String word, String crc) {
    assertEquals(Integer.parseInt(crc, 16), SensirionPort.crc8(Integer.parseInt(word, 16)), word);
  }

  @Test
  void argumentsFollowTheCommandEachWithItsChecksum() throws IOException {
    wires.write("1337 dead98 beef92").waits(Duration.ofMillis(7));
    port.send(LEET, 0xDEAD, 0xBEEF);
  }

  @Test
  void anAnswerIsReadAfterTheWaitAndAStop() throws IOException {
    wires.write("1337").waits(Duration.ofMillis(7)).read("dead98 beef92");
    assertArrayEquals(new int[] {0xDEAD, 0xBEEF}, port.ask(LEET, 2));
  }

  @Test
  void aWrongChecksumNamesThePartTheQuestionAndTheWord() {
    wires.read("dead98 beef93");
    FrameException fault = assertThrows(FrameException.class, () -> port.read(LEET, 2));
    assertTrue(
        fault.getMessage().contains("SPS30: answer to 1337: word 1 (of 0 to 1) is beef"),
        fault.getMessage());
    assertTrue(fault.getMessage().contains("93 instead of 92"), fault.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"000000", "ffffff"})
  void aBusHeldLowOrFloatingIsAWrongChecksum(String bytes) {
    wires.read(bytes);
    assertThrows(FrameException.class, () -> port.read(LEET, 1));
  }

  @Test
  void nothingIsAwaitedAfterACommandThatNobodyTook() {
    wires.writeNack("1337");
    assertThrows(BusException.class, () -> port.ask(LEET, 1));
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyFlippedBitOfAnAnswerIsNoticed(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] answer = new byte[60];
    for (int i = 0; i < answer.length; i += 3) {
      int word = random.nextInt(0x10000);
      answer[i] = (byte) (word >> 8);
      answer[i + 1] = (byte) word;
      answer[i + 2] = (byte) SensirionPort.crc8(word);
    }
    answer[random.nextInt(answer.length)] ^= (byte) (1 << random.nextInt(8));
    wires.read(HexFormat.of().formatHex(answer));
    assertThrows(FrameException.class, () -> port.read(LEET, 20));
  }
}
