package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.ConnectionFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Explains errors without a broker; TlsRefusalsIT has those of a real one. */
class TlsAlertTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
  private static final X509Certificate OWN =
      new FakeCertificate("CN=box", "CN=city", "SHA256withRSA", null, FROM, UNTIL);

  private final TlsAlert without = new TlsAlert(List.of(), at(FROM));

  private static KnownTime at(Instant utc) {
    return new KnownTime(utc, "gnss");
  }

  private static TlsAlert with(Instant now) {
    return new TlsAlert(List.of(OWN), at(now));
  }

  private static IOException alert(String name) {
    return new SSLException("Received fatal alert: " + name);
  }

  private static SSLException caused(Throwable cause) {
    return new SSLException("read failed", cause);
  }

  private static void assertFailure(IOException error, Kind kind, String words) {
    ConnectionFailure failure = ((BrokerException) error).failure();
    assertEquals(kind, failure.kind());
    assertTrue(failure.text().contains(words), failure.text());
  }

  @Test
  void anErrorThatTlsDoesNotExplainStaysAsItIs() {
    for (IOException error :
        List.of(
            new IOException("broken"),
            new SSLException("unknown"),
            new BrokerException(ConnectionFailure.refused("the login")))) {
      assertSame(error, without.explained(error));
    }
  }

  @Test
  void anAlertIsKnownInTheWordsOfNewerJavaVersions() {
    assertFailure(
        without.explained(new SSLException("(unknown_ca) Received fatal alert: unknown_ca")),
        Kind.REFUSED,
        "a client without a certificate (unknown_ca)");
  }

  @ParameterizedTest
  @CsvSource({
    "protocol_version, offers no TLS 1.3",
    "insufficient_security, offers no TLS 1.3",
    "handshake_failure, offers no TLS 1.3",
    "handshake_failure, set client_cert_file",
    "certificate_required, a client without a certificate (certificate_required): set client_cert",
    "access_denied, a client without a certificate (access_denied): set client_cert",
    "internal_error, the broker has ended the handshake (internal_error)"
  })
  void anAlertToAClientWithoutACertificateIsARefusal(String alert, String words) {
    assertFailure(without.explained(alert(alert)), Kind.REFUSED, words);
    assertFailure(without.inHandshake(alert(alert)), Kind.REFUSED, words);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-31T23:59:59Z, unknown_ca, CN=box is valid from 2026-01-01T00:00:00Z",
    "2025-12-31T23:59:59Z, unknown_ca, believes it is 2025-12-31T23:59:59Z (gnss): wait for GNSS",
    "2026-01-01T00:00:00Z, unknown_ca, was issued by CN=city",
    "2027-01-01T00:00:00Z, handshake_failure, the file holds 1 of the chain",
    "2027-01-01T00:00:01Z, unknown_ca, was valid until 2027-01-01T00:00:00Z",
    "2026-06-01T00:00:00Z, certificate_expired, check the clock of the broker",
    "2026-06-01T00:00:00Z, certificate_revoked, was revoked",
    "2026-06-01T00:00:00Z, bad_certificate, refuses client_cert_file (bad_certificate)"
  })
  void anAlertToAClientWithACertificateNamesWhatIsWrongWithIt(
      Instant now, String alert, String words) {
    assertFailure(with(now).explained(alert(alert)), Kind.REFUSED, words);
  }

  @Test
  void aPortWithoutTlsAndTooWeakKeysAreNamed() {
    assertFailure(
        without.inHandshake(new SSLException("Unsupported or unrecognized SSL message")),
        Kind.REFUSED,
        "the port answers without TLS");
    assertFailure(
        without.inHandshake(new SSLException("algorithm constraints check failed")),
        Kind.REFUSED,
        "too weak (algorithm constraints check failed)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Broken pipe", "Connection reset by peer"})
  void aConnectionThatIsResetAfterTheHandshakeIsAnEarlyReset(String message) {
    for (Throwable cause : List.of(new IOException(message), new SocketException("closed"))) {
      assertFailure(
          without.explained(caused(new IOException("read", cause))),
          Kind.EARLY_RESET,
          "has closed the connection after the TLS handshake");
    }
  }

  @Test
  void aConnectionThatIsClosedAfterTheHandshakeMayBeARefusalOfTheCertificate() {
    assertFailure(
        with(FROM).explained(caused(new EOFException())),
        Kind.EARLY_CLOSE,
        "after the TLS handshake: the broker refuses client_cert_file (without a reason)");
  }

  @Test
  void aConnectionThatEndsDuringTheHandshakeMayBeOneToAPortWithoutTls() {
    String words = "during the TLS handshake, or is it a port without TLS (mqtt://)?";
    assertFailure(without.inHandshake(new SocketException("reset")), Kind.EARLY_RESET, words);
    assertFailure(without.inHandshake(caused(new EOFException())), Kind.EARLY_CLOSE, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EARLY_CLOSE", "EARLY_RESET"})
  void anEndBeforeConnackMayBeARefusalOfTheCertificateToo(Kind kind) {
    BrokerException early = new BrokerException(new ConnectionFailure("closed", kind));
    assertFailure(
        without.explained(early),
        kind,
        "before it answered CONNECT, or is it a broker without MQTT 5?");
  }
}
