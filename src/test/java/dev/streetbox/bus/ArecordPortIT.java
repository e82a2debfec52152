package dev.streetbox.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the port with a real child process: a shell that behaves as arecord, with and without
 * errors.
 */
class ArecordPortIT {
  private static final Duration WAIT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final Time time = new SystemTime();
  private final int[] words = new int[2 * 4800];
  private ArecordPort port = playing("exit 0");

  @AfterEach
  void close() {
    port.close();
  }

  @Test
  void framesComeAsWordsWithTheLowByteFirst() throws IOException {
    port =
        playing(
            "printf '\\001\\002\\003\\004\\377\\377\\377\\177\\000\\377\\377\\377'; exec sleep 60");
    port.open();
    assertEquals(1, port.read(words, 4800, WAIT));
    assertArrayEquals(new int[] {0x04030201, 0x7fffffff}, new int[] {words[0], words[1]});
  }

  @Test
  void aFrameThatArrivesInTwoPiecesIsReadAsOne() throws IOException {
    port =
        playing(
            "printf '\\001\\000\\000'; sleep 0.1; printf '\\000\\002\\000\\000\\000'; exec sleep"
                + " 60");
    port.open();
    assertEquals(1, port.read(words, 4800, WAIT));
    assertEquals(1, words[0]);
    assertEquals(2, words[1]);
  }

  @Test
  void atMostTheRequestedFramesAreRead() throws IOException {
    port = playing("exec cat /dev/zero");
    port.open();
    for (int i = 0; i < 50; i++) {
      int frames = port.read(words, 100, WAIT);
      assertTrue(frames > 0 && frames <= 100, "frames " + frames);
    }
  }

  @Test
  void bothChannelsAreRequestedAt48kHz() throws IOException {
    port = playing("echo \"$@\" >&2; exit 1");
    port.open();
    BusException error = assertThrows(BusException.class, () -> port.read(words, 4800, WAIT));
    assertTrue(
        error.getMessage().contains("-D hw:1,0 -t raw -f S32_LE -c 2 -r 48000"),
        error.getMessage());
  }

  @Test
  void outputWrittenBeforeTheChildEndedIsReadBeforeTheErrorIsThrown() throws IOException {
    port =
        playing(
            "head -c 800 /dev/zero;"
                + " echo 'arecord: pcm_read:2221: read error: No such device' >&2; exit 1");
    port.open();
    int frames = 0;
    while (frames < 100) {
      frames += port.read(words, 4800, WAIT);
    }
    BusException error = assertThrows(BusException.class, () -> port.read(words, 4800, WAIT));
    assertTrue(error.getMessage().contains("arecord ended (1)"), error.getMessage());
    assertTrue(error.getMessage().contains("No such device"), error.getMessage());
    assertTrue(error.getMessage().startsWith("hw:1,0: "), error.getMessage());
  }

  @Test
  void aCaptureWithoutSamplesIsAnError() throws IOException {
    // Thirty times faster than real time, so that the test takes less than a second.
    port = playing("head -c 800 /dev/zero; exec sleep 60", new SystemTime(30));
    port.open();
    BusException error =
        assertThrows(
            BusException.class,
            () -> {
              while (true) {
                port.read(words, 4800, Duration.ofSeconds(1));
              }
            });
    assertTrue(error.getMessage().contains("no sound for 3 s"), error.getMessage());
  }

  @Test
  void noFrameWithinTheWaitIsNoError() throws IOException {
    port = playing("exec sleep 60");
    port.open();
    assertEquals(0, port.read(words, 4800, Duration.ofMillis(100)));
  }

  @Test
  void lostSamplesAreCounted() throws IOException {
    port =
        playing(
            "echo 'overrun!!! (at least 0.312 ms long)' >&2;"
                + " head -c 800 /dev/zero; exec sleep 60");
    port.open();
    assertEquals(0, port.overruns());
    while (port.read(words, 4800, Duration.ofSeconds(1)) == 0) {
      time.sleep(Duration.ofMillis(10));
    }
    while (port.overruns() == 0) {
      port.read(words, 4800, Duration.ofMillis(100));
    }
    assertEquals(1, port.overruns());
  }

  @Test
  void anotherRateThanRequestedIsAnError() throws IOException {
    port =
        playing(
            "echo 'Warning: rate is not accurate (requested = 48000Hz, got = 44100Hz)' >&2;"
                + " exec cat /dev/zero");
    port.open();
    BusException error =
        assertThrows(
            BusException.class,
            () -> {
              while (true) {
                port.read(words, 4800, WAIT);
              }
            });
    assertTrue(error.getMessage().contains("48000 Hz"), error.getMessage());
  }

  @Test
  void aCardOfAnotherFormatIsCapturedThroughAlsasConversion() throws IOException {
    Path devices = folder.resolve("devices");
    port =
        playing(
            "echo $2 >> "
                + devices
                + "; case $2 in plughw:*) exec cat /dev/zero;; esac;"
                + " echo 'arecord: set_params:1358: Channels count non available' >&2; exit 1");
    port.open();
    assertTrue(port.read(words, 4800, WAIT) > 0);
    port.close();
    port.open();
    assertTrue(port.read(words, 4800, WAIT) > 0);
    assertEquals(List.of("hw:1,0", "plughw:1,0", "plughw:1,0"), Files.readAllLines(devices));
  }

  @Test
  void aCardThatAlsaCannotConvertIsAnErrorWithItsFormats() throws IOException {
    port =
        playing(
            "printf 'arecord: set_params:1352: Sample format non available\nAvailable formats:\n-"
                + " S16_LE\n' >&2; exit 1");
    port.open();
    BusException error = assertThrows(BusException.class, () -> port.read(words, 4800, WAIT));
    assertTrue(error.getMessage().contains("S16_LE"), error.getMessage());
    assertTrue(error.getMessage().contains("other sample formats"), error.getMessage());
  }

  @Test
  void aMissingProgramIsAnErrorThatNamesThePackageToInstall() {
    port = new ArecordPort("hw:1,0", List.of(folder.resolve("arecord").toString()), time);
    BusException error = assertThrows(BusException.class, port::open);
    assertTrue(error.getMessage().contains("apt install alsa-utils"), error.getMessage());
    assertThrows(BusException.class, () -> port.read(words, 4800, WAIT), "the port is not open");
  }

  @Test
  void closingEndsTheChildAndOpeningStartsAnother() throws IOException {
    Path pids = folder.resolve("pids");
    port = playing("echo $$ >> " + pids + "; exec cat /dev/zero");
    for (int i = 0; i < 2; i++) {
      port.open();
      port.open();
      assertTrue(port.read(words, 4800, WAIT) > 0);
      port.close();
      port.close();
    }
    List<String> started = Files.readAllLines(pids);
    assertEquals(2, started.size(), "an open port is not opened again");
    started.forEach(ArecordPortIT::joinEnd);
  }

  @Test
  void aChildThatIgnoresSigtermIsKilled() throws IOException {
    Path pids = folder.resolve("pids");
    port = playing("trap '' TERM; echo $$ >> " + pids + "; while :; do printf 12345678; done");
    port.open();
    assertTrue(port.read(words, 4800, WAIT) > 0);
    port.close();
    Files.readAllLines(pids).forEach(ArecordPortIT::joinEnd);
  }

  /** Returns only after the process has ended. */
  private static void joinEnd(String pid) {
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(child -> child.onExit().join());
  }

  private ArecordPort playing(String script) {
    return playing(script, time);
  }

  private static ArecordPort playing(String script, Time time) {
    return new ArecordPort("hw:1,0", Program.SH.command("-c", script, "arecord"), time);
  }
}
