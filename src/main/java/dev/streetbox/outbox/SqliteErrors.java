package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Turns the errors of SQLite into those of this package. */
final class SqliteErrors {
  private SqliteErrors() {}

  /**
   * Does some work on a file.
   *
   * @throws DamagedException if the file is not what a store is
   * @throws IOException if it cannot be used now; the message says why and what to do
   */
  static <T> T explained(Path file, SqlWork<T> work) throws IOException {
    try {
      return work.run();
    } catch (SQLException e) {
      throw explain(file, e);
    }
  }

  /** Returns what an error means, in words for a person: place, likely cause, what to do. */
  static IOException explain(Path file, SQLException e) {
    // https://www.sqlite.org/rescode.html; the low byte is the primary code.
    String message = String.valueOf(e.getMessage());
    if (message.contains("SQLITE_IOERR_SHORT_READ")) {
      return new DamagedException(file + " is cut short (" + message + ")", e);
    }
    return switch (e.getErrorCode() & 0xff) {
      // ERROR, SCHEMA, CONSTRAINT, MISMATCH: no statement of ours fails so on a file of ours.
      case 1, 11, 17, 19, 20, 26 ->
          new DamagedException(file + " is damaged (" + e.getMessage() + ")", e);
      case 13 -> error(file, "cannot grow: the disk is full. Try: df -h " + file.getParent(), e);
      case 3, 8 ->
          error(
              file,
              "cannot be written: a file system gone read-only, or another owner."
                  + " Try: findmnt -T "
                  + file,
              e);
      case 5, 6 -> error(file, "is locked by another program. Try: fuser -v " + file, e);
      case 14 ->
          error(
              file,
              "cannot be opened: no such folder, or no right to. Try: ls -ld " + file.getParent(),
              e);
      default -> error(file, "failed: the card, its holder or its driver. Try: dmesg | tail", e);
    };
  }

  private static IOException error(Path file, String text, SQLException e) {
    return new IOException(file + " " + text + " (" + e.getMessage() + ")", e);
  }
}
