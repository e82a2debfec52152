package dev.streetbox.outbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Opens SQLite files as this package uses them, and runs statements. */
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
}
