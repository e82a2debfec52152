package dev.streetbox.datadir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  @TempDir Path dir;

  @Test
  void itIsMadeOnceForTheBoxsOwnUser() throws IOException {
    Path data = dir.resolve("data");
    byte[] first = Secret.of(data).code("home");
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secret"))));
    assertArrayEquals(first, Secret.of(data).code("home"));
    assertNotEquals(
        HexFormat.of().formatHex(first),
        HexFormat.of().formatHex(Secret.of(dir.resolve("other")).code("home")));
  }

  @Test
  void itsCodesAreHmacSha256() {
    // RFC 4231, test case 2, has a key of 4 bytes; HMAC fills keys up with zeros (RFC 2104).
    byte[] key = Arrays.copyOf(new byte[] {'J', 'e', 'f', 'e'}, 32);
    assertEquals(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        HexFormat.of().formatHex(new Secret(key).code("what do ya want for nothing?")));
  }

  @Test
  void itsSharesAreSpreadEvenly() {
    Secret secret = new Secret(new byte[32]);
    double[] shares = IntStream.range(0, 10_000).mapToDouble(i -> secret.share("" + i)).toArray();
    assertTrue(Arrays.stream(shares).allMatch(share -> share >= 0 && share < 1));
    assertEquals(0.5, Arrays.stream(shares).average().orElseThrow(), 0.02);
    assertEquals(
        0.25, Arrays.stream(shares).filter(share -> share < 0.25).count() / 10_000.0, 0.02);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00ff\n",
        "zz",
        "\u0000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000FF\n",
        "000000000000000000000000000000000000000000000000000000000000000000\n",
        "0000000000000000000000000000000000000000000000000000000000000000\n\n"
      })
  void aDamagedOneIsRefusedAndLeftAsItIs(String content) throws IOException {
    Path file = Files.writeString(dir.resolve("secret"), content);
    IOException refused = assertThrows(IOException.class, () -> Secret.of(dir));
    assertTrue(refused.getMessage().contains("sudo rm " + file), refused.getMessage());
    assertEquals(content, Files.readString(file));
  }

  @Test
  void oneThatCannotBeMadeIsAnError() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThrows(IOException.class, () -> Secret.of(file.resolve("data")));
  }

  @Test
  void theFileHoldsTheKeyInHex() throws IOException {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (7 * i);
    }
    Files.writeString(dir.resolve("secret"), HexFormat.of().formatHex(key) + "\n");
    assertArrayEquals(new Secret(key).code("zone"), Secret.of(dir).code("zone"));
  }

  @Test
  void aKeyOfAnotherLengthIsABug() {
    assertThrows(IllegalArgumentException.class, () -> new Secret(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> new Secret(new byte[33]));
    assertThrows(IllegalArgumentException.class, () -> new Secret(new byte[0]));
  }

  @Test
  void eachDrawnOneIsAnother() {
    assertNotEquals(
        HexFormat.of().formatHex(Secret.drawn().code("zone")),
        HexFormat.of().formatHex(Secret.drawn().code("zone")));
  }

  @Test
  void anotherTextOrAnotherKeyGivesAnotherShare() {
    Secret secret = new Secret(new byte[32]);
    byte[] other = new byte[32];
    other[31] = 1;
    assertEquals(secret.share("a"), new Secret(new byte[32]).share("a"));
    assertNotEquals(secret.share("a"), secret.share("b"));
    assertNotEquals(secret.share("a"), new Secret(other).share("a"));
  }

  /** The first 53 bits of the code, as a fraction: nothing is lost in a double. */
  @Test
  void aShareIsTheBeginningOfTheCode() {
    Secret secret = new Secret(new byte[32]);
    for (int i = 0; i < 100; i++) {
      byte[] code = secret.code("text " + i);
      double expected = 0;
      for (int bit = 0; bit < 53; bit++) {
        expected += (code[bit / 8] >> (7 - bit % 8) & 1) * Math.pow(0.5, bit + 1);
      }
      assertEquals(expected, secret.share("text " + i), 0, "text " + i);
    }
  }
}
