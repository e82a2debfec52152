package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Creates files in watched folders; a wait of minutes that does not end fails by its limit. */
@Timeout(60)
class FolderWatchTest {
  private static final Duration MINUTES = Duration.ofMinutes(10);

  @TempDir private Path folder;

  private Path makeFolder(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }

  @Test
  void filesOfBeforeTheWatchAreLookedForOnce() throws Exception {
    try (FolderWatch watch = FolderWatch.of(folder)) {
      assertTrue(watch.takeChanged());
      assertFalse(watch.takeChanged());
    }
  }

  @Test
  void aFileInEachFolderEndsAWaitAndIsTold() throws Exception {
    Path requests = makeFolder("requests");
    Path reports = makeFolder("reports");
    try (FolderWatch watch = FolderWatch.of(requests, reports)) {
      assertTrue(watch.takeChanged());
      for (Path one : new Path[] {requests, reports}) {
        Files.createFile(one.resolve("file"));
        watch.await(MINUTES);
        assertTrue(watch.takeChanged(), "a file in " + one);
        assertFalse(watch.takeChanged());
      }
    }
  }

  @Test
  void aSecondFileIsNoticedAfterTheFirst() throws Exception {
    try (FolderWatch watch = FolderWatch.of(folder)) {
      for (int i = 0; i < 3; i++) {
        Files.createFile(folder.resolve("report-" + i));
        watch.await(MINUTES);
        assertTrue(watch.takeChanged(), "file " + i);
      }
    }
  }

  @Test
  void aFolderThatIsMissingIsListedEachTime() throws Exception {
    try (FolderWatch watch = FolderWatch.of(folder, folder.resolve("none"))) {
      assertFalse(watch.isWatching());
      assertTrue(watch.takeChanged());
      assertTrue(watch.takeChanged());
      watch.await(MINUTES); // returns at once, so that the caller waits otherwise
    }
  }

  @Test
  void afterItsEndTheWatchNeitherWaitsNorHidesAFile() throws Exception {
    FolderWatch watch = FolderWatch.of(folder);
    assertTrue(watch.takeChanged());
    watch.close();
    watch.await(MINUTES);
    assertTrue(watch.takeChanged());
    watch.close();
  }

  @Test
  void anInterruptEndsTheWaitAndIsKeptForTheCaller() throws Exception {
    try (FolderWatch watch = FolderWatch.of(folder)) {
      Thread.currentThread().interrupt();
      watch.await(MINUTES);
      assertTrue(Thread.interrupted());
    }
  }
}
