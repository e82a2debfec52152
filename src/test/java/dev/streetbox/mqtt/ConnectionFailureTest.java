package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.mqtt.ConnectionFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;

/** Maps exceptions and reason codes to texts for a person. */
class ConnectionFailureTest {
  @Test
  void theFirstKnownCauseDecides() {
    MqttException wrapped = new MqttException(32_103, new UnknownHostException("broker.test"));
    assertFailure("no address for broker.test: no network, or DNS", Kind.NETWORK, wrapped);
  }

  @Test
  void aTimeoutARefusalOfTcpAndAnEndOfStreamAreErrorsOfTheNetwork() {
    assertFailure(
        "no answer: no network, or a firewall between",
        Kind.NETWORK,
        new SocketTimeoutException("no answer from /10.0.0.1:1883"));
    assertFailure("no connection: refused", Kind.NETWORK, new ConnectException("refused"));
    assertFailure(
        "the broker has closed the connection without a reason code",
        Kind.NETWORK,
        new EOFException());
  }

  @Test
  void anUnknownAuthorityNamesTheSetting() {
    SSLHandshakeException handshake = new SSLHandshakeException("PKIX path building failed");
    handshake.initCause(new CertPathBuilderException("unable to find valid certification path"));
    assertFailure(
        "the broker's certificate is of no known authority: ca_file?", Kind.REFUSED, handshake);
  }

  @Test
  void theDeepestCauseOfATlsErrorIsStated() {
    SSLHandshakeException handshake = new SSLHandshakeException("outer");
    handshake.initCause(new IllegalStateException("inner"));
    assertFailure("TLS failed: inner", Kind.REFUSED, handshake);
    SSLHandshakeException closed = new SSLHandshakeException("outer");
    closed.initCause(new EOFException());
    assertEquals(Kind.NETWORK, ConnectionFailure.of(closed).kind());
  }

  @Test
  void aFileThatCannotBeUsedIsARefusal() {
    IOException thrown = new IOException(new TlsFileException("[mqtt] ca_file: none"));
    assertFailure("[mqtt] ca_file: none", Kind.REFUSED, thrown);
  }

  @Test
  void aPacketOfTheBrokerThatEndsTheConnectionIsTheCause() {
    ConnectionFailure failure = ReasonCode.inDisconnect(0x8b, "");
    assertEquals(failure, ConnectionFailure.of(new MqttException(new BrokerException(failure))));
    assertEquals(Kind.NETWORK, ConnectionFailure.of(new MqttException(32_109)).kind());
  }

  @Test
  void aCodeAboutTheConnectionHasAKindThatBlamesNoMessage() {
    Set<Kind> blameless = Set.of(Kind.CONNECTION, Kind.BUSY, Kind.REFUSED);
    for (int code : new int[] {0x89, 0x8b, 0x8d, 0x8e, 0x96, 0x97, 0x98, 0x9c, 0x9d, 0x9f, 0xa0}) {
      Kind kind = ReasonCode.inDisconnect(code, "").kind();
      assertTrue(blameless.contains(kind), "0x%02x is %s".formatted(code, kind));
    }
    for (int code : new int[] {0x88, 0x89, 0x97, 0x9f}) {
      assertEquals(Kind.BUSY, ReasonCode.inDisconnect(code, "").kind());
    }
  }

  @Test
  void theReasonStringOfTheBrokerIsInTheText() {
    String text = ReasonCode.inDisconnect(0x8b, "back at 9").text();
    assertEquals("the broker is shutting down, 0x8b \"back at 9\"", text);
    assertTrue(ReasonCode.inDisconnect(0x8b, "").text().endsWith("0x8b"));
  }

  @Test
  void aReasonStringIsPrintableAndHasAHundredCharactersAtMost() {
    String text = ReasonCode.inDisconnect(0x89, "\u001b[2J" + "x".repeat(65_535)).text();
    assertEquals("the broker is busy, 0x89 \" [2J" + "x".repeat(95) + "…\"", text);
  }

  private static void assertFailure(String text, Kind kind, Throwable thrown) {
    assertEquals(new ConnectionFailure(text, kind), ConnectionFailure.of(thrown));
  }
}
