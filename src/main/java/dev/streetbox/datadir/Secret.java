package dev.streetbox.datadir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the box knows and nobody else: 32 random bytes in file {@code secret} of the data folder,
 * made once, never sent. What is drawn from it looks random to everybody else and is the same
 * whenever the box draws it again. Immutable.
 */
public final class Secret {
  private static final String NAME = "secret";
  private static final int KEY_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}\n");
  private static final String MAC = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param key 32 bytes that nobody can guess
   */
  public Secret(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(key.length + " bytes are no key");
    }
    this.key = new SecretKeySpec(key, MAC);
  }

  /**
   * The secret of a data folder; made, and durable when this returns, if it has none. Called by
   * main under the {@link DataLock}.
   *
   * @throws IOException if it can be neither read nor made, or is damaged; a damaged one is left as
   *     it is, because a new one gives away what the old one hid
   */
  public static Secret of(Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      text = HexFormat.of().formatHex(bytes()) + "\n";
      PrivateFiles.folder(dataDir);
      PrivateFiles.replace(file, text);
    }
    if (!FORM.matcher(text).matches()) {
      throw new DamagedException(file + " is damaged. For a new one: sudo rm " + file);
    }
    return new Secret(HexFormat.of().parseHex(text.strip()));
  }

  /** One that nobody keeps. */
  public static Secret drawn() {
    return new Secret(bytes());
  }

  private static byte[] bytes() {
    byte[] drawn = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(drawn);
    return drawn;
  }

  /** 32 bytes that belong to a text: HMAC-SHA256 (RFC 2104). */
  public byte[] code(String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  /** A number that belongs to a text: from 0 to below 1, each as likely as any other. */
  public double share(String text) {
    return (ByteBuffer.wrap(code(text)).getLong() >>> 11) * 0x1.0p-53;
  }
}
