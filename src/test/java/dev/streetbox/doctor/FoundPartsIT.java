package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.BoardTree;
import dev.streetbox.bus.Pty;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.KnownDrivers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listens at pseudo terminals at which another process sends as a part does. */
class FoundPartsIT {
  @TempDir private Path root;
  private int parts;

  @BeforeEach
  void makeDev() throws Exception {
    Files.createDirectory(root.resolve("dev"));
  }

  private Path device(String name) {
    return root.resolve("dev").resolve(name);
  }

  private Pty terminal(String name) throws Exception {
    return new Pty(device(name), false);
  }

  /** Sends to the program, each character as one byte. */
  private static void send(Pty part, String bytes) throws Exception {
    part.send(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private List<String> lines() throws Exception {
    SystemTime time = new SystemTime();
    try (PartsBench bench =
        new PartsBench(KnownDrivers.wired("sht4x", "", root), time, Optional.empty())) {
      FoundParts found = new FoundParts(bench, root, time);
      List<String> lines = found.lines();
      parts = found.parts();
      return lines;
    }
  }

  private List<String> sensor(String driver, Path port) {
    return List.of(
        "[[sensor]]",
        "name = \"" + driver + "\"",
        "driver = \"" + driver + "\"",
        "port = \"" + port + "\"");
  }

  @Test
  void aPartThatSendsIsASectionWithItsPort() throws Exception {
    try (Pty plantower = terminal("ttyUSB0")) {
      send(plantower, "\u0001BM\0\u001c\0\u0005");
      assertEquals(sensor("pms5003", device("ttyUSB0")), lines());
      assertEquals(1, parts);
    }
  }

  @Test
  void aCellHasALineForTheGasOnItsLabel() throws Exception {
    try (Pty cell = terminal("ttyACM0")) {
      send(cell, "\u00ff\u0086\0\u0007");
      List<String> lines = lines();
      assertEquals(sensor("ze03", device("ttyACM0")), lines.subList(0, 4));
      assertEquals("# gas = \"co\"  # the gas on its label", lines.get(4));
    }
  }

  @Test
  void aReceiverIsLeftToGpsdAndIsNoPart() throws Exception {
    try (Pty receiver = terminal("ttyACM0")) {
      send(receiver, "$GNRMC,1,A*00\r\n");
      assertEquals(
          List.of("# " + device("ttyACM0") + ": a GNSS receiver, which gpsd reads"), lines());
      assertEquals(0, parts);
    }
  }

  @Test
  void aConsoleThatSendsNoFrameIsAComment() throws Exception {
    try (Pty console = terminal("ttyUSB0")) {
      send(console, "login: ");
      assertEquals(
          List.of("# " + device("ttyUSB0") + ": no part sends by itself at 9600 baud"), lines());
    }
  }

  @Test
  void aPortThatALinkLeadsToIsOpenedOnceUnderTheLinksName() throws Exception {
    try (Pty plantower = terminal("ttyUSB0")) {
      send(plantower, "BM\0\u0014");
      Files.createSymbolicLink(device("serial0"), device("ttyUSB0"));
      assertEquals(sensor("pms5003", device("serial0")), lines());
    }
  }

  @Test
  void aPortThatIsNoTerminalIsACommentAndTheNextOneIsHeard() throws Exception {
    new BoardTree(root).write("dev/serial0", "no terminal");
    try (Pty dust = terminal("ttyUSB0")) {
      send(dust, "\u00aa\u00c0\u0001");
      List<String> lines = lines();
      assertTrue(lines.get(0).startsWith("# " + device("serial0") + ": "), lines.get(0));
      assertEquals(sensor("sds011", device("ttyUSB0")), lines.subList(1, lines.size()));
    }
  }

  @Test
  void portsOfOtherKindsAreNotOpened() throws Exception {
    try (Pty console = terminal("ttyS0")) {
      send(console, "BM\0\u001c");
      assertEquals(List.of(), lines());
    }
  }
}
