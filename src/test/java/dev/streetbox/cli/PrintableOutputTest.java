package dev.streetbox.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PrintableOutputTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintableOutput output = new PrintableOutput(written);

  @Test
  void whatCouldControlATerminalIsReplacedAndLinesStay() {
    try (PrintStream stream = new PrintStream(output, true, UTF_8)) {
      stream.println("plain\ttext");
      stream.println("\u001b[31mred \u009b2J \u202eback µg/m³ 🛵");
    }
    assertEquals("plain\ttext\n [31mred  2J  back µg/m³ 🛵\n", written.toString(UTF_8));
  }

  @Test
  void aCharacterMayComeByteByByte() throws IOException {
    for (byte one : "a\u009b🛵\u202eµ".getBytes(UTF_8)) {
      output.write(one);
    }
    assertEquals("a 🛵 µ", written.toString(UTF_8));
  }

  @Test
  void longTextPassesWhole() throws IOException {
    String text = "µ🛵".repeat(5_000);
    output.write(text.getBytes(UTF_8));
    assertEquals(text, written.toString(UTF_8));
  }

  @Test
  void bytesThatAreNoUtf8AreReplaced() throws IOException {
    output.write(new byte[] {(byte) 0x9b, 'a'});
    assertEquals("\uFFFDa", written.toString(UTF_8));
  }
}
