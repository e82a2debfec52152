package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.bus.BoardTree;
import dev.streetbox.config.KnownDrivers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks which devices and files of a configuration are looked at. */
class AccessCheckTest {
  @TempDir private Path root;
  private BoardTree board;

  @BeforeEach
  void board() {
    board = new BoardTree(root);
  }

  private List<String> observations(String driver, String more) throws Exception {
    return new AccessCheck(KnownDrivers.wired(driver, more, root), board.kernelFiles(), "pi")
        .findings().stream().map(Finding::observation).toList();
  }

  private Path secret(String name, String mode) throws Exception {
    Path file = Files.writeString(root.resolve(name), "secret\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void twoPartsOnOneBusAreOneDeviceAndAPortIsNamedBesideIt() throws Exception {
    board.write("dev/i2c-1", "").write("dev/serial0", "");
    String more = "[[sensor]]\ndriver = \"sps30\"\n[[sensor]]\ndriver = \"pms5003\"\n";
    assertEquals(
        List.of("user pi may use /dev/i2c-1, /dev/serial0"),
        observations("sht4x", more + "port = \"/dev/serial0\"\n"));
  }

  @Test
  void aMissingDeviceIsLeftToTheCheckOfItsBus() throws Exception {
    board.write("dev/i2c-1", "");
    assertEquals(
        List.of("user pi may use /dev/i2c-1"),
        observations("sht4x", "[[sensor]]\ndriver = \"pms5003\"\nport = \"/dev/serial0\"\n"));
  }

  @Test
  void aPrivateKeyThatEveryUserMayReadIsAWarningBesideThePassword() throws Exception {
    Path password = secret("password", "rw----r--");
    Path key = secret("box.key", "rw-r--r--");
    Path certificate = secret("box.pem", "rw-r--r--");
    String more =
        "[mqtt]\nbroker = \"mqtts://b.test\"\npassword_file = \"%s\"\nclient_key_file = \"%s\"\n"
            .formatted(password, key);
    assertEquals(
        List.of(
            "user pi: no device of the configuration exists",
            password + " may be read by everybody",
            key + " may be read by everybody"),
        observations("sht4x", more + "client_cert_file = \"" + certificate + "\"\n"));
  }

  @Test
  void aMissingSecretIsLeftToTheCheckOfTheBroker() throws Exception {
    assertEquals(
        List.of("user pi: no device of the configuration exists"),
        observations("sht4x", "[mqtt]\npassword_file = \"" + root.resolve("none") + "\"\n"));
  }
}
