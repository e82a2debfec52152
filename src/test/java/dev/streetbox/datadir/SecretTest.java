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
  @ValueSource(strings = {"", "00ff\n", "zz", "\u0000"})
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
}
