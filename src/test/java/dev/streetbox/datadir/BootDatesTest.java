package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootDatesTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-26");

  @TempDir private Path dir;

  private Path file() {
    return dir.resolve("days");
  }

  @Test
  void aBootKeepsItsDayThroughARestart() throws IOException {
    BootDates bootDates = BootDates.of(dir);
    bootDates.put(41, Optional.of(DAY), "");
    bootDates.put(9, Optional.of(DAY.minusDays(1)), "");
    bootDates.put(42, Optional.of(DAY.plusDays(1)), "");
    assertEquals("9 2026-11-25\n41 2026-11-26\n42 2026-11-27\n", Files.readString(file()));
    BootDates again = BootDates.of(dir);
    assertEquals(Optional.of(DAY), again.of(41));
    assertEquals(Optional.of(DAY.plusDays(1)), again.of(42));
    assertEquals(Optional.empty(), again.of(43));
  }

  @Test
  void theDayThatWasGivenLastCounts() throws IOException {
    BootDates bootDates = BootDates.of(dir);
    bootDates.put(41, Optional.of(DAY), "");
    bootDates.put(41, Optional.of(DAY.plusDays(2)), "");
    assertEquals(Optional.of(DAY.plusDays(2)), BootDates.of(dir).of(41));
  }

  @Test
  void withoutAFileOrWithOneThatCannotBeReadNoBootHasADay() throws IOException {
    assertEquals(Optional.empty(), BootDates.of(dir.resolve("nowhere")).of(1));
    Files.createDirectory(file());
    assertEquals(Optional.empty(), BootDates.of(dir).of(1));
  }

  @Test
  void aDamagedLineNamesNoBootAndTheOthersStay() throws IOException {
    Files.writeString(
        file(), "1 2026-11-20\n\ntwo 2026-11-21\n3 2026-13-22\n4\n 5 2026-11-22\n6 2026-11-23\n");
    BootDates bootDates = BootDates.of(dir);
    assertEquals(Optional.of(LocalDate.parse("2026-11-20")), bootDates.of(1));
    for (int boot = 2; boot < 6; boot++) {
      assertEquals(Optional.empty(), bootDates.of(boot), "boot " + boot);
    }
    assertEquals(Optional.of(LocalDate.parse("2026-11-23")), bootDates.of(6));
    bootDates.put(7, Optional.of(DAY), "");
    assertEquals("1 2026-11-20\n6 2026-11-23\n7 2026-11-26\n", Files.readString(file()));
  }

  @Test
  void tenThousandBootsAreKeptAndTheOldestGo() throws IOException {
    Files.writeString(
        file(),
        IntStream.rangeClosed(1, 10_000)
            .mapToObj(boot -> boot + " 2026-11-20\n")
            .collect(Collectors.joining()));
    BootDates bootDates = BootDates.of(dir);
    bootDates.put(10_001, Optional.of(DAY), "");
    assertEquals(Optional.empty(), bootDates.of(1));
    assertEquals(Optional.of(LocalDate.parse("2026-11-20")), bootDates.of(2));
    assertEquals(Optional.of(DAY), bootDates.of(10_001));
    assertEquals(10_000, Files.readAllLines(file()).size());
  }

  @Test
  void aDayThatCannotBeWrittenIsNotGivenAndTheOthersStay() throws IOException {
    BootDates bootDates = BootDates.of(dir);
    bootDates.put(1, Optional.of(DAY), "");
    Files.delete(file());
    Files.createDirectories(file().resolve("in the way"));
    assertThrows(IOException.class, () -> bootDates.put(2, Optional.of(DAY), ""));
    assertEquals(Optional.empty(), bootDates.of(2));
    assertEquals(Optional.of(DAY), bootDates.of(1));
    Files.delete(file().resolve("in the way"));
    Files.delete(file());
    bootDates.put(2, Optional.of(DAY), "");
    assertEquals(Optional.of(DAY), BootDates.of(dir).of(1));
    assertEquals(Optional.of(DAY), BootDates.of(dir).of(2));
  }

  @Test
  void aBootKeepsItsBoardThroughARestartOnAnotherBoard() throws IOException {
    BootDates.of(dir).put(41, Optional.of(DAY), "a1");
    BootDates.of(dir).put(42, Optional.empty(), "a1");
    BootDates.of(dir).put(43, Optional.of(DAY), "b2");
    assertEquals("41 2026-11-26 a1\n42 - a1\n43 2026-11-26 b2\n", Files.readString(file()));
    BootDates again = BootDates.of(dir);
    assertEquals(Optional.of(DAY), again.of(41));
    assertEquals(Optional.empty(), again.of(42));
    assertEquals(Optional.of("a1"), again.boardOf(41, "c3"));
    assertEquals(Optional.of("a1"), again.boardOf(42, "c3"));
    assertEquals(Optional.of("b2"), again.boardOf(43, "c3"));
  }

  @Test
  void bootsOfAnEarlierVersionHaveNoBoardAndLaterOnesWithoutALineHaveThePresentOne()
      throws IOException {
    Files.writeString(file(), "40 2026-11-25\n");
    BootDates bootDates = BootDates.of(dir);
    bootDates.put(42, Optional.of(DAY), "a1");
    assertEquals(Optional.empty(), bootDates.boardOf(39, "b2"));
    assertEquals(Optional.empty(), bootDates.boardOf(40, "b2"));
    assertEquals(Optional.empty(), bootDates.boardOf(41, "b2"));
    assertEquals(Optional.of("b2"), bootDates.boardOf(43, "b2"));
  }

  @Test
  void ifNoBoardCanBeWrittenEveryBootWithoutALineHasThePresentOne() throws IOException {
    Files.createDirectories(file().resolve("in the way"));
    BootDates bootDates = BootDates.of(dir);
    assertThrows(IOException.class, () -> bootDates.put(2, Optional.of(DAY), "a1"));
    assertEquals(Optional.of("a1"), bootDates.boardOf(1, "a1"));
    assertEquals(Optional.of("a1"), bootDates.boardOf(2, "a1"));
  }
}
