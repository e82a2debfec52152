package dev.streetbox.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the elements of an Enviro+, below 56 kΩ to 3.3 V, at a converter of either kind. */
class GasElementsTest {
  private Bench bench;

  @AfterEach
  void close() {
    bench.close();
  }

  private void board(Ads1115Chip.Model model) {
    bench =
        new Bench(
            b -> {
              List<LongToDoubleFunction> volts = new GasElements(b::at, b.part).volts();
              return new Ads1115Chip(b.time, model)
                  .connect(0, b.part, volts.get(0))
                  .connect(1, b.part, volts.get(1))
                  .connect(2, b.part, volts.get(2));
            });
    bench.breathe(new GroundTruth.Air(20, 10, 0, 0, 20, 50));
  }

  /** Returns the code of an input at ±6.144 V. */
  private int code(int input) throws IOException {
    bench.write(String.format("01 %x183", 0xc + input));
    bench.pass(9);
    return (short) HexFormat.fromHexDigits(bench.ask("00", 0, 2));
  }

  @Test
  void cleanAirIsTheElementsOwnResistances() throws IOException {
    board(Ads1115Chip.Model.ADS1115);
    assertEquals(3.3 * 10 / 66, code(0) * 187.5e-6, 1e-4);
    assertEquals(3.3 * 300 / 356, code(1) * 187.5e-6, 1e-4);
    assertEquals(3.3 * 400 / 456, code(2) * 187.5e-6, 1e-4);
  }

  @Test
  void exhaustRaisesTheFirstAndLowersTheSecondAndSmellTheThird() throws IOException {
    board(Ads1115Chip.Model.ADS1115);
    int ox = code(0);
    int red = code(1);
    int nh3 = code(2);
    bench.breathe(new GroundTruth.Air(20, 10, 0.8, 0.5, 20, 50));
    assertTrue(code(0) > ox + 1000);
    assertTrue(code(1) < red - 1000);
    assertTrue(code(2) < nh3 - 1000);
  }

  @Test
  void anAds1015IsTenTimesAsFastAndHasTwelveBits() throws IOException {
    board(Ads1115Chip.Model.ADS1015);
    bench.write("01 c183");
    bench.pass(1);
    assertEquals("c183", bench.read(2).toString());
    int code = HexFormat.fromHexDigits(bench.ask("00", 0, 2));
    assertEquals(0, code & 15);
    assertEquals(0.5, code * 187.5e-6, 0.003);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Ads1115Chip.Model.class)
  void eachInjectedFaultShows(Ads1115Chip.Model model) throws IOException {
    board(model);
    bench.part.fail(InjectedFault.GAS_PIXEL);
    assertEquals(3.3, code(0) * 187.5e-6, 0.003);
    bench.part.heal();
    bench.part.fail(InjectedFault.NO_REFERENCE);
    assertEquals(0, code(0));
    assertEquals(0, code(2));
    bench.part.heal();
    bench.part.fail(InjectedFault.CLIPPED);
    assertEquals(model == Ads1115Chip.Model.ADS1115 ? 0x7fff : 0x7ff0, code(1));
    bench.part.heal();
    bench.part.fail(InjectedFault.OPEN_INPUT);
    assertEquals(0, code(1) * 187.5e-6, 0.003);
  }
}
