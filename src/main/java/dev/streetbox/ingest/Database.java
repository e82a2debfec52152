package dev.streetbox.ingest;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the database and makes another after a loss. What the database refuses
 * because of its content goes to quarantine; everything else is tried until it succeeds. Used by
 * one thread.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Limits the tries of a transaction that another one has stopped. */
  private static final int CONFLICT_LIMIT = 10;

  /** The SQLSTATE of a row without a partition: retention has removed it. */
  private static final String NO_PARTITION = "23514";

  /** Uses a connection. */
  @FunctionalInterface
  interface Work<T> {
    /** Works in the mode of automatic commits. */
    T run(Connection connection) throws SQLException;
  }

  private final IngestSettings settings;
  private final Time time;
  private final KnownBoots boots = new KnownBoots();
  private Optional<Connection> connection = Optional.empty();
  private Optional<MessageStore> store = Optional.empty();
  private boolean away;

  /**
   * @param time real time
   */
  Database(IngestSettings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /**
   * Connects and makes the schema; tries again until it succeeds or the end is requested.
   *
   * @throws IOException if the database refuses the login, or the schema for a reason that stays
   */
  void open(BooleanSupplier endRequested) throws IOException {
    while (connection.isEmpty() && !endRequested.getAsBoolean()) {
      try {
        connect();
      } catch (SQLException e) {
        close();
        if (staysRefused(e)) {
          throw new IOException("the database refuses: " + e.getMessage(), e);
        }
        pause(e);
      }
    }
  }

  /**
   * Stores messages by one transaction, or one by one where one of them is refused; waits while the
   * database is away.
   *
   * @return whether all are durable; false if the end was requested before
   */
  boolean store(List<ReceivedMessage> messages, BooleanSupplier endRequested) throws IOException {
    int conflicts = 0;
    while (!endRequested.getAsBoolean() || !away) {
      open(endRequested);
      if (store.isEmpty()) {
        return false;
      }
      try {
        store.get().store(messages);
        onStored();
        return true;
      } catch (SQLException e) {
        if (isConflict(e) && conflicts++ < CONFLICT_LIMIT) {
          boots.clear();
        } else if (isContent(e)) {
          boots.clear();
          return storeOneByOne(messages, e, endRequested);
        } else {
          close();
          pause(e);
        }
      }
    }
    return false;
  }

  /** Uses the connection. */
  <T> T use(Work<T> work) throws SQLException {
    if (connection.isEmpty()) {
      throw new SQLException("no connection");
    }
    return work.run(connection.get());
  }

  @Override
  public void close() {
    try {
      if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (SQLException e) {
      LOG.debug("the connection is closed: {}", e.getMessage());
    }
    connection = Optional.empty();
    store = Optional.empty();
    boots.clear();
  }

  private boolean storeOneByOne(
      List<ReceivedMessage> messages, SQLException cause, BooleanSupplier endRequested)
      throws IOException {
    if (messages.size() > 1) {
      for (ReceivedMessage message : messages) {
        if (!store(List.of(message), endRequested)) {
          return false;
        }
      }
      return true;
    }
    ReceivedMessage refused = messages.get(0);
    if (refused.content().isEmpty()) {
      throw new IOException("the database refuses a message of quarantine", cause);
    }
    LOG.warn("a message goes to quarantine: {}", cause.getMessage());
    return store(
        List.of(ReceivedMessage.malformed(refused.message(), cause.getMessage())), endRequested);
  }

  private void connect() throws SQLException {
    Properties properties = new Properties();
    if (!settings.user().isEmpty()) {
      properties.setProperty("user", settings.user());
    }
    if (!settings.password().isEmpty()) {
      properties.setProperty("password", settings.password());
    }
    properties.setProperty("ApplicationName", "streetbox ingest " + settings.name());
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", "120");
    properties.setProperty("tcpKeepAlive", "true");
    Connection opened = DriverManager.getConnection(settings.database(), properties);
    connection = Optional.of(opened);
    DatabaseSchema.install(opened, settings.schema());
    store = Optional.of(new MessageStore(opened, boots, settings.simulated()));
  }

  private void onStored() {
    if (away) {
      LOG.info("the database is back");
      away = false;
    }
  }

  private void pause(SQLException e) throws IOException {
    if (!away) {
      LOG.warn("the database does not store: {}; messages stay with the broker", e.getMessage());
      away = true;
    }
    time.sleep(PAUSE);
  }

  private static boolean isConflict(SQLException e) {
    String state = state(e);
    return state.startsWith("40") || state.equals(NO_PARTITION);
  }

  /** Returns whether the content of a message is the reason (class 22 and 23, SQL standard). */
  private static boolean isContent(SQLException e) {
    return state(e).startsWith("22") || state(e).startsWith("23");
  }

  private static boolean staysRefused(SQLException e) {
    return state(e).startsWith("28") || state(e).startsWith("3D") || state(e).startsWith("42");
  }

  private static String state(SQLException e) {
    return Optional.ofNullable(e.getSQLState()).orElse("");
  }
}
