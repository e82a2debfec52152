package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final Faults faults = new Faults();

  @Test
  void theSameTroubleIsOneFaultWithACount() {
    faults.raise("i2c-1/pm", "wrong checksum", 10);
    faults.raise("i2c-1/pm", "wrong checksum", 500);
    assertEquals(
        List.of(new Faults.Fault("i2c-1/pm", "wrong checksum", 2, 10, 500, true)), faults.list());
  }

  @Test
  void aPlaceThatWorksAgainKeepsItsFaultsButNotActive() {
    faults.raise("broker", "refused", 1);
    faults.raise("i2c-1/pm", "no answer", 2);
    faults.clear("broker");
    assertFalse(faults.list().get(1).active());
    faults.raise("broker", "refused", 3);
    assertEquals(new Faults.Fault("broker", "refused", 2, 1, 3, true), faults.list().get(0));
  }

  @Test
  void manyDistinctFaultsPushOutTheLongestSilentOne() {
    for (int i = 0; i <= Faults.CAPACITY; i++) {
      faults.raise("place " + i, "trouble", i);
    }
    assertEquals(Faults.CAPACITY, faults.list().size());
    assertFalse(faults.list().stream().anyMatch(fault -> fault.place().equals("place 0")));
  }

  @Test
  void twoTextsOfOnePlaceAreTwoFaultsTheLatestFirst() {
    faults.raise("broker", "refused", 1);
    faults.raise("broker", "timed out", 5);
    faults.raise("broker", "refused", 9);
    assertEquals(
        List.of(
            new Faults.Fault("broker", "refused", 2, 1, 9, true),
            new Faults.Fault("broker", "timed out", 1, 5, 5, true)),
        faults.list());
  }

  @Test
  void clearingAPlaceEndsAllItsFaultsAndNoOthers() {
    faults.raise("broker", "refused", 1);
    faults.raise("broker", "timed out", 2);
    faults.raise("broker2", "refused", 3);
    faults.clear("broker");
    faults.clear("nowhere");
    assertEquals(
        List.of(true, false, false), faults.list().stream().map(Faults.Fault::active).toList());
    assertEquals(List.of(1L, 1L, 1L), faults.list().stream().map(Faults.Fault::count).toList());
  }

  @Test
  void aFaultThatComesAgainIsNotTheOneThatIsPushedOut() {
    for (int i = 0; i < Faults.CAPACITY; i++) {
      faults.raise("place " + i, "text", i);
    }
    faults.raise("place 0", "text", 1_000);
    faults.raise("another", "text", 1_001);
    assertTrue(faults.list().stream().anyMatch(fault -> fault.place().equals("place 0")));
    assertFalse(faults.list().stream().anyMatch(fault -> fault.place().equals("place 1")));
  }

  @Test
  void aListIsNotChangedByWhatComesAfterIt() {
    faults.raise("broker", "refused", 1);
    List<Faults.Fault> before = faults.list();
    faults.raise("broker", "refused", 2);
    faults.clear("broker");
    assertEquals(1, before.get(0).count());
    assertTrue(before.get(0).active());
  }
}
