package dev.streetbox.ingest;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts a PostgreSQL before the tests of a class, and closes it after them. */
final class SharedCluster implements BeforeAllCallback, AfterAllCallback {
  private PostgresCluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, SQLException {
    cluster = PostgresCluster.started();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (cluster != null) { // null if it could not be started
      cluster.close();
    }
  }

  /** Returns tables of their own for one test, for an ingest that refuses simulated rows. */
  BoxTables tables() throws SQLException {
    return cluster.tables(SimulatedMessages.refuse);
  }

  /** Returns the running PostgreSQL. */
  PostgresCluster cluster() {
    return cluster;
  }
}
