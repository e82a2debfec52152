package dev.streetbox.mqtt;

import dev.streetbox.measure.PrintableText;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * States why there is no connection, in a text for a person.
 *
 * @param text what happened, with the likely cause and the remedy
 * @param kind how soon another attempt is useful
 */
public record ConnectionFailure(String text, Kind kind) {
  private static final int REASON_STRING_LIMIT = 100;

  /** Tells how soon another attempt is useful. */
  public enum Kind {
    /** The network or the broker's machine is down; it may return at any moment. */
    NETWORK,
    /**
     * As {@link #NETWORK}, but found by the absence of an answer, so that no message can be the
     * cause.
     */
    SILENCE,
    /**
     * The broker closed with a reason code about the connection, so that no message is the cause.
     */
    CONNECTION,
    /** The broker asks for patience: it is busy, or this client sends or connects too often. */
    BUSY,
    /** The broker or a local check refused; it will refuse until a person changes something. */
    REFUSED,
    /** A packet was larger than the broker accepts. */
    TOO_LARGE,
    /** The peer accepted the TCP connection and closed it without an answer to CONNECT. */
    EARLY_CLOSE,
    /**
     * The TCP connection was reset before the answer to CONNECT, by the peer or by a network that
     * was interrupted.
     */
    EARLY_RESET
  }

  /** Returns a cause of kind {@link Kind#NETWORK}. */
  public static ConnectionFailure network(String text) {
    return new ConnectionFailure(text, Kind.NETWORK);
  }

  /**
   * Returns whether the loss says nothing about the messages in flight, because the broker's reason
   * code is about the connection or the login.
   */
  public boolean isAboutConnection() {
    return switch (kind) {
      case CONNECTION, BUSY, REFUSED, EARLY_CLOSE, EARLY_RESET -> true;
      case NETWORK, SILENCE, TOO_LARGE -> false;
    };
  }

  /** Returns a cause of kind {@link Kind#REFUSED}. */
  public static ConnectionFailure refused(String text) {
    return new ConnectionFailure(text, Kind.REFUSED);
  }

  /**
   * Returns the failure with the kind that it has before CONNACK. A broker that answers is reached
   * by the network, so that the waits before the next attempts grow whatever the answer was.
   */
  ConnectionFailure beforeConnack() {
    Kind growing =
        switch (kind) {
          case NETWORK, SILENCE, CONNECTION, BUSY -> Kind.BUSY;
          case REFUSED, TOO_LARGE -> Kind.REFUSED;
          case EARLY_CLOSE, EARLY_RESET -> kind;
        };
    return new ConnectionFailure(text, growing);
  }

  /** Returns what an exception of Paho or of a socket means: the first known in its causes. */
  static ConnectionFailure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<ConnectionFailure> known = ofKnownException(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return network("the connection was lost: " + thrown.getMessage());
  }

  /**
   * Returns a reason code with the broker's Reason String, of which at most 100 characters are
   * kept.
   *
   * @param reasonString the Reason String as it was received, or empty
   */
  public static String hex(int code, String reasonString) {
    String suffix =
        reasonString.isEmpty()
            ? ""
            : " \"" + PrintableText.of(reasonString, REASON_STRING_LIMIT) + "\"";
    return "0x%02x".formatted(code) + suffix;
  }

  private static Optional<ConnectionFailure> ofKnownException(Throwable cause) {
    if (cause instanceof BrokerException broker) {
      return Optional.of(broker.failure());
    }
    if (cause instanceof TlsFileException
        || cause instanceof CertificateDateException
        || cause instanceof CertificateRefusedException) {
      return Optional.of(refused(cause.getMessage()));
    }
    if (cause instanceof UnknownHostException) {
      return Optional.of(
          network(
              ofZone(cause)
                  .orElse("no address for " + cause.getMessage() + ": no network, or DNS")));
    }
    if (cause instanceof SSLException) {
      return ofTls(cause);
    }
    if (cause instanceof EOFException) {
      return Optional.of(network("the broker has closed the connection without a reason code"));
    }
    if (cause instanceof SocketTimeoutException) {
      return Optional.of(network("no answer: no network, or a firewall between"));
    }
    if (cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof SocketException) {
      return Optional.of(network("no connection: " + cause.getMessage()));
    }
    return Optional.empty();
  }

  /** Returns what is wrong with the zone of an IPv6 address, if that is the cause. */
  private static Optional<String> ofZone(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("no such interface")) {
        return Optional.of(
            "the IPv6 address in [mqtt] broker ends with % and " + message + ": ip link");
      }
      if (message.contains("no scope_id found")) {
        return Optional.of(
            "the IPv6 address in [mqtt] broker ends with % and an interface that has no IPv6"
                + " address of the same scope, as lo has no link-local one: ip -6 address");
      }
    }
    return Optional.empty();
  }

  /**
   * Returns what a TLS exception means. The deepest cause is examined first, because it names the
   * certificate's date or host where the outer exceptions only name TLS.
   */
  private static Optional<ConnectionFailure> ofTls(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest != thrown) {
      Optional<ConnectionFailure> deeper = ofKnownException(deepest);
      if (deeper.isPresent()) {
        return deeper;
      }
    }
    String text = String.valueOf(deepest.getMessage());
    if (text.contains("certification path") || text.contains("trust anchor")) {
      return Optional.of(refused("the broker's certificate is of no known authority: ca_file?"));
    }
    return Optional.of(refused("TLS failed: " + text));
  }
}
