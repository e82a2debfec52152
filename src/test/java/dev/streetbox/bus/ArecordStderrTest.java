package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void theErrorLinesAreKeptAndTheStartLineIsIgnored() throws IOException {
    print("Recording raw data 'stdin' : Signed 32 bit Little Endian, Rate 48000 Hz, Stereo\n");
    assertEquals("", stderr.message());
    print("ALSA lib confmisc.c:165:(snd_config_get_card) Cannot get card index for 7\n");
    print("arecord: main:831: audio open error: No such file or directory\n\n");
    assertEquals(
        "ALSA lib confmisc.c:165:(snd_config_get_card) Cannot get card index for 7; arecord:"
            + " main:831: audio open error: No such file or directory",
        stderr.message());
    assertFalse(stderr.wrongRate());
    assertFalse(stderr.isConvertible());
  }

  @Test
  void theFormatsOfA16BitMicrophoneAreInTheMessage() throws IOException {
    print("arecord: set_params:1352: Sample format non available\nAvailable formats:\n- S16_LE\n");
    assertEquals(
        "arecord: set_params:1352: Sample format non available; Available formats:; S16_LE",
        stderr.message());
    assertTrue(stderr.isConvertible());
  }

  @ParameterizedTest
  @CsvSource({
    "set_params:1358: Channels count non available, number of channels",
    "set_params:1352: Sample format non available, sample formats",
    "main:831: audio open error: Device or resource busy, fuser -v /dev/snd",
    "main:831: audio open error: Permission denied, usermod -aG audio",
    "main:831: audio open error: No such file or directory, is it plugged in?",
    "ALSA lib pcm.c:2721:(snd_pcm_open_noupdate) Unknown PCM hv:0, no device of that name",
    "pcm_read:2240: read error: Input/output error, no I2S clock",
    "pcm_read:2240: read error: No such device, it was unplugged",
    "set_params:1416: Unable to install hw params:, refuses these settings",
    "set_params:1347: Access type not available, cannot be read so"
  })
  void eachKindOfErrorHasItsCure(String line, String cure) throws IOException {
    print(line + "\n");
    assertTrue(stderr.cure().contains(cure), stderr.cure());
  }

  @Test
  void aDeviceOfAnotherRateIsDetected() throws IOException {
    print("Warning: rate is not accurate (requested = 48000Hz, got = 44100Hz)\n");
    assertTrue(stderr.wrongRate());
  }

  @Test
  void aLineWithoutEndIsCutAtItsLimit() throws IOException {
    print("x".repeat(100_000) + "\n");
    assertEquals(300, stderr.message().length());
    print("arecord: fine\n");
    assertTrue(stderr.message().endsWith("; arecord: fine"));
  }

  private void print(String text) throws IOException {
    InputStream stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    stderr.readAvailable(stream);
  }
}
