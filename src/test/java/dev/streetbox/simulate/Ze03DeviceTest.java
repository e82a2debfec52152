package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.simulate.Ze03Device.Cell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Frames of wokwi-chip-ze03-nh3 and FartCHECKER, through the port. */
class Ze03DeviceTest {
  private static final String ACTIVE = "ff0178030000000084";
  private static final String QUERYING = "ff0178040000000083";
  private static final String ASK = "ff0186000000000079";
  private static final String DONE = "ff7801000000000087";
  private static final String CLEAN = "ff860000000000007a";

  private final ScriptedTime time = new ScriptedTime();
  private final SimulatedPart simulatedPart = new SimulatedPart();
  private GroundTruth.Air air = new GroundTruth.Air(20, 10, 0, 0, 5, 50);

  private SimSerial open(Cell cell) throws IOException {
    SimSerial port =
        new SimSerial(
            "simulated ze03",
            time,
            simulatedPart,
            new Ze03Device(tick -> Bench.air(air), simulatedPart, cell),
            1);
    port.open();
    read(port);
    return port;
  }

  /** Reads what is there now. */
  private static String read(SimSerial port) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[64];
    for (int count = -1; count != 0; ) {
      count = port.read(some, Duration.ZERO);
      all.write(some, 0, count);
    }
    return HexFormat.of().formatHex(all.toByteArray());
  }

  private static String ask(SimSerial port, String request) throws IOException {
    port.write(HexFormat.of().parseHex(request));
    return read(port);
  }

  private String nextSecond(SimSerial port) throws IOException {
    time.pass(Duration.ofSeconds(1));
    return read(port);
  }

  @Test
  void itWakesInActiveModeAndSpeaksOnceASecond() throws IOException {
    SimSerial port = open(Cell.H2S);
    time.pass(Duration.ofSeconds(3));
    assertEquals(CLEAN.repeat(3), read(port));
  }

  @Test
  void inQueryModeItSpeaksWhenAskedAndForgetsTheModeWithItsSupply() throws IOException {
    SimSerial port = open(Cell.H2S);
    assertEquals(DONE, ask(port, QUERYING));
    time.pass(Duration.ofSeconds(10));
    assertEquals("", read(port));
    assertEquals(CLEAN, ask(port, ASK));
    simulatedPart.fail(InjectedFault.BROWN_OUT);
    assertEquals("", read(port));
    assertEquals(CLEAN, nextSecond(port));
    assertEquals(DONE, ask(port, QUERYING));
    assertEquals(DONE, ask(port, ACTIVE));
    assertEquals(CLEAN, nextSecond(port));
  }

  @Test
  void smellIsGasInTheModulesSteps() throws IOException {
    air = new GroundTruth.Air(20, 10, 1, 1, 5, 50);
    assertEquals("ff8600030000000077", nextSecond(open(Cell.H2S)));
    assertEquals("ff8600060000000074", nextSecond(open(Cell.NH3)));
    assertEquals("ff8600150000000065", nextSecond(open(Cell.CO)));
    assertEquals("ff8600022b0100004c", nextSecond(open(Cell.SO2)));
    assertTrue(nextSecond(open(Cell.NO2)).startsWith("ff8600082c01"));
    assertTrue(nextSecond(open(Cell.O3)).startsWith("ff8600002a01"));
    assertTrue(nextSecond(open(Cell.CL2)).startsWith("ff8600003101"));
  }

  @Test
  void aRequestWithAWrongSumIsNotHeardAndAnUnknownModeIsRefused() throws IOException {
    SimSerial port = open(Cell.H2S);
    assertEquals("", ask(port, "ff0178040000000084"));
    assertEquals("ff7800000000000088", ask(port, "ff0178410000000046"));
    assertEquals(CLEAN, nextSecond(port), "still active");
  }

  @Test
  void aCalibrationIsAMistakeOfTheDriver() throws IOException {
    ask(open(Cell.H2S), "ff0187000000000078");
    assertEquals(1, simulatedPart.violations().size());
  }

  @Test
  void itsFaultsAreThoseOfARealOne() throws IOException {
    SimSerial port = open(Cell.NH3);
    simulatedPart.fail(InjectedFault.STUCK);
    air = new GroundTruth.Air(20, 10, 1, 0, 5, 50);
    assertEquals(CLEAN, nextSecond(port));
    simulatedPart.heal();
    simulatedPart.fail(InjectedFault.WRONG_CHECKSUM);
    assertEquals("ff860006000000008b", nextSecond(port));
    simulatedPart.heal();
    simulatedPart.fail(InjectedFault.SATURATED);
    assertTrue(nextSecond(port).startsWith("ff86ffff00"));
    simulatedPart.heal();
    simulatedPart.fail(InjectedFault.WRONG_PART);
    assertTrue(nextSecond(port).startsWith("ff8600062e01"));
  }
}
