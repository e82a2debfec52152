package dev.streetbox.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key from a PEM file, in the one form that Java reads: PKCS#8, not encrypted. */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END", Pattern.DOTALL);

  /** What a key may be, in the order in which it is tried: the file itself does not say. */
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PemKey() {}

  /**
   * Reads the first key of the file.
   *
   * @throws TlsFileException if there is none, or not in that form; it says how to convert it
   */
  static PrivateKey read(Path file) throws TlsFileException {
    Matcher block = BLOCK.matcher(text(file));
    if (!block.find()) {
      throw problem(file, "it holds no PEM private key (BEGIN PRIVATE KEY)");
    }
    String form = block.group(1);
    if (!form.equals("PRIVATE KEY")) {
      String remedy = "Try: openssl pkcs8 -topk8 -nocrypt -in %s -out %s.pk8".formatted(file, file);
      throw problem(file, "it is a '" + form + "', which Java does not read. " + remedy);
    }
    return decode(file, block.group(2));
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
      throw problem(file, "its base64 is damaged", e);
    }
    throw problem(file, "it is no EC, RSA or Ed25519 key, or it is damaged", last);
  }

  private static String text(Path file) throws TlsFileException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw problem(file, "it cannot be read (owner and mode?)", e);
    }
  }

  private static TlsFileException problem(Path file, String what) {
    return new TlsFileException(place(file) + what);
  }

  private static TlsFileException problem(Path file, String what, Throwable cause) {
    return new TlsFileException(place(file) + what, cause);
  }

  private static String place(Path file) {
    return "[mqtt] client_key_file: " + file + ": ";
  }
}
