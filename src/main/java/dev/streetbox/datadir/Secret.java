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
 * Derives values that only this box can compute, from 32 random bytes in file {@code secret} of the
 * data folder. The bytes are made once and never sent. A derived value looks random to others and
 * is the same each time the box derives it. Immutable.
 */
public final class Secret {
  private static final String NAME = "secret";
  private static final int KEY_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}\n");
  private static final String MAC = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param key 32 random bytes
   */
  public Secret(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(key.length + " bytes are no key");
    }
    this.key = new SecretKeySpec(key, MAC);
  }

  /**
   * Reads the secret of a data folder; if there is none, makes one, which is durable when this
   * returns. Called by the main thread under the {@link DataLock}.
   *
   * @throws IOException if the secret can be neither read nor made, or is damaged; a damaged one is
   *     left unchanged, because rows under a new one would reveal what the old one hid
   */
  public static Secret of(Path dataDir) throws IOException {
    try {
      return existing(dataDir);
    } catch (NoSuchFileException e) {
      byte[] key = bytes();
      PrivateFiles.folder(dataDir);
      PrivateFiles.replace(dataDir.resolve(NAME), HexFormat.of().formatHex(key) + "\n");
      return new Secret(key);
    }
  }

  /**
   * Reads the secret of a data folder and makes none.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException if it cannot be read, or is damaged
   */
  public static Secret existing(Path dataDir) throws IOException {
    Path file = dataDir.resolve(NAME);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    if (!FORM.matcher(text).matches()) {
      throw new DamagedException(file + " is damaged. For a new one: sudo rm " + file);
    }
    return new Secret(HexFormat.of().parseHex(text.strip()));
  }

  /** Returns a random secret that is not stored. */
  public static Secret drawn() {
    return new Secret(bytes());
  }

  private static byte[] bytes() {
    byte[] drawn = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(drawn);
    return drawn;
  }

  /** Returns the HMAC-SHA256 (RFC 2104) of a text: 32 bytes. */
  public byte[] code(String text) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  /** Returns a number derived from a text, uniform from 0 to below 1. */
  public double share(String text) {
    return (ByteBuffer.wrap(code(text)).getLong() >>> 11) * 0x1.0p-53;
  }
}
