package dev.streetbox.compact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Encodes a batch at the limits of the contract, and texts that are no batch. */
class CompactEncoderTest {
  private static void assertRefused(String reason, String json) {
    String said =
        assertThrows(IOException.class, () -> CompactEncoder.encode(json.getBytes(UTF_8)), json)
            .getMessage();
    assertTrue(said.contains(reason), said + " does not say: " + reason);
  }

  private static String row(String fields) {
    return "{\"v\":1,\"box\":\"sb-1\",\"boot\":1,\"first\":1,\"last\":1,\"rows\":[{"
        + fields
        + "}]}";
  }

  @Test
  void aBatchAtEveryLimitOfTheContractKeepsEveryDigit() throws IOException {
    String json = BatchAtLimits.json();
    byte[] body = CompactEncoder.encode(json.getBytes(UTF_8));
    assertEquals(json, new String(CompactDecoder.decode(body, json.length()), UTF_8));
  }

  @Test
  void aReadingThatItsFieldCannotHoldIsRefusedAndNotRounded() {
    String row = "\"seq\":1,\"t\":1,\"tq\":\"ntp\",\"q\":0,\"temp_c\":";
    for (String reading : new String[] {"1.234", "null", "\"warm\"", "[1]", "1e30"}) {
      assertRefused("a number that cannot be encoded", row(row + reading));
    }
  }

  @Test
  void differencesBeyond64BitsAreRefused() {
    String row = row("\"seq\":1,\"t\":9223372036854775807,\"tq\":\"ntp\",\"q\":0");
    assertRefused("a number that cannot be encoded", row.replace("{\"v\"", "{\"t0\":-1,\"v\""));
    assertRefused(
        "a number that cannot be encoded",
        row(
            "\"seq\":9223372036854775807,\"t\":1,\"tq\":\"ntp\",\"q\":0},"
                + "{\"seq\":-1,\"t\":1,\"tq\":\"ntp\",\"q\":0"));
  }

  @Test
  void aRowWithoutOneOfTheFieldsOfEachRowIsRefused() {
    assertRefused("a row needs one each", row("\"t\":1,\"tq\":\"ntp\",\"q\":0"));
    assertRefused("a row needs one each", row("\"seq\":1,\"tq\":\"ntp\",\"q\":0"));
    assertRefused("a row needs one each", row("\"seq\":1,\"t\":1,\"q\":0"));
    assertRefused("a row needs one each", row("\"seq\":1,\"t\":1,\"tq\":\"ntp\""));
  }

  @Test
  void aFieldThatTheFormatDoesNotHaveIsNamed() {
    assertRefused("a row has no field wind_mps", row("\"seq\":1,\"wind_mps\":3"));
    assertRefused("no time source is gps", row("\"seq\":1,\"tq\":\"gps\""));
    assertRefused("a batch has no field model", "{\"v\":1,\"model\":\"x\"}");
  }
}
