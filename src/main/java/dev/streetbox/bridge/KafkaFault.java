package dev.streetbox.bridge;

import java.util.regex.Pattern;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words the errors of Kafka's client, and logs a fault once until it ends or becomes another. Used
 * by one thread.
 */
final class KafkaFault {
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final String format;
  private String logged = "";

  /**
   * Begins without a fault.
   *
   * @param format the words for the log, with {} for the fault
   */
  KafkaFault(String format) {
    this.format = format;
  }

  /** Logs a fault, unless it is the one that was logged last. */
  void begin(String words) {
    if (!kind(words).equals(logged)) {
      LOG.warn(format, words);
      logged = kind(words);
    }
  }

  /** Logs that Kafka works again, if a fault was logged. */
  void end() {
    if (isActive()) {
      LOG.info("Kafka is back");
      logged = "";
    }
  }

  /** Returns whether a fault was logged that has not ended. */
  boolean isActive() {
    return !logged.isEmpty();
  }

  /** Returns a text without its numbers, by which a fault is known when it comes again. */
  static String kind(String words) {
    return NUMBER.matcher(words).replaceAll("#");
  }

  /** Returns the message of an error, with the first cause that has another, and what to check. */
  static String words(Throwable error) {
    if (error instanceof SslAuthenticationException) {
      return "no TLS with Kafka (%s): check ssl.truststore.location in the file of --kafka-config"
          .formatted(message(error));
    }
    if (error instanceof AuthenticationException) {
      return "Kafka refuses the login (%s): check sasl.mechanism and sasl.jaas.config in the file"
              .formatted(message(error))
          + " of --kafka-config";
    }
    if (error instanceof AuthorizationException) {
      return "Kafka denies it (%s): allow it by kafka-acls".formatted(message(error));
    }
    return message(error);
  }

  private static String message(Throwable error) {
    String words = String.valueOf(error.getMessage());
    Throwable cause = error.getCause();
    return cause == null || words.contains(String.valueOf(cause.getMessage()))
        ? words
        : words + ": " + words(cause);
  }
}
