package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final Faults faults = new Faults();

  @Test
  void theSameTextAtOnePlaceIsOneFaultWithACount() {
    faults.raise(Subsystem.SENSOR, "i2c-1/pm", "wrong checksum", 10);
    faults.raise(Subsystem.SENSOR, "i2c-1/pm", "wrong checksum", 500);
    assertEquals(
        List.of(new Faults.Fault(Subsystem.SENSOR, "i2c-1/pm", "wrong checksum", 2, 10, 500, true)),
        faults.list());
  }

  @Test
  void aClearedPlaceKeepsItsFaultsInactive() {
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
  void beyondTheCapacityTheFaultRaisedLeastRecentlyIsRemoved() {
    for (int i = 0; i <= Faults.CAPACITY; i++) {
      faults.raise(Subsystem.AGENT, "place " + i, "cause", i);
    }
    assertEquals(Faults.CAPACITY, faults.list().size());
    assertFalse(faults.list().stream().anyMatch(fault -> fault.place().equals("place 0")));
  }

  @Test
  void twoTextsOfOnePlaceAreTwoFaultsTheLatestFirst() {
    faults.raise(Subsystem.BROKER, "broker", "refused", 1);
    faults.raise(Subsystem.BROKER, "broker", "timed out", 5);
    faults.raise(Subsystem.BROKER, "broker", "refused", 9);
    assertEquals(
        List.of(
            new Faults.Fault(Subsystem.BROKER, "broker", "refused", 2, 1, 9, true),
            new Faults.Fault(Subsystem.BROKER, "broker", "timed out", 1, 5, 5, true)),
        faults.list());
  }

  @Test
  void clearingAPlaceEndsAllItsFaultsAndNoOthers() {
    faults.raise(Subsystem.BROKER, "broker", "refused", 1);
    faults.raise(Subsystem.BROKER, "broker", "timed out", 2);
    faults.raise(Subsystem.BROKER, "broker2", "refused", 3);
    faults.clear("broker");
    faults.clear("nowhere");
    assertEquals(
        List.of(true, false, false), faults.list().stream().map(Faults.Fault::active).toList());
    assertEquals(List.of(1L, 1L, 1L), faults.list().stream().map(Faults.Fault::count).toList());
  }

  @Test
  void aFaultRaisedAgainIsNotTheOneRemoved() {
    for (int i = 0; i < Faults.CAPACITY; i++) {
      faults.raise(Subsystem.STORE, "place " + i, "text", i);
    }
    faults.raise(Subsystem.STORE, "place 0", "text", 1_000);
    faults.raise(Subsystem.BROKER, "another", "text", 1_001);
    assertTrue(faults.list().stream().anyMatch(fault -> fault.place().equals("place 0")));
    assertFalse(faults.list().stream().anyMatch(fault -> fault.place().equals("place 1")));
  }

  @Test
  void aListIsNotChangedByLaterFaults() {
    faults.raise(Subsystem.BROKER, "broker", "refused", 1);
    List<Faults.Fault> before = faults.list();
    faults.raise(Subsystem.BROKER, "broker", "refused", 2);
    faults.clear("broker");
    assertEquals(1, before.get(0).count());
    assertTrue(before.get(0).active());
  }

  @Test
  void aFaultQuotesNothingThatControlsATerminalAndIsNoLongerThanItsLimit() {
    faults.raise(Subsystem.SENSOR, "gnss", "\u001b[31m \u009b2J \u202e" + "x".repeat(2_000), 1);
    String text = faults.list().get(0).text();
    assertTrue(text.startsWith(" [31m  2J  xx"), text);
    assertEquals(400, text.length());
  }
}
