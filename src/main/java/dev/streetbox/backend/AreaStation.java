package dev.streetbox.backend;

import dev.streetbox.bus.Time;
import dev.streetbox.hj212.MinuteMeans;
import dev.streetbox.hj212.Station;
import dev.streetbox.listen.Audit;
import dev.streetbox.listen.BoxMessage;
import dev.streetbox.listen.BoxMessageParser;
import dev.streetbox.listen.MalformedMessageException;
import dev.streetbox.listen.Subscriber;
import dev.streetbox.mqtt.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the rows that arrive for the first time into the minutes of a station, and has it send the
 * minutes that are closed. Used by one thread.
 */
final class AreaStation {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final long CLOSE_PERIOD_MS = 1_000;

  /** Minutes are closed after so long even if messages still wait, because they may never end. */
  private static final long LONGEST_PERIOD_MS = 20_000;

  /** The pause after a platform that did not acknowledge. */
  private static final long RETRY_MS = 30_000;

  private final Station station;
  private final MinuteMeans means;
  private final BoxMessageParser parser;
  private final Time time;
  private final Audit received = new Audit();
  private long closedMs;
  private long nextSendMs;
  private String fault = "";
  private boolean announced;

  /**
   * @param topicRoot the common beginning of all topics
   * @param time real time
   */
  AreaStation(Station station, MinuteMeans means, String topicRoot, Time time) {
    this.station = station;
    this.means = means;
    this.parser = new BoxMessageParser(topicRoot);
    this.time = time;
    this.closedMs = time.tickMs();
  }

  /** Receives and sends until the end is requested. */
  void run(Subscriber subscriber, BooleanSupplier endRequested) throws IOException {
    try (station) {
      while (!endRequested.getAsBoolean()) {
        long sinceMs = time.tickMs() - closedMs;
        // What arrived while the platform kept the thread waiting still belongs to its minute.
        Optional<Message> message =
            subscriber.next(sinceMs < CLOSE_PERIOD_MS ? WAIT : Duration.ZERO);
        announce(subscriber);
        message.ifPresent(this::take);
        if (sinceMs >= LONGEST_PERIOD_MS || (sinceMs >= CLOSE_PERIOD_MS && message.isEmpty())) {
          closedMs = time.tickMs();
          station.take(means, time.systemClock().toEpochMilli());
          send();
        }
      }
    }
  }

  private void announce(Subscriber subscriber) {
    if (!announced && subscriber.isSubscribed()) {
      announced = true;
      LOG.info("subscribed; minutes are sent by HJ 212-2017, which HJ 212-2025 has replaced");
    }
  }

  private void take(Message message) {
    try {
      BoxMessage content = parser.read(message);
      List<BoxMessage.SentRow> rows = received.add(content);
      if (content instanceof BoxMessage.Rows batch) {
        means.add(batch, rows, time.systemClock().toEpochMilli());
      }
    } catch (MalformedMessageException e) {
      LOG.debug("a message is skipped: {}", e.getMessage());
    }
  }

  private void send() {
    if (station.waiting() == 0 || time.tickMs() < nextSendMs) {
      return;
    }
    int waiting = station.waiting();
    try {
      station.send();
      if (!fault.isEmpty()) {
        LOG.info("the platform acknowledges; {} frames were sent", waiting);
        fault = "";
      }
    } catch (IOException e) {
      nextSendMs = time.tickMs() + RETRY_MS;
      if (!fault.equals(e.getMessage())) {
        fault = e.getMessage();
        LOG.warn("{}; {} frames wait", fault, station.waiting());
      }
    }
  }
}
