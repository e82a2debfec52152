package dev.streetbox.outbox;

import dev.streetbox.datadir.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32;

/**
 * Reads and writes records whose last column is the CRC-32 of the others, so that damage is
 * detected.
 */
final class SummedRecords {
  private SummedRecords() {}

  interface Reader {
    void read(ResultSet record) throws SQLException, IOException;
  }

  /** Inserts a record, or replaces the one of the same key. */
  static void insert(Connection connection, String table, Object... values) throws SQLException {
    String marks = "?, ".repeat(values.length) + "?";
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO " + table + " VALUES (" + marks + ")")) {
      CRC32 sum = new CRC32();
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
        add(sum, String.valueOf(values[i]));
      }
      statement.setLong(values.length + 1, sum.getValue());
      statement.executeUpdate();
    }
  }

  /** Passes every record of a query with a correct sum to a reader; throws at a wrong sum. */
  static void each(Connection connection, String sql, Reader reader)
      throws SQLException, IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet record = statement.executeQuery()) {
      int sumColumn = record.getMetaData().getColumnCount();
      while (record.next()) {
        CRC32 sum = new CRC32();
        for (int i = 1; i < sumColumn; i++) {
          add(sum, String.valueOf(record.getString(i)));
        }
        if (record.getLong(sumColumn) != sum.getValue()) {
          throw damaged();
        }
        reader.read(record);
      }
    } catch (IllegalArgumentException e) {
      throw new DamagedException("a record of the store has an impossible value", e);
    }
  }

  private static void add(CRC32 sum, String value) {
    sum.update(value.getBytes(StandardCharsets.UTF_8));
    sum.update('|');
  }

  static DamagedException damaged() {
    return new DamagedException("a record of the store has a wrong checksum");
  }
}
