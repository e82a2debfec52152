package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests the parser with lines of arecord 1.2.8 in the C locale. */
class ArecordStderrTest {
  private final ArecordStderr stderr = new ArecordStderr();

  @Test
  void overrunsAreCountedEvenWhereALineComesInPieces() throws IOException {
    print("Recording raw data 'stdin' : Signed 32 bit Little Endian, Rate 48000 Hz, Stereo\n");
    print("overrun!!! (at least 0.312 ms long)\nover");
    assertEquals(1, stderr.overruns());
    print("run!!! (at least 12.000 ms long)\n");
    assertEquals(2, stderr.overruns());
  }

  @Test
  void theLastErrorLineIsKeptAndTheStartLineIsIgnored() throws IOException {
    print("Recording raw data 'stdin' : Signed 32 bit Little Endian, Rate 48000 Hz, Stereo\n");
    assertEquals("", stderr.lastMessage());
    print("ALSA lib confmisc.c:165:(snd_config_get_card) Cannot get card index for 7\n");
    print("arecord: main:831: audio open error: No such file or directory\n\n");
    assertEquals(
        "arecord: main:831: audio open error: No such file or directory", stderr.lastMessage());
    assertFalse(stderr.wrongRate());
  }

  @Test
  void aDeviceOfAnotherRateIsDetected() throws IOException {
    print("Warning: rate is not accurate (requested = 48000Hz, got = 44100Hz)\n");
    assertTrue(stderr.wrongRate());
  }

  @Test
  void aLineWithoutEndIsCutAtItsLimit() throws IOException {
    print("x".repeat(100_000) + "\n");
    assertEquals(300, stderr.lastMessage().length());
    print("arecord: fine\n");
    assertEquals("arecord: fine", stderr.lastMessage());
  }

  private void print(String text) throws IOException {
    InputStream stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    stderr.readAvailable(stream);
  }
}
