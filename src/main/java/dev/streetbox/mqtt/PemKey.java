package dev.streetbox.mqtt;

import dev.streetbox.measure.LimitedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key from a PEM file in the one form that Java reads: PKCS#8, not encrypted. */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END", Pattern.DOTALL);

  /** The algorithms of keys, in the order in which they are tried. */
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PemKey() {}

  /**
   * Reads the first key of the file.
   *
   * @throws TlsFileException if the file holds no key in that form; the message has the command
   *     that converts another form
   */
  static PrivateKey read(Path file) throws TlsFileException {
    Matcher block = BLOCK.matcher(text(file));
    if (!block.find()) {
      throw error(file, "it holds no PEM private key (BEGIN PRIVATE KEY)");
    }
    String form = block.group(1);
    if (!form.equals("PRIVATE KEY")) {
      String remedy = "Try: openssl pkcs8 -topk8 -nocrypt -in %s -out %s.pk8".formatted(file, file);
      throw error(file, "it is a '" + form + "', which Java does not read. " + remedy);
    }
    return decode(file, block.group(2));
  }

  /**
   * Returns whether a private and a public key belong together, by a signature.
   *
   * @throws GeneralSecurityException if the keys are of an algorithm that cannot sign
   */
  static boolean isPair(PrivateKey key, PublicKey other) throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    byte[] text = {1};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    try {
      signature.initVerify(other);
      signature.update(text);
      return signature.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      return false; // The public key is of another algorithm or size.
    }
  }

  private static PrivateKey decode(Path file, String base64) throws TlsFileException {
    GeneralSecurityException last = new GeneralSecurityException("no algorithm");
    try {
      PKCS8EncodedKeySpec spec =
          new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64.strip()));
      for (String algorithm : ALGORITHMS) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (GeneralSecurityException e) {
          last = e;
        }
      }
    } catch (IllegalArgumentException e) {
      throw error(file, "its base64 is invalid", e);
    }
    throw error(file, "it is no valid EC, RSA or Ed25519 key", last);
  }

  private static String text(Path file) throws TlsFileException {
    try {
      return new String(LimitedFile.read(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw error(file, "it cannot be read: " + LimitedFile.reason(file, e), e);
    }
  }

  private static TlsFileException error(Path file, String reason) {
    return new TlsFileException(place(file) + reason);
  }

  private static TlsFileException error(Path file, String reason, Throwable cause) {
    return new TlsFileException(place(file) + reason, cause);
  }

  private static String place(Path file) {
    return "[mqtt] client_key_file: " + file + ": ";
  }
}
