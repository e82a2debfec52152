package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** SQLite as this package uses it: how a file is opened, and what its errors mean. */
final class Sqlite {
  /** How long to wait for a lock that another program holds, in milliseconds. */
  private static final int BUSY_MS = 2000;

  /** {@code SQLITE_OPEN_READONLY}: such a connection can never write, whatever it is told. */
  private static final String READ_ONLY = "1";

  private Sqlite() {}

  /** A connection to a file that exists or will be made. */
  static Connection write(Path file) throws SQLException {
    return connect(file, new Properties());
  }

  /** A connection that only reads, beside any number of others. */
  static Connection read(Path file) throws SQLException {
    Properties readOnly = new Properties();
    readOnly.setProperty("open_mode", READ_ONLY);
    return connect(file, readOnly);
  }

  private static Connection connect(Path file, Properties properties) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file, properties);
    try {
      run(connection, "PRAGMA busy_timeout = " + BUSY_MS);
      // A damaged page is found when it is read, not when it has led somewhere.
      run(connection, "PRAGMA cell_size_check = ON");
      // Half a megabyte of pages; the default of 2 is a lot on a board with 512.
      run(connection, "PRAGMA cache_size = -512");
      return connection;
    } catch (SQLException e) {
      close(connection);
      throw e;
    }
  }

  /** Closes a connection; one that fails to close is given up. */
  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was committed is durable; the rest was never promised.
    }
  }

  /** Executes one statement that gives nothing back, or nothing of interest. */
  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends a transaction that has only read; an error that came before may have ended it already. */
  static void endRead(Connection connection) {
    try {
      run(connection, "ROLLBACK");
    } catch (SQLException e) {
      // Nothing was written, so nothing is undone.
    }
  }

  /** The number that a statement gives. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  /** What an error means, in words for a person: place, likely cause, what to do. */
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
      case 13 -> trouble(file, "cannot grow: the disk is full. Try: df -h " + file.getParent(), e);
      case 3, 8 ->
          trouble(
              file,
              "cannot be written: a file system gone read-only, or another owner."
                  + " Try: findmnt -T "
                  + file,
              e);
      case 5, 6 -> trouble(file, "is locked by another program. Try: fuser -v " + file, e);
      case 14 ->
          trouble(
              file,
              "cannot be opened: no such folder, or no right to. Try: ls -ld " + file.getParent(),
              e);
      default -> trouble(file, "failed: the card, its holder or its driver. Try: dmesg | tail", e);
    };
  }

  private static IOException trouble(Path file, String text, SQLException e) {
    return new IOException(file + " " + text + " (" + e.getMessage() + ")", e);
  }
}
