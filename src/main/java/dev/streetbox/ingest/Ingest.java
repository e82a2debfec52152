package dev.streetbox.ingest;

import dev.streetbox.bridge.MessageSource;
import dev.streetbox.bus.Time;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves messages from their source into the database: receives as many as are there, stores them by
 * one transaction, and acknowledges them after its commit. While the database is away, messages
 * stay unacknowledged and further ones stay with the source. Used by one thread.
 */
public final class Ingest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  /** The time until holes are looked for again if the database is away. */
  private static final long ASK_AGAIN_MS = 5_000;

  /** The memory of read messages after which they are stored; usual ones take a fifth of it. */
  private static final long TRANSACTION_BYTES = 64 << 20;

  private final IngestSettings settings;
  private final MessageSource messages;
  private final BoxMessageParser parser;
  private final Database database;
  private final DatabaseHoles holes;
  private final Time time;
  private long nextAskMs;

  /**
   * Creates an ingest that has opened no connection.
   *
   * @param messages closed with the ingest
   * @param time real time
   */
  public Ingest(IngestSettings settings, MessageSource messages, Time time) {
    this.settings = settings;
    this.messages = messages;
    this.time = time;
    this.parser = new BoxMessageParser(settings.topicRoot());
    this.database = new Database(settings, time);
    this.holes = new DatabaseHoles(settings.topicRoot());
  }

  /**
   * Stores messages until the end is requested.
   *
   * @throws IOException if the broker refuses login or subscription, or the database refuses login
   *     or schema; messages that are not stored stay with their source
   */
  public void run(BooleanSupplier endRequested) throws IOException {
    database.open(endRequested);
    LOG.info("storing into schema {}", settings.schema());
    while (!endRequested.getAsBoolean()) {
      List<Message> arrived = messages.receive();
      if (!arrived.isEmpty() && store(arrived, endRequested)) {
        messages.acknowledge();
      }
      if (time.tickMs() >= nextAskMs && messages.canPublish()) {
        nextAskMs = time.tickMs() + ASK_AGAIN_MS;
        ask();
      }
    }
  }

  /** Ends the connections; what is not acknowledged stays with the source. */
  @Override
  public void close() {
    messages.close();
    database.close();
  }

  /**
   * Stores messages by one transaction, or by several: one ends if its messages take much memory,
   * and behind a correction of time, because the rows behind it count from the corrected start.
   */
  private boolean store(List<Message> arrived, BooleanSupplier endRequested) throws IOException {
    List<ReceivedMessage> received = new ArrayList<>();
    long bytes = 0;
    for (Message message : arrived) {
      ReceivedMessage last = ReceivedMessage.of(message, parser);
      received.add(last);
      bytes += last.estimatedBytes();
      if (bytes >= TRANSACTION_BYTES || last.correctsTime()) {
        if (!database.store(received, endRequested)) {
          return false;
        }
        received.clear();
        bytes = 0;
      }
    }
    return received.isEmpty() || database.store(received, endRequested);
  }

  private void ask() {
    try {
      nextAskMs = time.tickMs() + database.use(holes::periodMs);
      database.use(holes::due).forEach(messages::publish);
    } catch (SQLException e) {
      LOG.warn("holes are not looked for: {}", e.getMessage());
    }
  }
}
