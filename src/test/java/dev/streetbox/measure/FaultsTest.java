package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final Faults faults = new Faults();

  @Test
  void theSameTroubleIsOneFaultWithACount() {
    faults.raise(Subsystem.SENSOR, "i2c-1/pm", "wrong checksum", 10);
    faults.raise(Subsystem.SENSOR, "i2c-1/pm", "wrong checksum", 500);
    assertEquals(
        List.of(new Faults.Fault(Subsystem.SENSOR, "i2c-1/pm", "wrong checksum", 2, 10, 500, true)),
        faults.list());
  }

  @Test
  void aPlaceThatWorksAgainKeepsItsFaultsButNotActive() {
    faults.raise(Subsystem.BROKER, "broker", "refused", 1);
    faults.raise(Subsystem.SENSOR, "i2c-1/pm", "no answer", 2);
    faults.clear("broker");
    assertFalse(faults.list().get(1).active());
    faults.raise(Subsystem.BROKER, "broker", "refused", 3);
    assertEquals(
        new Faults.Fault(Subsystem.BROKER, "broker", "refused", 2, 1, 3, true),
        faults.list().get(0));
  }

  @Test
  void manyDistinctFaultsPushOutTheLongestSilentOne() {
    for (int i = 0; i <= Faults.CAPACITY; i++) {
      faults.raise(Subsystem.AGENT, "place " + i, "trouble", i);
    }
    assertEquals(Faults.CAPACITY, faults.list().size());
    assertFalse(faults.list().stream().anyMatch(fault -> fault.place().equals("place 0")));
  }
}
