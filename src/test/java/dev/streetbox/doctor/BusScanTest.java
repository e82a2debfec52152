package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.ScriptedTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recognises parts by answers as the datasheets print them. */
class BusScanTest {
  private static final String NO_ANSWER = "";

  private final ScriptedTime time = new ScriptedTime();
  private final Map<String, String> answers = new HashMap<>();

  /** Returns a part that acknowledges every write and answers the last one if it is listed. */
  private I2cPort at(int address) {
    return new I2cPort() {
      private String asked = "";

      @Override
      public void write(int... bytes) throws IOException {
        StringBuilder hex = new StringBuilder();
        for (int value : bytes) {
          hex.append(HexFormat.of().toHexDigits((byte) value));
        }
        asked = hex.toString();
        if (answers.keySet().stream().noneMatch(key -> key.startsWith(address + " "))) {
          throw nack();
        }
      }

      @Override
      public byte[] read(int count) throws IOException {
        String answer = answers.getOrDefault(address + " " + asked, NO_ANSWER);
        if (answer.equals(NO_ANSWER)) {
          throw nack();
        }
        byte[] bytes = HexFormat.of().parseHex(answer.replace(" ", ""));
        byte[] given = new byte[count];
        System.arraycopy(bytes, 0, given, 0, Math.min(count, bytes.length));
        return given;
      }
    };
  }

  private static BusException nack() {
    return new BusException("no acknowledgement", BusException.EREMOTEIO);
  }

  private void part(int address, String question, String answer) {
    answers.put(address + " " + question, answer);
  }

  private String scan() throws IOException {
    return new BusScan(this::at, time).toString();
  }

  @Test
  void partsOfBoschAreDistinguishedByTheirId() throws IOException {
    part(0x76, "d0", "60");
    part(0x77, "d0", "58");
    assertEquals("0x76 BME280, 0x77 BMP280", scan());
  }

  @Test
  void aSen5xAtTheSps30sAddressIsRecognisedByItsProductName() throws IOException {
    // "SEN55", each two letters with their CRC-8 (Sensirion, 0x31, start 0xFF)
    part(0x69, "d014", sensirion("SEN55\0".getBytes(StandardCharsets.US_ASCII), 32));
    assertEquals("0x69 SEN5x", scan());
  }

  @Test
  void anSht3xIsNotRecognisedAsAnSht4x() throws IOException {
    part(0x44, "f32d", "8010 e1"); // status after a reset
    assertEquals("0x44 SHT3x", scan());
  }

  @Test
  void aConverterIsRecognisedByItsThresholds() throws IOException {
    part(0x49, "02", "8000");
    part(0x49, "03", "7fff");
    assertEquals("0x49 ADS1115 or ADS1015", scan());
  }

  @Test
  void aDecibelModuleAtTheConvertersAddressIsRecognisedByItsVersion() throws IOException {
    part(0x48, "00", "32");
    part(0x48, "02", "1234");
    part(0x48, "03", "5678");
    assertEquals("0x48 PCB Artists decibel module", scan());
  }

  @Test
  void aPlantowerOnI2cIsRecognisedByTheBeginOfItsFrame() throws IOException {
    part(0x12, "", "424d");
    assertEquals("0x12 PMSA003I", scan());
  }

  @Test
  void anUnknownPartIsFoundByReadingOneByte() throws IOException {
    part(0x23, "", "a5");
    assertEquals("0x23 an unknown part", scan());
  }

  @Test
  void anAddressThatAKernelDriverUsesIsReported() throws IOException {
    I2cPort busy =
        new I2cPort() {
          @Override
          public void write(int... bytes) throws IOException {
            throw new BusException("busy", 16);
          }

          @Override
          public byte[] read(int count) throws IOException {
            throw new BusException("busy", 16);
          }
        };
    BusScan scan = new BusScan(address -> address == 0x68 ? busy : at(address), time);
    assertEquals("0x68 a part that the kernel drives", scan.toString());
  }

  @Test
  void aBusThatHangsEndsTheScan() {
    I2cPort hung =
        new I2cPort() {
          @Override
          public void write(int... bytes) throws IOException {
            throw new BusException("held low", 110);
          }

          @Override
          public byte[] read(int count) throws IOException {
            throw new BusException("held low", 110);
          }
        };
    assertThrows(IOException.class, () -> new BusScan(address -> hung, time));
  }

  /** Returns a text in Sensirion's words with their CRC, padded with zeros. */
  private static String sensirion(byte[] text, int length) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < length; i += 2) {
      int high = i < text.length ? text[i] : 0;
      int low = i + 1 < text.length ? text[i + 1] : 0;
      hex.append("%02x%02x%02x".formatted(high, low, crc(high, low)));
    }
    return hex.toString();
  }

  private static int crc(int... bytes) {
    int crc = 0xff;
    for (int value : bytes) {
      crc ^= value;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1 ^ 0x31) & 0xff;
      }
    }
    return crc;
  }
}
