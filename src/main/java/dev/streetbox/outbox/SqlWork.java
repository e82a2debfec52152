package dev.streetbox.outbox;

import java.io.IOException;
import java.sql.SQLException;

/** Runs statements on a database. */
@FunctionalInterface
interface SqlWork<T> {
  T run() throws SQLException, IOException;
}
