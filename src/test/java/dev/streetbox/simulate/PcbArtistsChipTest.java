package dev.streetbox.simulate;

import static dev.streetbox.simulate.Bench.assertNack;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the module against its programming manual. */
class PcbArtistsChipTest {
  private double levelDba = 60;
  private final Bench bench = new Bench(b -> new PcbArtistsChip(b.time, b.part, tick -> levelDba));

  @BeforeEach
  void powerUp() {
    assertNack(() -> bench.write("00"));
    bench.pass(5);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theRegistersHoldTheDefaultsOfTheManual() throws IOException {
    assertEquals("3101020304aa0203e8", bench.ask("00", 0, 9));
    assertEquals("2d5512", bench.ask("0d", 0, 3));
  }

  @Test
  void theFirstSecondIsTooHighAndThenTheLevelIsRight() throws IOException {
    bench.pass(30);
    assertTrue(decibel() > 70);
    bench.pass(8_000);
    assertEquals(60, decibel());
  }

  @Test
  void theAverageOfDecibelsIsBelowTheLaeqOfAChangingSound() throws IOException {
    settle();
    for (int i = 0; i < 40; i++) {
      expose(i % 2 == 0 ? 80 : 60, 500);
    }
    // The energy mean of 60 and 80 dB is 77.0 dB.
    assertTrue(decibel() < 76, "level " + decibel());
  }

  @Test
  void aShorterAverageTakesEffectWithItsLowByte() throws IOException {
    settle();
    bench.write("0700");
    expose(90, 120);
    assertTrue(decibel() < 66);
    bench.write("087d");
    bench.pass(1_200);
    assertEquals(90, decibel());
    assertEquals("007d", bench.ask("07", 0, 2));
  }

  @Test
  void extremesAreKeptUntilTheyAreCleared() throws IOException {
    settle();
    bench.write("0902");
    levelDba = 70;
    bench.pass(8_000);
    assertEquals("3c46", bench.ask("0b", 0, 2));
    bench.write("0902");
    bench.pass(30);
    assertEquals("4646", bench.ask("0b", 0, 2));
  }

  @Test
  void theHistoryHasTheNewestFirst() throws IOException {
    settle();
    expose(80, 10_000);
    String history = bench.ask("14", 0, 100);
    assertEquals("50", history.substring(0, 2));
    assertTrue(history.substring(2).contains("3c"), history);
    bench.write("0904");
    assertEquals("00".repeat(100), bench.ask("14", 0, 100));
  }

  @Test
  void aModuleThatIsPoweredDownMeasuresNothingUntilItIsReset() throws IOException {
    settle();
    bench.write("0603");
    bench.write("0602"); // no effect by the manual
    levelDba = 90;
    bench.pass(5_000);
    assertEquals(60, decibel());
    bench.write("0908");
    bench.pass(8_000);
    assertEquals(90, decibel());
    assertEquals("aa02", bench.ask("05", 0, 2));
  }

  @Test
  void levelsOutsideTheRangeAreClamped() throws IOException {
    levelDba = 20;
    settle();
    assertEquals(35, decibel());
    levelDba = 130;
    settle();
    assertEquals(120, decibel());
  }

  @Test
  void aStuckModuleRepeatsItsLevelAndOneWithoutMicrophoneReportsZero() throws IOException {
    settle();
    bench.part.fail(InjectedFault.STUCK);
    levelDba = 90;
    settle();
    assertEquals(60, decibel());
    bench.part.heal();
    bench.part.fail(InjectedFault.OPEN_INPUT);
    settle();
    assertEquals(0, decibel());
  }

  @Test
  void aBrownOutResetsWrittenRegisters() throws IOException {
    bench.write("055b");
    assertEquals("5b", bench.ask("05", 0, 1));
    bench.part.fail(InjectedFault.BROWN_OUT);
    assertNack(() -> bench.write("05"));
    bench.pass(5);
    assertEquals("aa", bench.ask("05", 0, 1));
  }

  private void settle() throws IOException {
    expose(levelDba, 10_000);
  }

  /** Passes the time at that level; the request at the end makes the module measure it. */
  private void expose(double db, long ms) throws IOException {
    levelDba = db;
    bench.ask("00", ms, 1);
  }

  private int decibel() throws IOException {
    return Integer.parseInt(bench.ask("0a", 0, 1), 16);
  }
}
