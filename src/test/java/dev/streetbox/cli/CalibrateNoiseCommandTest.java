package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.datadir.DataLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateNoiseCommandTest {
  private static final String MICROPHONE =
      "[[sensor]]\ndriver = \"microphone\"\nbus = \"sim\"\npart = \"ics43434\"\nname = ";

  @TempDir private Path folder;

  private Typed type(String sensors, String... words) throws IOException {
    String box = "[box]\nid = \"sb-0042\"\ndata_dir = \"" + folder.resolve("data") + "\"\n";
    Path config = Files.writeString(folder.resolve("streetbox.toml"), box + sensors);
    List<String> all = new ArrayList<>(List.of("calibrate", "noise"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", config.toString()));
    return Typed.command(all.toArray(String[]::new));
  }

  @Test
  void whileAnAgentHoldsTheBusesTheCommandIsRefused() throws IOException {
    DataLock agent = DataLock.take(folder.resolve("data")).orElseThrow();
    Typed refused = type(MICROPHONE + "\"noise\"\n");
    assertEquals(ExitCode.TAKEN, refused.code());
    assertTrue(refused.err().contains("unit streetbox.service"), refused.err());
    assertTrue(refused.err().contains("Try: sudo systemctl stop streetbox"), refused.err());
    agent.close();
  }

  @Test
  void aLevelThatNoCalibratorHasIsAUsageError() throws IOException {
    Typed typed = type(MICROPHONE + "\"noise\"\n", "--reference", "104");
    assertEquals(ExitCode.USAGE, typed.code());
    assertTrue(typed.err().contains("94 or 114 dB"), typed.err());
  }

  @Test
  void noMicrophoneOrSeveralMicrophonesAreAUsageError() throws IOException {
    Typed none = type("[[sensor]]\ndriver = \"dnms\"\n");
    assertEquals(ExitCode.USAGE, none.code());
    assertTrue(none.err().contains("no [[sensor]] of"), none.err());
    String two =
        MICROPHONE.replace("bus = \"sim\"", "device = \"hw:0,0\"")
            + "\"left\"\n"
            + MICROPHONE.replace("bus = \"sim\"", "device = \"hw:1,0\"")
            + "\"right\"\n";
    Typed several = type(two);
    assertEquals(ExitCode.USAGE, several.code());
    assertTrue(several.err().contains("; type one of left, right"), several.err());
  }
}
