package dev.streetbox.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Why there is no connection, in words for a person.
 *
 * @param text what happened, with the likely cause and what to do
 * @param kind how soon it is worth trying again
 */
public record ConnectionFailure(String text, Kind kind) {
  /** How soon it is worth trying again. */
  public enum Kind {
    /** The radio or the broker's machine: it comes back by itself, any moment. */
    NETWORK,
    /** The same, found out by an answer that did not come: no message can be the reason. */
    SILENCE,
    /** Somebody said no: it will say no again until a person has changed something. */
    REFUSED,
    /** A packet was larger than the broker takes. */
    TOO_LARGE
  }

  /** A trouble of the network. */
  public static ConnectionFailure network(String text) {
    return new ConnectionFailure(text, Kind.NETWORK);
  }

  /** A trouble that a person has to end. */
  public static ConnectionFailure refused(String text) {
    return new ConnectionFailure(text, Kind.REFUSED);
  }

  /** The trouble that an exception of Paho's stands for. */
  static ConnectionFailure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<ConnectionFailure> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    if (thrown instanceof MqttException mqtt && isFromBroker(mqtt.getReasonCode())) {
      return ofCode(mqtt.getReasonCode(), "");
    }
    return network("the connection was lost: " + thrown.getMessage());
  }

  /**
   * The trouble that the reason code of a CONNACK or DISCONNECT stands for (MQTT 5, 2.4).
   *
   * @param said the broker's own words, or empty
   */
  static ConnectionFailure ofCode(int code, String said) {
    String words = said.isEmpty() ? "" : " (" + said + ")";
    String hex = "0x%02x".formatted(code) + words;
    return switch (code) {
      case 0x84 -> refused("the broker does not speak MQTT 5, " + hex);
      case 0x85 -> refused("the broker does not accept the box's id as client id, " + hex);
      case 0x86, 0x87 ->
          refused("the broker refuses the login, " + hex + ": check username, password_file, ACL");
      case 0x8a -> refused("the broker has banned this box, " + hex);
      case 0x8e ->
          refused("another client has taken the id over, " + hex + ": two boxes with one id?");
      case 0x95 ->
          new ConnectionFailure("a packet was too large for the broker, " + hex, Kind.TOO_LARGE);
      case 0x98, 0x9c, 0x9d -> refused("the broker's operator has sent the box away, " + hex);
      case 0x8b -> network("the broker is shutting down, " + hex);
      case 0x88, 0x89, 0x9f -> network("the broker is busy, " + hex);
      default -> network("the broker has closed the connection, " + hex);
    };
  }

  /** Paho's own codes begin at 32,000. */
  private static boolean isFromBroker(int code) {
    return code >= 0x80 && code <= 0xff;
  }

  private static Optional<ConnectionFailure> known(Throwable cause) {
    if (cause instanceof TlsFileException || cause instanceof CertificateDateException) {
      return Optional.of(refused(cause.getMessage()));
    }
    if (cause instanceof UnknownHostException) {
      return Optional.of(network("no address for " + cause.getMessage() + ": no network, or DNS"));
    }
    if (cause instanceof SSLException) {
      return tls(cause);
    }
    if (cause instanceof EOFException) {
      return Optional.of(network("the broker has closed the connection without a word"));
    }
    if (cause instanceof SocketTimeoutException
        || cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof SocketException) {
      return Optional.of(network(words((IOException) cause)));
    }
    return Optional.empty();
  }

  /** A certificate's own date or name says more than TLS: the deepest cause is looked at first. */
  private static Optional<ConnectionFailure> tls(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    if (deepest != thrown) {
      Optional<ConnectionFailure> deeper = known(deepest);
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

  private static String words(IOException e) {
    return e instanceof SocketTimeoutException
        ? "nobody answers: no network, or a firewall between"
        : "no connection: " + e.getMessage();
  }
}
