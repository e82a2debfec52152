package dev.streetbox.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Opens SQLite files as this package uses them, and runs statements. */
final class Sqlite {
  /** Milliseconds to wait for a lock of another program. */
  private static final int BUSY_MS = 2000;

  /** {@code SQLITE_OPEN_READONLY}: such a connection cannot write. */
  private static final String READ_ONLY = "1";

  private Sqlite() {}

  /** Opens a file for writing; makes the file if it is missing. */
  static Connection write(Path file) throws SQLException {
    return connect(file, new Properties());
  }

  /** Opens a file for reading only, beside any number of other connections. */
  static Connection read(Path file) throws SQLException {
    Properties readOnly = new Properties();
    readOnly.setProperty("open_mode", READ_ONLY);
    return connect(file, readOnly);
  }

  /**
   * Opens a store for reading only.
   *
   * @throws NewerStoreException if a newer program wrote it
   */
  static Connection readKnown(Path file) throws SQLException, IOException {
    Connection connection = read(file);
    try {
      new Schema().require(file, connection);
      return connection;
    } catch (SQLException | IOException e) {
      close(connection);
      throw e;
    }
  }

  /**
   * Makes SQLite's driver. DriverManager would search every jar for drivers, which takes a tenth of
   * the CPU time of a short command.
   */
  private static Driver driver() throws SQLException {
    try {
      return Class.forName("org.sqlite.JDBC")
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new SQLException("the driver of SQLite is not installed", e);
    }
  }

  private static Connection connect(Path file, Properties properties) throws SQLException {
    Connection connection = driver().connect("jdbc:sqlite:" + file, properties);
    try {
      run(connection, "PRAGMA busy_timeout = " + BUSY_MS);
      // A damaged page is detected when it is read, before its content is used.
      run(connection, "PRAGMA cell_size_check = ON");
      // 512 kB of pages, because the default of 2 MB is much on a board with 512 MB.
      run(connection, "PRAGMA cache_size = -512");
      return connection;
    } catch (SQLException e) {
      close(connection);
      throw e;
    }
  }

  /** Closes a connection; an error while closing is ignored. */
  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // Committed data is durable in any case.
    }
  }

  /** Executes one statement without a result. */
  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends a read transaction, also if an earlier error has ended it already. */
  static void endRead(Connection connection) {
    try {
      run(connection, "ROLLBACK");
    } catch (SQLException e) {
      // Nothing was written, so nothing is undone.
    }
  }

  /** Returns the number that a query yields; 0 without a result. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
