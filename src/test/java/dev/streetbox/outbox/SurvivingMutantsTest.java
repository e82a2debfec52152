package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.measure.Anchor;
import dev.streetbox.measure.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks lines of the outbox that no other test noticed when a mutation broke them. */
class SurvivingMutantsTest {
  @TempDir private Path dir;

  @Test
  void withNothingToCommitNoLockOfTheStoreIsNeeded() throws Exception {
    Rig rig = new Rig(dir);
    rig.measure(3);
    rig.commit();
    Connection other = Sqlite.write(dir.resolve(StoreFile.NAME));
    Sqlite.run(other, "BEGIN IMMEDIATE");
    rig.commit();
    assertEquals(List.of(), rig.troubles());
    Sqlite.close(other);
  }

  @Test
  void theNewStoreIsMadeAtOnceAfterADamagedOneWasSetAside() throws IOException {
    Files.writeString(dir.resolve(StoreFile.NAME), "not a store ".repeat(100));
    Rig rig = new Rig(dir);
    rig.measure(3);
    rig.commit();
    assertFalse(Files.exists(dir.resolve(StoreFile.NAME)));
    rig.committer.cycle();
    assertTrue(Files.exists(dir.resolve(StoreFile.NAME)));
    assertEquals(0, rig.outbox.status().uncommitted());
    assertTrue(
        rig.troubles().stream().noneMatch(text -> text.contains(StoreFile.NAME)),
        rig.troubles()::toString);
  }

  @Test
  void aClosedStoreHasNoFileOpen() throws Exception {
    Rig rig = new Rig(dir);
    rig.measure(3);
    rig.commit();
    assertTrue(openFiles().stream().anyMatch(name -> name.endsWith("outbox.db-wal")));
    rig.committer.close();
    assertEquals(List.of(), openFiles());
  }

  /** Returns the open files of this process that are below the test's folder. */
  private List<String> openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files
          .flatMap(file -> target(file).stream())
          .filter(name -> name.startsWith(dir.toString()))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Optional<String> target(Path descriptor) {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) {
      return Optional.empty(); // It was closed meanwhile, as that of the listed folder.
    }
  }

  @Test
  void aTimeThatWasSentWithAnEventIsCorrectedByAnEvent() {
    Outbox outbox = new Outbox(3, dir);
    outbox.append(new Anchor(3, 0, 1_000_000, TimeSource.EST, 1000));
    Event report = outbox.append(Event.Kind.REPORT, 5, Map.of("text", "hole"));
    assertEquals(Optional.of(report), outbox.nextEvent(List.of()));
    outbox.append(new Anchor(3, 10, 1_795_420_800_000L, TimeSource.NTP, 50));
    assertEquals(Optional.of(Event.Kind.TIME), outbox.nextEvent(List.of(report)).map(Event::kind));
  }

  @Test
  void aTimeThatWasNotSentNeedsNoCorrection() {
    Outbox outbox = new Outbox(3, dir);
    outbox.append(new Anchor(3, 0, 1_000_000, TimeSource.EST, 1000));
    Event report = outbox.append(Event.Kind.REPORT, 5, Map.of("text", "hole"));
    outbox.append(new Anchor(3, 10, 1_795_420_800_000L, TimeSource.NTP, 50));
    assertEquals(Optional.empty(), outbox.nextEvent(List.of(report)));
  }
}
