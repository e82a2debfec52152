package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import dev.streetbox.datadir.DiskErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Turns the errors of SQLite into those of this package. */
final class SqliteErrors {
  private SqliteErrors() {}

  /**
   * Runs statements on a file, and explains their errors.
   *
   * @throws DamagedException if the file is not a sound store
   * @throws IOException if the file cannot be used now; the message names cause and remedy
   */
  static <T> T explained(Path file, SqlWork<T> work) throws IOException {
    try {
      return work.run();
    } catch (SQLException e) {
      throw explain(file, e);
    }
  }

  /** Returns an error that names the file, the likely cause and what to type. */
  static IOException explain(Path file, SQLException e) {
    // https://www.sqlite.org/rescode.html; the low byte is the primary code.
    String message = String.valueOf(e.getMessage());
    if (message.contains("SQLITE_IOERR_SHORT_READ")) {
      return new DamagedException(file + " is cut short (" + message + ")", e);
    }
    return switch (e.getErrorCode() & 0xff) {
      // ERROR, SCHEMA, CONSTRAINT and MISMATCH cannot occur in a file that this program wrote.
      case 1, 11, 17, 19, 20, 26 ->
          new DamagedException(file + " is damaged (" + e.getMessage() + ")", e);
      case 13 -> error(file, "cannot grow: the disk is full. Try: df -h " + file.getParent(), e);
      case 3, 8 -> unwritable(file, e);
      case 5, 6 -> error(file, "is locked by another program. Try: fuser -v " + file, e);
      case 14 ->
          error(
              file,
              "cannot be opened: no such folder, or no right to. Try: ls -ld " + file.getParent(),
              e);
      case 10 -> inputOutput(file, e);
      default -> error(file, "failed: the card, its holder or its driver. Try: dmesg | tail", e);
    };
  }

  private static IOException unwritable(Path file, SQLException e) {
    return DiskErrors.isReadOnly(file.getParent())
        ? readOnly(file, e)
        : error(file, "cannot be written: it has another owner or mode. Try: ls -l " + file, e);
  }

  /** Explains SQLITE_IOERR, which SQLite also reports for EROFS. */
  private static IOException inputOutput(Path file, SQLException e) {
    return DiskErrors.isReadOnly(file.getParent())
        ? readOnly(file, e)
        : error(file, "failed: the card, its holder or its driver. Try: dmesg | tail", e);
  }

  private static IOException readOnly(Path file, SQLException e) {
    return error(
        file,
        "cannot be written: the file system is read-only. Try: findmnt -T "
            + file
            + "; sudo dmesg | tail",
        e);
  }

  private static IOException error(Path file, String text, SQLException e) {
    return new IOException(file + " " + text + " (" + e.getMessage() + ")", e);
  }
}
