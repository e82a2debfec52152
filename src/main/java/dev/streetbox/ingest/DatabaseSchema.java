package dev.streetbox.ingest;

import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.QuantityGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * Makes the tables, functions and views of {@code schema.sql} and {@code calibration.sql}, or
 * leaves them as they are.
 */
final class DatabaseSchema {
  /** The number of the advisory lock that one ingest at a time holds while it makes the schema. */
  private static final int LOCK = 7_310_560;

  private DatabaseSchema() {}

  /**
   * Makes in one transaction what is missing in the schema, and the schema itself; sets the
   * connection's search path to it.
   *
   * @param connection a connection in the mode of automatic commits, which it keeps
   * @param schema the schema's name
   */
  static void install(Connection connection, String schema) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      sql.execute("set client_min_messages = warning");
      sql.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      if (!exists(sql, schema)) {
        sql.execute("create schema " + schema);
      }
      sql.execute("set search_path = " + schema + ", public");
      sql.execute(script("schema.sql"));
      sql.execute(script("calibration.sql"));
      fillQuantities(connection);
      sql.execute("select build_quantities()");
      sql.execute("select build_calibration()");
      sql.execute("select bind_functions()");
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static boolean exists(Statement sql, String schema) throws SQLException {
    try (var found =
        sql.executeQuery("select from pg_namespace where nspname = '" + schema + "'")) {
      return found.next();
    }
  }

  /** Appends new quantities, because a view cannot get a column before those that it has. */
  private static void fillQuantities(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into quantity select ?, coalesce(max(position) + 1, 0), ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ? from quantity on conflict (key) do update set"
                + " unit = excluded.unit, decimals = excluded.decimals, least = excluded.least,"
                + " greatest = excluded.greatest, mean = excluded.mean,"
                + " doubted_by = excluded.doubted_by")) {
      for (Quantity quantity : Quantity.values()) {
        insert.setString(1, quantity.key());
        insert.setString(2, RowColumns.type(quantity));
        insert.setString(3, quantity.unit());
        insert.setInt(4, quantity.decimals());
        insert.setDouble(5, quantity.least());
        insert.setDouble(6, quantity.greatest());
        insert.setString(7, quantity.mean().name().toLowerCase(Locale.ROOT));
        insert.setBoolean(8, quantity.group() == QuantityGroup.PLACE);
        insert.setBoolean(9, !quantity.isDetail());
        insert.setInt(10, RowColumns.doubtedBy(quantity));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String script(String name) {
    try (InputStream in = DatabaseSchema.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own " + name + " is unreadable", e);
    }
  }
}
