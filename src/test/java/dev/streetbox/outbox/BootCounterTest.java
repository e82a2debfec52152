package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootCounterTest {
  @TempDir private Path dir;

  private final Faults faults = new Faults();

  private int next() {
    return new BootCounter(dir, faults).next();
  }

  @Test
  void bootsAreCountedFromOne() {
    assertEquals(List.of(1, 2, 3), List.of(next(), next(), next()));
    assertEquals(List.of(), faults.list());
  }

  @Test
  void aBootThatNeverReachedTheStoreIsCountedAllTheSame() {
    storeBoots(1);
    next();
    next();
    assertEquals(4, next());
  }

  @Test
  void withoutTheStoreTheFileTellsTheNumber() throws IOException {
    storeBoots(2);
    Files.delete(dir.resolve(Store.NAME));
    assertEquals(3, next());
  }

  @Test
  void withADamagedStoreTheFileTellsTheNumber() throws IOException {
    storeBoots(2);
    Files.writeString(dir.resolve(Store.NAME), "not a store at all, but long enough".repeat(99));
    assertEquals(3, next());
    assertEquals(List.of(1, 2), BootCounter.expected(dir, 3));
  }

  @Test
  void withoutTheFileTheStoreTellsAndTheNumberLeapsOverBootsThatOnlyTheFileKnew()
      throws IOException {
    storeBoots(2);
    next();
    Files.delete(dir.resolve("boot"));
    int number = next();
    assertTrue(number > 3, "boot " + number);
    assertEquals(List.of(), BootCounter.expected(dir, number));
    assertEquals(number + 1, next());
  }

  @Test
  void withADamagedFileTheStoreTells() throws IOException {
    storeBoots(2);
    Files.writeString(dir.resolve("boot"), "4\0 1\n");
    assertTrue(next() > 2);
  }

  @Test
  void withoutAnyTraceOfTheLastNumberOneIsDrawnAndAFaultSaysSo() throws IOException {
    Files.writeString(dir.resolve("boot"), "");
    int drawn = next();
    assertTrue(drawn >= BootCounter.FIRST_DRAWN, "boot " + drawn);
    assertNotEquals(drawn, next());
    assertTrue(faults.list().get(0).text().contains("drawn at random"));
  }

  @Test
  void onADiskThatCannotBeWrittenTheNumberIsDrawn() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    int drawn = new BootCounter(file.resolve("data"), faults).next();
    assertTrue(drawn >= BootCounter.FIRST_DRAWN, "boot " + drawn);
  }

  @Test
  void drawnNumbersThatReachedTheStoreAreNotCountedFrom() {
    storeBoots(1);
    Rig rig = new Rig(dir);
    assertEquals(2, rig.boot());
    Outbox drawn = new Outbox(BootCounter.FIRST_DRAWN + 7, dir);
    Committer committer = new Committer(rig.settings, drawn, rig.time, faults);
    committer.cycle();
    committer.close();
    assertEquals(3, next());
  }

  /** A crash leaves the temporary file at any stage; only the rename makes the number count. */
  @Test
  void aCrashBetweenAnyTwoStepsGivesNoNumberTwice() throws IOException {
    assertEquals(1, next());
    Path temp = dir.resolve("boot.0815.tmp");
    for (String left : List.of("", "2", "2 1", "2 1\n")) {
      Files.writeString(temp, left);
      assertEquals(1, BootCounter.expected(dir, 99).size());
    }
    assertEquals(2, next());
    Files.writeString(temp, "3 1\n");
    assertEquals(3, next());
  }

  @Test
  void theOldestUnfinishedBootIsRememberedForTheDayTheStoreIsLost() throws IOException {
    Rig first = new Rig(dir);
    first.measure(5);
    first.outbox.acknowledge(new dev.streetbox.measure.Range(1, 1, 5), List.of());
    first.committer.close();
    Rig second = new Rig(dir);
    second.measure(5);
    second.committer.close();
    new Rig(dir).committer.close();
    next();
    Files.delete(dir.resolve(Store.NAME));
    int boot = next();
    assertEquals(5, boot);
    assertEquals(List.of(2, 3, 4), BootCounter.expected(dir, boot));
  }

  private void storeBoots(int boots) {
    for (int i = 0; i < boots; i++) {
      Rig rig = new Rig(dir);
      rig.measure(1);
      rig.committer.close();
    }
  }
}
