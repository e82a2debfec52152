package dev.streetbox.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what the command refuses before it connects. */
@Timeout(120)
class Hj212CommandTest {
  private static final String NUMBER = "010000A8900016F000169DC0";
  private static final String AREA = "--area=40.0,116.3,40.1,116.4";

  @TempDir private Path folder;
  private String password = "123456";

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
    assertRefused("not 4 numbers", "--platform=platform:9000", "--area=40.0,116.3");
    assertRefused("session's name", "--platform=platform:9000", AREA, "--session=a b");
    assertRefused("topic root", "--platform=platform:9000", AREA, "--topic-root=streetbox/v1/");
  }

  @Test
  void aCellIsAPlaceOnTheMapAndASize() throws IOException {
    assertRefused("not 3 numbers", "--platform=platform:9000", "--cell=40.07,116.32");
    assertRefused("no number: east", "--platform=platform:9000", "--cell=40.07,east,50");
    assertRefused("no cell", "--platform=platform:9000", "--cell=40.07,116.32,0.5");
    assertRefused("no cell", "--platform=platform:9000", "--cell=116.32,40.07,50");
  }

  @Test
  void aPasswordThatWouldBreakAFrameIsRefusedAndNotShown() throws IOException {
    for (String wrong : List.of("12345", "12;4&6", "1234567", "")) {
      password = wrong;
      String err = assertRefused("has 6 letters or digits", "--platform=platform:9000", AREA);
      assertTrue(wrong.isEmpty() || !err.contains(wrong), err);
    }
  }

  @Test
  void theLongestWaitForAnAnswerHasLimits() throws IOException {
    String words = "--answer-within is more than 0 and at most an hour";
    for (String wrong : List.of("PT0S", "PT3601S", "P30D")) {
      assertRefused(words, "--platform=platform:9000", AREA, "--answer-within=" + wrong);
    }
  }

  /** Returns standard error. */
  private String assertRefused(String words, String... arguments) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), password + "\n");
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.stream().noneMatch(one -> one.startsWith("--mn"))) {
      all.add("--mn=" + NUMBER);
    }
    all.add("--delay=PT90S");
    if (all.stream().noneMatch(one -> one.startsWith("--answer-within"))) {
      all.add("--answer-within=PT10S");
    }
    all.add("--station-password-file=" + file);
    TypedBackend typed = TypedBackend.command(new Hj212Command(), all.toArray(String[]::new));
    assertEquals(2, typed.code(), typed.err());
    assertTrue(typed.err().contains(words), typed.err());
    return typed.err();
  }
}
