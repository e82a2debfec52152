package dev.streetbox.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Checks what the command refuses before it connects. */
class Hj212CommandTest {
  private static final String NUMBER = "010000A8900016F000169DC0";
  private static final String AREA = "--area=40.0,116.3,40.1,116.4";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "platform",
        "platform:0",
        "platform:65536",
        "platform:x",
        ":9000",
        "a b:1",
        "a:1/"
      })
  void aPlatformIsAHostAndAPort(String platform) throws IOException {
    assertRefused("--platform is HOST:PORT", "--platform=" + platform, AREA);
  }

  @Test
  void anAddressOfVersionSixStandsInBrackets() throws IOException {
    // The next mistake is found, so that the address was accepted.
    assertRefused("--st takes two codes", "--platform=[::1]:9000", AREA, "--st=22");
    assertRefused("--platform is HOST:PORT", "--platform=::1:9000", AREA);
  }

  @Test
  void aStationNeedsAnAreaOrACellAndNotBoth() throws IOException {
    assertRefused("--area", "--platform=platform:9000");
    assertRefused("mutually exclusive", "--platform=platform:9000", AREA, "--cell=40.07,116.32,50");
  }

  @Test
  void eachMistakeIsNamed() throws IOException {
    assertRefused("(MN)", "--platform=platform:9000", AREA, "--mn=short");
    assertRefused("(ST)", "--platform=platform:9000", AREA, "--st=air,23");
    assertRefused("Mars/Base", "--platform=platform:9000", AREA, "--zone=Mars/Base");
    assertRefused("", "--platform=platform:9000", "--area=40.0,116.3");
  }

  private void assertRefused(String words, String... arguments) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "123456\n");
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.stream().noneMatch(one -> one.startsWith("--mn"))) {
      all.add("--mn=" + NUMBER);
    }
    all.add("--station-password-file=" + password);
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new Hj212Command()).setErr(new PrintWriter(err));
    command.registerConverter(Duration.class, text -> Duration.ofSeconds(90));
    assertEquals(2, command.execute(all.toArray(String[]::new)), err.toString());
    assertTrue(err.toString().contains(words), err.toString());
  }
}
