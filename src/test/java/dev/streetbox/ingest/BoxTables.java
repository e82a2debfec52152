package dev.streetbox.ingest;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * Stores messages into a schema of its own by the package's {@link Database}, and reads the tables
 * by a second connection.
 */
final class BoxTables implements AutoCloseable {
  private static final long GIVE_UP_MS = 60_000;

  private final PostgresCluster cluster;
  private final String schema;
  private final SimulatedMessages simulated;
  private final List<Connection> connections = new ArrayList<>();
  private final Connection reader;
  private final ScriptedTime time = new ScriptedTime();
  private final Database database;

  /** Uses a schema that is made with the first message. */
  BoxTables(PostgresCluster cluster, String schema, SimulatedMessages simulated)
      throws SQLException {
    this.cluster = cluster;
    this.schema = schema;
    this.simulated = simulated;
    this.reader = connect();
    this.database = database();
  }

  private Connection connect() throws SQLException {
    Connection opened = cluster.connect("ingest");
    connections.add(opened);
    opened.setSchema(schema);
    return opened;
  }

  /** Returns a store on a connection of its own, which does not try again. */
  MessageStore messageStore() throws SQLException {
    return new MessageStore(connect(), new KnownBoots(), simulated);
  }

  /** Returns another ingest of the same tables. */
  Database database() {
    return new Database(settings(), time);
  }

  /** Returns the settings of an ingest of these tables. */
  IngestSettings settings() {
    return new IngestSettings(
        cluster.url("postgres"),
        "ingest",
        cluster.password(),
        schema,
        SentMessages.ROOT,
        schema,
        simulated);
  }

  /** Returns the clock of the ingests, which records each pause because of a fault. */
  ScriptedTime time() {
    return time;
  }

  /** Makes the tables. */
  void make() throws IOException {
    database.open(() -> false);
  }

  /**
   * Stores messages by one transaction, as an ingest does; gives up after a minute of pauses.
   *
   * @return whether all are durable
   */
  boolean store(Message... messages) throws IOException {
    return database.store(received(messages), () -> time.tickMs() > GIVE_UP_MS);
  }

  /** Uses the connection of the ingest. */
  <T> T use(Database.Work<T> work) throws SQLException {
    return database.use(work);
  }

  /** Reads messages as an ingest does. */
  static List<ReceivedMessage> received(Message... messages) {
    BoxMessageParser parser = new BoxMessageParser(SentMessages.ROOT);
    return Arrays.stream(messages).map(message -> ReceivedMessage.of(message, parser)).toList();
  }

  /** Returns the lines of an answer, with blanks between the columns. */
  List<String> lines(String query) throws SQLException {
    try (Statement sql = reader.createStatement();
        ResultSet found = sql.executeQuery(query)) {
      List<String> lines = new ArrayList<>();
      while (found.next()) {
        StringJoiner line = new StringJoiner(" ");
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          line.add(found.getString(i));
        }
        lines.add(line.toString());
      }
      return lines;
    }
  }

  /** Returns the only line of an answer. */
  String line(String query) throws SQLException {
    List<String> lines = lines(query);
    if (lines.size() != 1) {
      throw new AssertionError(query + " has the answer " + lines);
    }
    return lines.get(0);
  }

  /** Executes a statement as the owner of the tables. */
  void execute(String statement) throws SQLException {
    try (Statement sql = reader.createStatement()) {
      sql.execute(statement);
    }
  }

  /** Breaks every connection of the role but the one that reads. */
  void breakConnections() throws SQLException {
    execute(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity"
            + " where usename = 'ingest' and pid <> pg_backend_pid()");
  }

  @Override
  public void close() {
    database.close();
    try {
      for (Connection connection : connections) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
