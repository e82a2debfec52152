package dev.streetbox.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.FrameException;
import dev.streetbox.bus.ScriptedI2c;
import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensirionPortTest {
  /** The command of Sensirion/python-i2c-driver's own test (1c4b3b8, BSD-3). */
  private static final SensirionCommand LEET = SensirionCommand.ofMillis(0x1337, 7);

  private final ScriptedTime time = new ScriptedTime();
  private final ScriptedI2c i2c = new ScriptedI2c(time);
  private final SensirionPort port = new SensirionPort("SPS30", i2c, time);

  @AfterEach
  void everyScriptedStepTookPlace() {
    i2c.close();
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
    i2c.write("1337 dead98 beef92").waits(Duration.ofMillis(7));
    port.send(LEET, 0xDEAD, 0xBEEF);
  }

  @Test
  void anAnswerIsReadAfterTheWaitAndAStop() throws IOException {
    i2c.write("1337").waits(Duration.ofMillis(7)).read("dead98 beef92");
    assertArrayEquals(new int[] {0xDEAD, 0xBEEF}, port.ask(LEET, 2));
  }

  @Test
  void aWrongChecksumNamesThePartTheCommandAndTheWord() {
    i2c.read("dead98 beef93");
    FrameException error = assertThrows(FrameException.class, () -> port.read(LEET, 2));
    assertTrue(
        error.getMessage().contains("SPS30: answer to 1337: word 1 (of 0 to 1) is beef"),
        error.getMessage());
    assertTrue(error.getMessage().contains("93 instead of 92"), error.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"000000", "ffffff"})
  void aBusHeldLowOrFloatingIsAWrongChecksum(String bytes) {
    i2c.read(bytes);
    assertThrows(FrameException.class, () -> port.read(LEET, 1));
  }

  @Test
  void aCommandWithoutAcknowledgeIsNotAwaited() {
    i2c.writeNack("1337");
    assertThrows(BusException.class, () -> port.ask(LEET, 1));
  }

  @Test
  void anyFlippedBitOfAnAnswerIsAFrameFault() {
    Seeds.each(50, this::flipOneBit);
  }

  private void flipOneBit(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] answer = new byte[60];
    for (int i = 0; i < answer.length; i += 3) {
      int word = random.nextInt(0x10000);
      answer[i] = (byte) (word >> 8);
      answer[i + 1] = (byte) word;
      answer[i + 2] = (byte) SensirionPort.crc8(word);
    }
    answer[random.nextInt(answer.length)] ^= (byte) (1 << random.nextInt(8));
    i2c.read(HexFormat.of().formatHex(answer));
    assertThrows(FrameException.class, () -> port.read(LEET, 20));
  }

  @Test
  void aWordOfAnAnswerIsValidOnlyWithItsOwnChecksum() {
    byte[] answer = HexFormat.of().parseHex("00beef92beef93");
    assertTrue(SensirionPort.hasValidCrc(answer, 1));
    assertFalse(SensirionPort.hasValidCrc(answer, 4));
  }
}
