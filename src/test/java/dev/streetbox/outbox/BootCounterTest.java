package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.datadir.BootFile;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
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
    Files.delete(dir.resolve(StoreFile.NAME));
    assertEquals(3, next());
  }

  @Test
  void withADamagedStoreTheFileTellsTheNumber() throws IOException {
    storeBoots(2);
    Files.writeString(
        dir.resolve(StoreFile.NAME), "not a store at all, but long enough".repeat(99));
    assertEquals(3, next());
    assertEquals(List.of(1, 2), BootFile.expected(dir, 3));
  }

  @Test
  void withoutTheFileTheStoreTellsAndTheNumberLeapsOverBootsThatOnlyTheFileKnew()
      throws IOException {
    storeBoots(2);
    next();
    Files.delete(dir.resolve("boot"));
    int number = next();
    assertTrue(number > 3, "boot " + number);
    assertEquals(List.of(), BootFile.expected(dir, number));
    assertEquals(number + 1, next());
  }

  @Test
  void withADamagedFileTheStoreTells() throws IOException {
    storeBoots(2);
    Files.writeString(dir.resolve("boot"), "4\0 1\n");
    assertEquals(102, next());
    assertEquals(List.of(), faults.list());
  }

  @Test
  void withoutAnyTraceOfTheLastNumberOneIsDrawnAndAFaultSaysSo() throws IOException {
    Files.writeString(dir.resolve("boot"), "");
    int drawn = next();
    assertTrue(drawn >= BootFile.FIRST_DRAWN, "boot " + drawn);
    assertNotEquals(drawn, next());
    assertTrue(faults.list().get(0).text().contains("drawn at random"));
  }

  @Test
  void onADiskThatCannotBeWrittenTheNumberIsDrawn() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));
    int drawn = new BootCounter(file.resolve("data"), faults).next();
    assertTrue(drawn >= BootFile.FIRST_DRAWN, "boot " + drawn);
  }

  @Test
  void drawnNumbersThatReachedTheStoreAreNotCountedFrom() {
    storeBoots(1);
    Rig rig = new Rig(dir);
    assertEquals(2, rig.boot());
    Outbox drawn = new Outbox(BootFile.FIRST_DRAWN + 7, dir);
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
      assertEquals(1, BootFile.expected(dir, 99).size());
    }
    assertEquals(2, next());
    Files.writeString(temp, "3 1\n");
    assertEquals(3, next());
  }

  @Test
  void theOldestUnfinishedBootIsRememberedForTheDayTheStoreIsLost() throws IOException {
    Rig first = new Rig(dir);
    first.measure(5);
    first.outbox.acknowledge(new Range(1, 1, 5), List.of());
    first.committer.close();
    Rig second = new Rig(dir);
    second.measure(5);
    second.committer.close();
    new Rig(dir).committer.close();
    next();
    Files.delete(dir.resolve(StoreFile.NAME));
    int boot = next();
    assertEquals(5, boot);
    assertEquals(List.of(2, 3, 4), BootFile.expected(dir, boot));
  }

  private void storeBoots(int boots) {
    for (int i = 0; i < boots; i++) {
      Rig rig = new Rig(dir);
      rig.measure(1);
      rig.committer.close();
    }
  }

  @Test
  void theLargerOfFileAndStoreCounts() throws IOException {
    storeBoots(3);
    new BootFile(1, 1).write(dir);
    assertEquals(4, next());
    new BootFile(9, 9).write(dir);
    assertEquals(10, next());
  }

  @Test
  void whatIsLeftToSendIsKnownBetterByTheStore() throws IOException {
    storeBoots(2);
    new BootFile(2, 2).write(dir);
    next();
    assertEquals(Optional.of(new BootFile(3, 1)), BootFile.read(dir));
  }

  @Test
  void aBootOfWhichEverythingWasSentIsNotTheOldest() throws IOException {
    Rig rig = new Rig(dir);
    rig.measure(1);
    rig.outbox.acknowledge(new Range(1, 1, 1), List.of());
    rig.committer.close();
    next();
    assertEquals(Optional.of(new BootFile(2, 2)), BootFile.read(dir));
  }

  @Test
  void theLeapIsOfAHundredBoots() throws IOException {
    storeBoots(2);
    Files.delete(dir.resolve("boot"));
    assertEquals(102, next());
    assertEquals(Optional.of(new BootFile(102, 102)), BootFile.read(dir));
    assertEquals(103, next());
  }

  @Test
  void withADamagedFileAndADamagedStoreTheNumberIsDrawn() throws IOException {
    Files.writeString(dir.resolve("boot"), "damaged");
    Files.writeString(dir.resolve(StoreFile.NAME), "not a store ".repeat(100));
    assertTrue(next() >= BootFile.FIRST_DRAWN);
  }

  @Test
  void withoutTheFileAndWithADamagedStoreTheNumberIsDrawn() throws IOException {
    Files.writeString(dir.resolve(StoreFile.NAME), "not a store ".repeat(100));
    assertTrue(next() >= BootFile.FIRST_DRAWN);
  }

  @Test
  void aFileThatCannotBeReadIsNoFirstBoot() throws IOException {
    storeBoots(1);
    Files.delete(dir.resolve("boot"));
    Files.createDirectory(dir.resolve("boot"));
    assertTrue(next() >= BootFile.FIRST_DRAWN);
    assertEquals(1, faults.list().size());
    assertEquals("boot counter", faults.list().get(0).place());
  }

  @Test
  void theLastBootIsToldAndNotCounted() throws IOException {
    assertEquals(0, BootCounter.last(dir));
    next();
    next();
    assertEquals(2, BootCounter.last(dir));
    assertEquals(2, BootCounter.last(dir));
    assertEquals(3, next());
    Files.writeString(dir.resolve("boot"), "damaged");
    assertThrows(IOException.class, () -> BootCounter.last(dir));
  }

  @Test
  void theLastBootOfAStoreWithoutTheFileIsToldWithItsLeap() throws IOException {
    storeBoots(2);
    Files.delete(dir.resolve("boot"));
    assertEquals(101, BootCounter.last(dir));
  }

  /** Files come and go, boots reach the store or do not: no number is ever given twice. */
  @Test
  void whateverIsLostNoNumberIsGivenTwice() throws IOException {
    for (long seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Path data = dir.resolve("seed" + seed);
      Set<Integer> given = new HashSet<>();
      boolean lost = false;
      for (int i = 0; i < 15; i++) {
        // One of the two may be lost where there are both, and again once both tell the number.
        int event = random.nextInt(6);
        if (event == 0 && !lost && StoreFile.of(data).exists()) {
          Files.delete(data.resolve("boot"));
          lost = true;
        } else if (event == 1 && !lost && StoreFile.of(data).exists()) {
          StoreFile.of(data).setAside(i);
          lost = true;
        } else if (event < 4) {
          Rig rig = new Rig(data);
          assertTrue(given.add(rig.boot()), "seed " + seed + ": " + rig.boot() + " again");
          rig.measure(1);
          rig.committer.close();
          lost = false;
        } else {
          int boot = new BootCounter(data, faults).next();
          assertTrue(given.add(boot), "seed " + seed + ": " + boot + " again");
        }
      }
    }
  }
}
