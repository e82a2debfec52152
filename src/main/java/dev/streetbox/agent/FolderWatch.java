package dev.streetbox.agent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits for new files in folders (inotify), so that no folder is listed while nothing comes. Used
 * by one thread, except {@link #close}.
 */
final class FolderWatch implements Closeable {
  private final Optional<WatchService> service;
  private boolean changed = true;

  private FolderWatch(Optional<WatchService> service) {
    this.service = service;
  }

  /**
   * Watches the folders; a folder that cannot be watched counts as changed at each call, so that
   * its files are found by listing it.
   */
  static FolderWatch of(Path... folders) {
    try {
      WatchService service = FileSystems.getDefault().newWatchService();
      try {
        for (Path folder : folders) {
          folder.register(service, StandardWatchEventKinds.ENTRY_CREATE);
        }
        return new FolderWatch(Optional.of(service));
      } catch (IOException e) {
        service.close();
      }
    } catch (IOException e) {
      // The user's limit of inotify instances is reached.
    }
    return new FolderWatch(Optional.empty());
  }

  /** Waits until a file is created, the time is over, or another thread closes this. */
  void await(Duration wait) {
    try {
      if (service.isPresent()) {
        note(service.get().poll(wait.toNanos(), TimeUnit.NANOSECONDS));
      }
    } catch (ClosedWatchServiceException e) {
      // The end is requested.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the wait for new files is possible. */
  boolean isWatching() {
    return service.isPresent();
  }

  /** Returns whether a file may have been created since the last call. */
  boolean takeChanged() {
    boolean result = changed || service.isEmpty();
    changed = false;
    try {
      if (service.isPresent()) {
        WatchKey key = service.get().poll();
        note(key);
        result |= key != null;
        changed = false;
      }
    } catch (ClosedWatchServiceException e) {
      return true;
    }
    return result;
  }

  private void note(WatchKey key) {
    if (key != null) {
      key.pollEvents();
      key.reset();
      changed = true;
    }
  }

  @Override
  public void close() {
    try {
      if (service.isPresent()) {
        service.get().close();
      }
    } catch (IOException e) {
      // Closing ends the watch also if its descriptor cannot be closed.
    }
  }
}
