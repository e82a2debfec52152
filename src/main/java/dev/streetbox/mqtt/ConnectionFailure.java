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
import org.eclipse.paho.mqttv5.common.MqttException;

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
    TOO_LARGE
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
    return kind == Kind.CONNECTION || kind == Kind.BUSY || kind == Kind.REFUSED;
  }

  /** Returns a cause of kind {@link Kind#REFUSED}. */
  public static ConnectionFailure refused(String text) {
    return new ConnectionFailure(text, Kind.REFUSED);
  }

  /** Returns what an exception of Paho or of a socket means, without a Reason String. */
  static ConnectionFailure of(Throwable thrown) {
    return of(thrown, "");
  }

  /**
   * Returns what an exception of Paho or of a socket means: the first known in its causes.
   *
   * @param reasonString the broker's Reason String, or empty
   */
  static ConnectionFailure of(Throwable thrown, String reasonString) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<ConnectionFailure> known = ofKnownException(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    if (thrown instanceof MqttException mqtt && isFromBroker(mqtt.getReasonCode())) {
      return ofCode(mqtt.getReasonCode(), reasonString);
    }
    return network("the connection was lost: " + thrown.getMessage());
  }

  /**
   * Returns what the reason code of a CONNACK or DISCONNECT means (MQTT 5, 2.4).
   *
   * @param reasonString the broker's Reason String, or empty
   */
  static ConnectionFailure ofCode(int code, String reasonString) {
    String hex = hex(code, reasonString);
    return switch (code) {
      case 0x84 -> refused("the broker does not support MQTT 5, " + hex);
      case 0x85 -> refused("the broker does not accept the box's id as client id, " + hex);
      case 0x86, 0x87 ->
          refused("the broker refuses the login, " + hex + ": check username, password_file, ACL");
      case 0x8a -> refused("the broker has banned this box, " + hex);
      case 0x8e ->
          refused("another client has taken the session over, " + hex + ": two boxes with one id?");
      case 0x95 ->
          new ConnectionFailure("a packet was too large for the broker, " + hex, Kind.TOO_LARGE);
      case 0x98, 0x9c, 0x9d ->
          refused("the broker's operator has closed the connection or moved the server, " + hex);
      case 0x8b -> new ConnectionFailure("the broker is shutting down, " + hex, Kind.CONNECTION);
      case 0x88, 0x89 -> new ConnectionFailure("the broker is busy, " + hex, Kind.BUSY);
      case 0x96, 0x97, 0x9f ->
          new ConnectionFailure("the broker limits this client, " + hex, Kind.BUSY);
      case 0x8d, 0xa0 ->
          new ConnectionFailure("the broker has closed the connection, " + hex, Kind.CONNECTION);
      default -> network("the broker has closed the connection, " + hex);
    };
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

  /** Returns whether a code is one of MQTT 5; Paho's own codes begin at 32,000. */
  private static boolean isFromBroker(int code) {
    return code >= 0x80 && code <= 0xff;
  }

  private static Optional<ConnectionFailure> ofKnownException(Throwable cause) {
    if (cause instanceof TlsFileException || cause instanceof CertificateDateException) {
      return Optional.of(refused(cause.getMessage()));
    }
    if (cause instanceof UnknownHostException) {
      return Optional.of(network("no address for " + cause.getMessage() + ": no network, or DNS"));
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
