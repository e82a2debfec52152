package dev.streetbox.agent;

import dev.streetbox.datadir.Disk;
import dev.streetbox.datadir.HiddenFile;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps whether the box is dark, over its boots and over restarts. A box with privacy zones starts
 * dark unless its last known place was outside them. Used by main's thread.
 */
public final class Darkness {
  /** Begins the text of the fault of a box that cannot draw what its zones hide. */
  static final String NO_SECRET = "every place counts as hidden, so nothing is measured: ";

  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  private final Path dataDir;
  private final Disk disk;
  private volatile boolean dark;

  private Darkness(Path dataDir, Disk disk, boolean dark) {
    this.dataDir = dataDir;
    this.disk = disk;
    this.dark = dark;
  }

  /**
   * Reads the state of a box's data folder; a box without zones is never dark. With zones, a disk
   * that does not answer means dark.
   */
  public static Darkness of(Config config) {
    Path dataDir = config.store().dataDir();
    Disk disk = new TimedDisk(TimedDisk.PATIENCE);
    if (!config.privacy().zones().isEmpty()) {
      return new Darkness(dataDir, disk, !isOutside(dataDir, disk));
    }
    try {
      disk.call(
          () -> {
            HiddenFile.remove(dataDir);
            return true;
          });
    } catch (IOException e) {
      LOG.warn("privacy: {} cannot be removed: {}", dataDir.resolve("hidden"), e.getMessage());
    }
    return new Darkness(dataDir, disk, false);
  }

  private static boolean isOutside(Path dataDir, Disk disk) {
    try {
      return disk.call(() -> HiddenFile.isOutside(dataDir));
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns whether nothing may be measured, stored or sent. */
  public boolean isDark() {
    return dark;
  }

  /** Changes the state, and makes it durable if the disk takes it. */
  public void set(boolean now) {
    dark = now;
    LOG.info(
        now
            ? "dark: nothing is measured, stored or sent until a fix outside the privacy zones"
            : "outside the privacy zones: a new boot begins");
    try {
      disk.call(this::write);
    } catch (IOException e) {
      LOG.warn("privacy: after a power cut the box may start the other way: {}", e.getMessage());
    }
  }

  /** Writes the newest state, also if it changed while the disk did not answer. */
  private boolean write() throws IOException {
    boolean written;
    do {
      written = dark;
      HiddenFile.write(dataDir, written);
    } while (written != dark);
    return written;
  }
}
