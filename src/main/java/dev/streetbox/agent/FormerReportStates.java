package dev.streetbox.agent;

import dev.streetbox.command.CommandFile;
import dev.streetbox.command.Commands;
import dev.streetbox.datadir.Disk;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import dev.streetbox.report.ReportStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads file {@code reports-states}, in which earlier versions kept the states of reports a second
 * time, beside file {@code commands}.
 */
final class FormerReportStates {
  private static final String FILE = "reports-states";

  private FormerReportStates() {}

  /**
   * Adds the states of the former file, and deletes it once file {@code commands} has them. If the
   * disk refuses either, the next start tries again.
   */
  static void takeOver(Path dataDir, Disk disk, ReportStates states, Commands commands) {
    try {
      boolean unused =
          disk.call(() -> read(dataDir, states) && commands.close() && delete(dataDir));
    } catch (IOException e) {
      // The fault of file commands, or of the boot counter, names the disk.
    }
  }

  /**
   * Adds the states of both files, for a box that is dark; leaves out a file that cannot be read,
   * because the next boot outside the zones reads it again and raises the fault.
   */
  static void readAll(Path dataDir, Disk disk, ReportStates states) {
    try {
      boolean unused =
          disk.call(
              () -> {
                CommandFile.read(dataDir, states);
                return read(dataDir, states);
              });
    } catch (IOException e) {
      // The states of earlier reports are not shown.
    }
  }

  private static boolean read(Path dataDir, ReportStates states) throws IOException {
    try {
      states.restore(JsonTree.parse(Files.readString(dataDir.resolve(FILE))));
      return true;
    } catch (NoSuchFileException e) {
      return false; // Normal since the states are in file commands.
    } catch (TextFormatException e) {
      return true; // Nothing can be taken from it.
    }
  }

  private static boolean delete(Path dataDir) throws IOException {
    return Files.deleteIfExists(dataDir.resolve(FILE));
  }
}
