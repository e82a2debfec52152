package dev.streetbox.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaFaultTest {
  @Test
  void aRefusedLoginIsNamedWithWhatToCheck() {
    String words = KafkaFault.words(new SaslAuthenticationException("invalid credentials"));
    assertTrue(words.startsWith("Kafka refuses the login (invalid credentials): "), words);
    assertTrue(words.contains("sasl.jaas.config in the file of --kafka-config"), words);
  }

  @Test
  void anUntrustedCertificateIsNamedWithWhatToCheck() {
    Exception handshake = new Exception("unable to find valid certification path");
    String words =
        KafkaFault.words(new SslAuthenticationException("SSL handshake failed", handshake));
    assertTrue(words.contains("SSL handshake failed: unable to find valid"), words);
    assertTrue(words.contains("ssl.truststore.location"), words);
  }

  @Test
  void aDeniedTopicIsNamedWithWhatToDo() {
    String words = KafkaFault.words(new TopicAuthorizationException("not authorized: streets"));
    assertEquals("Kafka denies it (not authorized: streets): allow it by kafka-acls", words);
  }

  @Test
  void aFaultIsFollowedByItsCauseUnlessItHasTheSameWords() {
    assertEquals(
        "failed: the disk", KafkaFault.words(new KafkaException("failed", cause("the disk"))));
    assertEquals("failed", KafkaFault.words(new KafkaException("failed", cause("failed"))));
  }

  @Test
  void aFaultIsTheSameWhateverNumbersItHas() {
    assertEquals(
        KafkaFault.kind("Expiring 3 record(s) for streets-0"),
        KafkaFault.kind("Expiring 12 record(s) for streets-5"));
  }

  private static Exception cause(String words) {
    return new Exception(words);
  }
}
