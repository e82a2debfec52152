package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the frames at the port against Nova's control protocol V1.3. */
class Sds011DeviceTest {
  private static final String ANY = "00000000000000000000ffff";
  private static final String QUERYING = "aab4020101" + ANY + "02ab";
  private static final String ACTIVE = "aab4020100" + ANY + "01ab";
  private static final String QUERY = "aab4040000" + ANY + "02ab";
  private static final String SLEEP = "aab4060100" + ANY + "05ab";
  private static final String WAKE = "aab4060101" + ANY + "06ab";
  private static final String EACH_MINUTE = "aab4080101" + ANY + "08ab";
  private static final String CONTINUOUS = "aab4080100" + ANY + "07ab";
  private static final String FIRMWARE = "aab4070000" + ANY + "05ab";
  private static final String EMPTY = "aac000000000000000ab";

  private final ScriptedTime time = new ScriptedTime();
  private final SimulatedPart simulatedPart = new SimulatedPart();
  private GroundTruth.Air air = new GroundTruth.Air(20, 10, 0, 0, 5, 50);
  private final SimSerial port =
      new SimSerial(
          "simulated sds011",
          time,
          simulatedPart,
          new Sds011Device(tick -> Bench.air(air), simulatedPart),
          1);

  @BeforeEach
  void open() throws IOException {
    port.open();
    read();
  }

  private void write(String hex) throws IOException {
    port.write(HexFormat.of().parseHex(hex));
  }

  /** Returns the bytes that have come. */
  private String read() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[64];
    for (int count = -1; count != 0; ) {
      count = port.read(some, Duration.ZERO);
      all.write(some, 0, count);
    }
    return HexFormat.of().formatHex(all.toByteArray());
  }

  private String ask(String command) throws IOException {
    write(command);
    return read();
  }

  private void pass(long seconds) {
    time.pass(Duration.ofSeconds(seconds));
  }

  /** Returns the last frame after a minute. */
  private String settled() throws IOException {
    pass(60);
    String all = read();
    return all.substring(all.length() - 20);
  }

  private static double pm25(String frame) {
    byte[] bytes = HexFormat.of().parseHex(frame);
    return (Byte.toUnsignedInt(bytes[3]) << 8 | Byte.toUnsignedInt(bytes[2])) / 10.0;
  }

  @Test
  void theFirstFramesAreZeroAndThenTheValuesRiseToTheTruth() throws IOException {
    pass(1);
    assertEquals(EMPTY, read());
    pass(4);
    assertTrue(pm25(read().substring(60)) < 8);
    String frame = settled();
    assertEquals("aac0c8002c01a160f6ab", frame); // 20.0 and 30.0
  }

  @Test
  void inActiveModeAFrameComesOnceASecond() throws IOException {
    settled();
    pass(10);
    assertEquals(10 * 20, read().length());
  }

  @Test
  void inQueryModeAFrameIsSentOnRequestOnly() throws IOException {
    settled();
    assertEquals("aac502010100a16005ab", ask(QUERYING));
    pass(10);
    assertEquals("", read());
    assertEquals("aac0c8002c01a160f6ab", ask(QUERY));
    simulatedPart.fail(InjectedFault.BROWN_OUT);
    pass(10);
    assertEquals("", read(), "the mode is kept without power");
    assertEquals("aac502010000a16004ab", ask(ACTIVE));
  }

  @Test
  void aSleepingPartAcceptsOnlyTheWakeUp() throws IOException {
    settled();
    assertEquals("aac506010000a16008ab", ask(SLEEP));
    pass(10);
    assertEquals("", ask(QUERY) + ask(FIRMWARE) + ask(ACTIVE));
    assertEquals("aac506010100a16009ab", ask(WAKE));
    assertEquals(EMPTY, ask(QUERY));
    assertEquals("aac5070f070aa16028ab", ask(FIRMWARE));
  }

  @Test
  void aWorkingPeriodSendsForHalfAMinuteAndIsKeptWithoutPower() throws IOException {
    settled();
    assertEquals("aac508010100a1600bab", ask(EACH_MINUTE));
    simulatedPart.fail(InjectedFault.BROWN_OUT);
    read();
    pass(180);
    int frames = read().length() / 20;
    assertTrue(frames > 30 && frames < 100, frames + " frames");
    assertEquals("aac508010000a1600aab", ask(CONTINUOUS));
  }

  @Test
  void aCommandWithAWrongChecksumIsIgnored() throws IOException {
    settled();
    assertEquals("", ask(SLEEP.replace("05ab", "06ab")));
  }

  @Test
  void eachInjectedFaultShows() throws IOException {
    settled();
    simulatedPart.fail(InjectedFault.WRONG_CHECKSUM);
    pass(1);
    assertEquals("aac0c8002c01a16009ab", read());
    simulatedPart.heal();
    simulatedPart.fail(InjectedFault.STUCK);
    air = new GroundTruth.Air(300, 10, 0, 0, 5, 50);
    pass(1);
    assertEquals(20, pm25(read()));
    simulatedPart.heal();
    simulatedPart.fail(InjectedFault.SATURATED);
    pass(1);
    assertEquals(6_553.5, pm25(read()));
    simulatedPart.heal();
    simulatedPart.fail(InjectedFault.LASER);
    pass(1);
    assertEquals(0, pm25(read()));
    simulatedPart.fail(InjectedFault.WRONG_PART);
    pass(1);
    assertTrue(read().startsWith("aacf"));
  }
}
