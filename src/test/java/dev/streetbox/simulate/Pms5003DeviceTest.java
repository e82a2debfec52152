package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.bus.BusException;
import dev.streetbox.bus.ScriptedTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests frames and commands at the port against the PMS5003 manual and captures of PyPMS. */
class Pms5003DeviceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String PASSIVE = "424de100000170";
  private static final String ACTIVE = "424de100010171";
  private static final String READ = "424de200000171";
  private static final String SLEEP = "424de400000173";
  private static final String WAKE = "424de400010174";

  private final ScriptedTime time = new ScriptedTime();
  private final SimulatedPart simulatedPart = new SimulatedPart();
  private GroundTruth.Air air = new GroundTruth.Air(20, 10, 0, 0, 5, 50);
  private SimSerial port;

  /** Holds a whole frame and the tick when it came. */
  private record Frame(long tickMs, String hex) {
    int at(int offset) {
      return HexFormat.fromHexDigits(hex, 2 * offset, 2 * offset + 2);
    }

    int word(int offset) {
      return at(offset) << 8 | at(offset + 1);
    }
  }

  @BeforeEach
  void connect() {
    connect(42);
  }

  private void connect(long seed) {
    port =
        new SimSerial(
            "simulated pms5003",
            time,
            simulatedPart,
            new Pms5003Device(tick -> Bench.air(air), simulatedPart, seed),
            seed);
  }

  @Test
  void everyFrameIsWholeAndItsChecksumRight() {
    Seeds.each(5, this::everyFrameIsWhole);
  }

  private void everyFrameIsWhole(long seed) throws IOException {
    connect(seed);
    port.open();
    List<Frame> frames = frames(120);
    assertTrue(frames.size() > 50, frames.size() + " frames");
    for (Frame frame : frames) {
      assertEquals(28, frame.word(2));
      int sum = 0;
      for (int i = 0; i < 30; i++) {
        sum += frame.at(i);
      }
      assertEquals(sum, frame.word(30));
    }
  }

  @Test
  void afterOpeningTheRestOfAFrameComesFirst() throws IOException {
    port.open();
    byte[] first = new byte[64];
    int count = port.read(first, Duration.ZERO);
    assertTrue(count > 0 && count < 32 && first[0] != 0x42);
  }

  @Test
  void theFirstFramesAreEmptyThenRiseForHalfAMinute() throws IOException {
    port.open();
    List<Frame> frames = frames(60);
    Frame first = frames.get(0);
    assertEquals(0, first.word(12));
    assertEquals(0, first.at(28)); // the version is zero too
    for (Frame frame : frames) {
      int pm25 = frame.word(12);
      assertTrue(frame.tickMs() < 8_000 || pm25 > 5, frame + " " + pm25);
      assertTrue(frame.tickMs() > 10_000 || pm25 < 18, frame + " " + pm25);
    }
    Frame last = frames.get(frames.size() - 1);
    assertEquals(20, last.word(12));
    assertEquals(30, last.word(14));
    assertEquals(0x97, last.at(28));
  }

  @Test
  void thickAirReadsHigherAsFactoryParticles() throws IOException {
    air = new GroundTruth.Air(100, 20, 0, 0, 5, 50);
    Frame frame = settled();
    assertEquals(100, frame.word(12));
    assertEquals(135, frame.word(6));
    assertTrue(frame.word(16) > frame.word(18) && frame.word(18) > frame.word(20));
  }

  @Test
  void inSteadyAirAFrameComesEachTwoSecondsAndInChangingAirThriceASecond() throws IOException {
    settled();
    for (long pause : pauses(frames(30))) {
      assertEquals(2_300, pause);
    }
    List<Long> pauses = new ArrayList<>();
    for (int pm25 = 30; pm25 < 150; pm25 += 5) {
      air = new GroundTruth.Air(pm25, 10, 0, 0, 5, 50);
      pauses.addAll(pauses(frames(1)));
    }
    assertFalse(pauses.isEmpty());
    for (long pause : pauses) {
      assertTrue(pause >= 200 && pause <= 800, pause + " ms");
    }
  }

  @Test
  void aSleepingPartSendsNothingAndStartsAgainAfterWakeUp() throws IOException {
    settled();
    write(SLEEP);
    assertEquals("424d0004e4000177", read());
    assertEquals(List.of(), frames(60));
    write(READ);
    write(PASSIVE);
    assertEquals("", read());
    write(WAKE);
    assertEquals(0, frames(3).get(0).word(12));
  }

  @Test
  void inPassiveModeAFrameIsSentOnRequestOnly() throws IOException {
    settled();
    write(PASSIVE);
    assertEquals("424d0004e1000174", read());
    assertEquals("", read());
    write(READ);
    assertEquals(20, frames(1).get(0).word(12));
    assertEquals(List.of(), frames(10));
    write(ACTIVE);
    assertEquals("424d0004e1010175", read());
    assertEquals(4, frames(10).size());
  }

  @Test
  void aCommandWithAWrongChecksumIsIgnored() throws IOException {
    settled();
    write("424de400000174");
    assertFalse(frames(10).isEmpty());
  }

  @Test
  void aWrongChecksumIsInEveryFrameUntilItIsHealed() throws IOException {
    String right = settled().hex();
    simulatedPart.fail(InjectedFault.WRONG_CHECKSUM);
    String wrong = frames(3).get(0).hex();
    assertEquals(right.substring(0, 62), wrong.substring(0, 62));
    assertNotEquals(right, wrong);
    simulatedPart.heal();
    assertEquals(right, frames(3).get(0).hex());
  }

  @Test
  void aTornFrameLacksItsSecondHalf() throws IOException {
    settled();
    simulatedPart.fail(InjectedFault.TORN_FRAME);
    String torn = read();
    assertTrue(torn.startsWith("424d001c") && torn.length() == 2 * 16, torn);
  }

  @Test
  void garbageZerosAndOnesAreAsLongAsFrames() throws IOException {
    settled();
    simulatedPart.fail(InjectedFault.GARBAGE);
    String garbage = read();
    assertTrue(garbage.length() == 64 && !garbage.startsWith("424d"), garbage);
    simulatedPart.fail(InjectedFault.ALL_ZEROS);
    assertEquals("00".repeat(32), read());
    simulatedPart.fail(InjectedFault.ALL_ONES);
    assertEquals("ff".repeat(32), read());
  }

  @Test
  void stuckFramesRepeat() throws IOException {
    String before = settled().hex();
    simulatedPart.fail(InjectedFault.STUCK);
    air = new GroundTruth.Air(200, 10, 0, 0, 5, 50);
    assertEquals(before, frames(5).get(0).hex());
  }

  @Test
  void silenceIsNoBytesAndLetsTheWaitPass() throws IOException {
    settled();
    simulatedPart.fail(InjectedFault.SILENCE);
    long beforeMs = time.tickMs();
    assertEquals(0, port.read(new byte[64], Duration.ofSeconds(10)));
    assertEquals(beforeMs + 10_000, time.tickMs());
  }

  @Test
  void anUnpluggedPartEndsThePortAndPowersUpWhenPluggedIn() throws IOException {
    settled();
    simulatedPart.unplug();
    assertThrows(BusException.class, () -> port.read(new byte[64], SECOND));
    BusException closed = assertThrows(BusException.class, () -> port.write(new byte[7]));
    assertTrue(closed.getMessage().endsWith("is not open"));
    assertThrows(BusException.class, port::open);
    simulatedPart.plug();
    port.open();
    assertEquals(0, frames(3).get(0).word(12));
    simulatedPart.fail(InjectedFault.HANG_UP);
    assertThrows(BusException.class, () -> port.read(new byte[64], SECOND));
  }

  @Test
  void aLateReaderGetsAtMostOneBuffer() throws IOException {
    settled();
    time.pass(Duration.ofHours(2));
    int bytes = read().length() / 2;
    assertEquals(16_384, bytes);
  }

  private Frame settled() throws IOException {
    port.open();
    List<Frame> frames = frames(120);
    return frames.get(frames.size() - 1);
  }

  private void write(String hex) throws IOException {
    port.write(HexFormat.of().parseHex(hex));
  }

  /** Returns the bytes that come in the next 2.4 s, up to the first pause. */
  private String read() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[64];
    int count = port.read(some, Duration.ofMillis(2_400));
    while (count > 0) {
      all.write(some, 0, count);
      count = port.read(some, Duration.ZERO);
    }
    return HexFormat.of().formatHex(all.toByteArray());
  }

  /** Returns the frames of the next seconds, found in the stream by their first four bytes. */
  private List<Frame> frames(int seconds) throws IOException {
    List<Frame> frames = new ArrayList<>();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    long untilMs = time.tickMs() + 1_000L * seconds;
    byte[] some = new byte[64];
    while (time.tickMs() < untilMs) {
      int count = port.read(some, Duration.ofMillis(untilMs - time.tickMs()));
      stream.write(some, 0, count);
      String hex = HexFormat.of().formatHex(stream.toByteArray());
      int at = hex.indexOf("424d001c");
      if (at >= 0 && hex.length() >= at + 64) {
        frames.add(new Frame(time.tickMs(), hex.substring(at, at + 64)));
        stream.reset();
        stream.writeBytes(HexFormat.of().parseHex(hex, at + 64, hex.length()));
      }
    }
    return frames;
  }

  private static List<Long> pauses(List<Frame> frames) {
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < frames.size(); i++) {
      pauses.add(frames.get(i).tickMs() - frames.get(i - 1).tickMs());
    }
    return pauses;
  }
}
