package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.mqtt.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the installed program with a temporary folder that another user has filled: with a library
 * of jSerialComm, a link to a folder of this user's, and a file that SQLite's driver would delete.
 */
class NativeLibrariesIT {
  private static final List<Path> FILES =
      List.of(
          Path.of("precious/folder/file"),
          Path.of("tmp/jSerialComm/2.11.4/libjSerialComm.so"),
          Path.of("tmp/sqlite-3.54.1.0-x-libsqlitejdbc.so"));

  @TempDir private Path dir;
  private Path config;

  @BeforeEach
  void prepare() throws IOException {
    for (Path file : FILES) {
      Files.createDirectories(dir.resolve(file).getParent());
      Files.writeString(dir.resolve(file), "no library");
    }
    Files.createSymbolicLink(dir.resolve("tmp/jSerialComm/link"), dir.resolve("precious"));
    config =
        Files.writeString(
            dir.resolve("streetbox.toml"),
            """
            box = { id = "sb-1", data_dir = "%1$s/data", run_dir = "%1$s/run" }
            gnss = { source = "sim" }
            sensor = [{ name = "pm", driver = "pms5003", port = "/dev/null" }]
            """
                .formatted(dir));
  }

  private ChildProcess start(String... words) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "STREETBOX_JAVA_OPTS=-Djava.io.tmpdir=" + dir.resolve("tmp"),
                Program.STREETBOX.executable()));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--config", config.toString()));
    return ChildProcess.start(dir, Program.ENV, arguments.toArray(String[]::new));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tmp = Files.walk(dir.resolve("tmp"));
        Stream<Path> precious = Files.walk(dir.resolve("precious"))) {
      return Stream.concat(precious, tmp)
          .filter(Files::isRegularFile)
          .map(dir::relativize)
          .sorted()
          .toList();
    }
  }

  @Test
  void aUartIsOpenedWithTheInstalledLibraryAndTheTemporaryFolderIsUntouched() throws IOException {
    try (ChildProcess read = start("read", "pm")) {
      assertEquals(1, read.await(60), read.errors()); // /dev/null is no UART
      assertTrue(read.errors().contains("/dev/null"), read.errors());
    }
    assertEquals(FILES, files());
  }

  @Test
  void theStoreIsReadWithTheInstalledLibraryAndTheTemporaryFolderIsUntouched() throws IOException {
    try (ChildProcess agent = start("run")) {
      Path status = dir.resolve("run/status.json");
      Eventually.holds("the agent runs", () -> Files.exists(status));
      assertEquals(0, agent.terminate(30), agent.errors());
    }
    try (ChildProcess stat = start("outbox", "stat")) {
      assertEquals(0, stat.await(60), stat.errors());
    }
    assertEquals(FILES, files());
  }
}
