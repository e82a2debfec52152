package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.simulate.MultiGasChip.Cell;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the frames against the DFRobot wiki SEN0465 to SEN0476; the board is 3 K warmer. */
class MultiGasChipTest {
  private static final String PASSIVE = "00 ff0178040000000083";
  private static final String ASK = "00 ff0186000000000079";

  /** H2S, 0 ppm, thermistor 512: 25 °C. */
  private static final String CLEAN = "ff8600000300020075";

  private final Bench bench = new Bench(b -> new MultiGasChip(b.time, b::at, b.part, Cell.H2S, 6));

  @BeforeEach
  void breathe() {
    bench.breathe(new GroundTruth.Air(20, 10, 0, 0, 22, 50));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void passive() throws IOException {
    assertEquals("ff7801000000000087", bench.ask(PASSIVE, 20, 9));
  }

  @Test
  void anAnswerIsReadyAfterTwentyMillisecondsAndStays() throws IOException {
    passive();
    bench.write(ASK);
    bench.pass(19);
    assertEquals("ff7801000000000087", bench.read(9));
    bench.pass(1);
    assertEquals(CLEAN, bench.read(9));
    assertEquals(CLEAN, bench.read(9));
  }

  @Test
  void smellIsGasInWholePpm() throws IOException {
    passive();
    bench.breathe(new GroundTruth.Air(20, 10, 0.85, 0, 22, 50));
    assertEquals("ff860003030002" + "0072", bench.ask(ASK, 20, 9));
  }

  @Test
  void afterPowerUpActiveFramesOverwriteAnswers() throws IOException {
    assertEquals("000000000000000000", bench.read(9));
    bench.pass(990);
    bench.write(ASK);
    bench.pass(20);
    assertEquals("ff8800000300020073", bench.read(9));
    passive();
    bench.pass(5_000);
    assertEquals("ff7801000000000087", bench.read(9));
    bench.part.fail(InjectedFault.BROWN_OUT);
    bench.read(9);
    bench.pass(1_000);
    assertEquals("ff8800000300020073", bench.read(9));
  }

  @Test
  void requestsWithAWrongChecksumOrAnUnknownModeChangeNothing() throws IOException {
    passive();
    assertEquals("ff7801000000000087", bench.ask("00 ff0186000000000078", 20, 9));
    assertEquals("ff7800000000000088", bench.ask("00 ff0178050000000082", 20, 9));
    assertEquals("ff7800000000000088", bench.ask("00 ff0199000000000066", 20, 9));
    assertEquals("ff7801000000000087", bench.ask("00 ff0178030000000084", 20, 9));
  }

  @Test
  void theTemperatureHasACommandOfItsOwn() throws IOException {
    passive();
    assertEquals("ff8702000000000077", bench.ask("00 ff0187000000000078", 20, 9));
  }

  @Test
  void theChecksumIsOfSixBytesOrSeven() throws IOException {
    bench.breathe(new GroundTruth.Air(20, 10, 0, 0, 25.33, 50)); // 28.33 °C: 480
    passive();
    assertEquals("ff860000030001e076", bench.ask(ASK, 20, 9));
    Bench other = new Bench(b -> new MultiGasChip(b.time, b::at, b.part, Cell.NH3, 7));
    other.breathe(new GroundTruth.Air(20, 10, 1.2, 0, 25.33, 50));
    other.ask(PASSIVE, 20, 9);
    assertEquals("ff860007020001e090", other.ask(ASK, 20, 9));
    other.close();
  }

  @Test
  void eachInjectedFaultShows() throws IOException {
    passive();
    bench.part.fail(InjectedFault.LATE_FRAME);
    assertEquals("00000300020075ff86", bench.ask(ASK, 20, 9));
    bench.part.heal();
    bench.part.fail(InjectedFault.WRONG_CHECKSUM);
    assertTrue(bench.ask(ASK, 20, 9).endsWith("8a"));
    bench.part.heal();
    bench.part.fail(InjectedFault.STUCK);
    bench.breathe(new GroundTruth.Air(20, 10, 1, 0, 5, 50));
    assertEquals(CLEAN, bench.ask(ASK, 20, 9));
    bench.part.heal();
    bench.part.fail(InjectedFault.WRONG_PART);
    assertEquals("04", bench.ask(ASK, 20, 9).substring(8, 10));
  }
}
