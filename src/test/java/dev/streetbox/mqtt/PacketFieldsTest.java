package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the fields of packets at the limits of their forms (MQTT 5, 1.5). */
class PacketFieldsTest {
  private static PacketFields fields(String hex) {
    return new PacketFields("TEST", HexFormat.of().parseHex(hex));
  }

  private static Optional<String> text(int codePoint) throws BrokerException {
    String utf8 =
        HexFormat.of().formatHex(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    return fields("%04x%s".formatted(utf8.length() / 2, utf8)).readText();
  }

  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "7f, 127",
    "8001, 128",
    "ff7f, 16383",
    "808001, 16384",
    "ffffff7f, 268435455"
  })
  void aVariableByteIntegerHasOneToFourBytes(String hex, int value) throws BrokerException {
    PacketFields fields = fields(hex);
    assertEquals(value, fields.readVariable());
    assertEquals(0, fields.remaining());
  }

  @Test
  void aVariableByteIntegerOfFiveBytesIsMalformed() {
    assertThrows(BrokerException.class, fields("8080808001")::readVariable);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1f, 0x7f, 0x9f, 0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1ffff})
  void aStringWithAControlCharacterOrANoncharacterIsNotReadable(int codePoint)
      throws BrokerException {
    assertEquals(Optional.empty(), text(codePoint));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x20, 0xa0, 0xfdcf, 0xfdf0, 0xfffd, 0x1fffd})
  void itsNeighboursAreAccepted(int codePoint) throws BrokerException {
    assertEquals(Optional.of(Character.toString(codePoint)), text(codePoint));
  }
}
