package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads keys of the forms that openssl writes. */
class PemKeyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void aKeyInPkcs8OfEachAlgorithmIsRead(String algorithm)
      throws IOException, GeneralSecurityException {
    byte[] key =
        KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
    Path file = pem("PRIVATE KEY", Base64.getMimeEncoder().encodeToString(key));
    assertEquals("PKCS#8", PemKey.read(file).getFormat());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void anotherFormIsRefusedWithTheCommandThatConvertsIt(String form) throws IOException {
    Path file = pem(form, "AAAA");
    String message = assertThrows(TlsFileException.class, () -> PemKey.read(file)).getMessage();
    assertTrue(message.contains("Try: openssl pkcs8 -topk8 -nocrypt -in " + file), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAA", "not base64!", ""})
  void anInvalidKeyIsRefused(String body) throws IOException {
    Path file = pem("PRIVATE KEY", body);
    String message = assertThrows(TlsFileException.class, () -> PemKey.read(file)).getMessage();
    assertTrue(message.startsWith("[mqtt] client_key_file: " + file), message);
  }

  @Test
  void aFileWithoutAKeyIsRefused() throws IOException {
    Path file = folder.resolve("certificate.pem");
    Files.writeString(file, "-----BEGIN CERTIFICATE-----\n");
    assertThrows(TlsFileException.class, () -> PemKey.read(file));
    assertThrows(TlsFileException.class, () -> PemKey.read(folder.resolve("none")));
  }

  private Path pem(String form, String body) throws IOException {
    Path file = folder.resolve("key.pem");
    Files.writeString(
        file, "-----BEGIN " + form + "-----\n" + body + "\n-----END " + form + "-----\n");
    return file;
  }
}
