package dev.streetbox.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * States in words why TLS ended, with the client's own certificate as the likely cause of an alert.
 *
 * @param own the client's certificate chain; empty if it has none
 * @param now the time by which the client's certificate is judged
 */
record TlsAlert(List<X509Certificate> own, KnownTime now) {
  private static final String ALERT = "Received fatal alert: ";

  /** Returns an error with its cause in words, or the error itself if it has none of TLS. */
  IOException explained(IOException error) {
    String message = String.valueOf(error.getMessage());
    if (error instanceof BrokerException early && isEarly(early.failure().kind())) {
      return closed(
          early.failure().kind(),
          "before it answered CONNECT",
          ", or is it a broker without MQTT 5?");
    }
    if (!(error instanceof SSLException)) {
      return error;
    }
    int alert = message.indexOf(ALERT); // JDK 21 and later put the alert's name before it as well
    if (alert >= 0) {
      return refused(ofAlert(message.substring(alert + ALERT.length())));
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return refused(
          "the port answers without TLS: write mqtt:// in [mqtt] broker, correct the port, or log"
              + " in at the captive portal of this network");
    }
    if (message.contains("constraints")) {
      return refused(
          "TLS: keys or signatures of the broker are too weak (%s): it needs RSA of 2048 bits or EC P-256, and SHA-256"
              .formatted(message));
    }
    if (isClosed(error)) {
      return closed(kindOf(error), "after the TLS handshake", "");
    }
    return error;
  }

  private static boolean isEarly(ConnectionFailure.Kind kind) {
    return kind == ConnectionFailure.Kind.EARLY_CLOSE || kind == ConnectionFailure.Kind.EARLY_RESET;
  }

  /** Returns whether the peer closed in order, or the connection was reset. */
  private static ConnectionFailure.Kind kindOf(Throwable error) {
    Throwable cause = error;
    while (cause != null && !(cause instanceof EOFException)) {
      cause = cause.getCause();
    }
    return cause == null ? ConnectionFailure.Kind.EARLY_RESET : ConnectionFailure.Kind.EARLY_CLOSE;
  }

  /** Returns whether the peer has closed; the socket's channel throws a plain exception at that. */
  private static boolean isClosed(Throwable error) {
    Throwable cause = error;
    while (cause != null
        && !(cause instanceof EOFException
            || cause instanceof SocketException
            || "Broken pipe".equals(cause.getMessage())
            || "Connection reset by peer".equals(cause.getMessage()))) {
      cause = cause.getCause();
    }
    return cause != null;
  }

  /** Returns an error of the handshake with its cause in words. */
  IOException inHandshake(IOException error) {
    return error instanceof SocketException || isClosed(error)
        ? closed(
            kindOf(error), "during the TLS handshake", ", or is it a port without TLS (mqtt://)?")
        : explained(error);
  }

  /** Returns the error of a close without an alert, which may be lost on its way. */
  private BrokerException closed(ConnectionFailure.Kind kind, String moment, String otherwise) {
    String text =
        "the broker has closed the connection "
            + moment
            + (own.isEmpty() ? "" : ": " + ofOwn("without a reason"))
            + otherwise;
    return new BrokerException(new ConnectionFailure(text, kind));
  }

  private String ofAlert(String alert) {
    return switch (alert) {
      case "protocol_version", "insufficient_security" -> tooWeak(alert);
      case "handshake_failure" ->
          own.isEmpty() ? tooWeak(alert) + certificateMissing() : ofOwn(alert);
      case "certificate_required",
          "bad_certificate",
          "certificate_expired",
          "certificate_unknown",
          "unsupported_certificate",
          "certificate_revoked",
          "unknown_ca",
          "access_denied" ->
          own.isEmpty()
              ? "TLS: the broker refuses a client without a certificate ("
                  + alert
                  + ")"
                  + certificateMissing()
              : ofOwn(alert);
      default -> "TLS: the broker has ended the handshake (" + alert + ")";
    };
  }

  private static String tooWeak(String alert) {
    return "TLS: the broker offers no TLS 1.3, and no TLS 1.2 with ECDHE or DHE (" + alert + ")";
  }

  private static String certificateMissing() {
    return ": set client_cert_file and client_key_file if the broker asks for a certificate";
  }

  private String ofOwn(String alert) {
    X509Certificate first = own.get(0);
    String name =
        "the broker refuses client_cert_file (%s): the certificate of %s"
            .formatted(alert, first.getSubjectX500Principal().getName());
    Instant from = first.getNotBefore().toInstant();
    Instant until = first.getNotAfter().toInstant();
    String belief = ", this box believes it is %s (%s)".formatted(now.utc(), now.source());
    if (now.utc().isBefore(from)) {
      return name + " is valid from " + from + belief + ": wait for GNSS or set the clock";
    }
    if (now.utc().isAfter(until)) {
      return name + " was valid until " + until + belief + ": renew it with deploy/provision";
    }
    return switch (alert) {
      case "certificate_expired" ->
          name + " is valid until " + until + ": check the clock of the broker";
      case "certificate_revoked" -> name + " was revoked: renew it with deploy/provision";
      default ->
          name
              + " was issued by %s, and the file holds %d of the chain: append the intermediate certificate to the file, or add the authority to the broker's cafile"
                  .formatted(
                      own.get(own.size() - 1).getIssuerX500Principal().getName(), own.size());
    };
  }

  private static BrokerException refused(String text) {
    return new BrokerException(ConnectionFailure.refused(text));
  }
}
