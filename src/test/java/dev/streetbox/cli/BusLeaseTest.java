package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.agent.Config;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.datadir.DataLock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusLeaseTest {
  @TempDir private Path folder;

  private final ScriptedTime time = new ScriptedTime();
  private Path data;
  private Config config;

  @BeforeEach
  void configure() throws IOException, ConfigException {
    data = folder.resolve("data");
    Path file = Boxes.simulated(folder, URI.create("mqtt://127.0.0.1:1"), "");
    config = ConfigFile.read(file, Path.of("/")).config();
  }

  private void writeState(long ageS) throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path state = Files.writeString(run.resolve("status.json"), "{}");
    Files.setLastModifiedTime(state, FileTime.from(time.systemClock().minusSeconds(ageS)));
  }

  @Test
  void whileTheLeaseIsOpenNoAgentCanStart() throws IOException {
    DataLock.take(data).orElseThrow().close();
    BusLease lease = BusLease.take(config, time).orElseThrow();
    assertEquals(Optional.empty(), DataLock.take(data));
    lease.close();
    DataLock agent = DataLock.take(data).orElseThrow();
    agent.close();
  }

  @Test
  void anAgentThatHoldsTheDataFolderKeepsTheBuses() throws IOException {
    DataLock agent = DataLock.take(data).orElseThrow();
    assertTrue(BusLease.take(config, time).isEmpty());
    agent.close();
    BusLease.take(config, time).orElseThrow().close();
  }

  @Test
  void aPresentStateIsARunningAgentEvenWhereTheDataFolderIsNotSeen() throws IOException {
    writeState(15);
    assertTrue(BusLease.take(config, time).isEmpty());
    writeState(16);
    BusLease.take(config, time).orElseThrow().close();
  }

  @Test
  void aLeaseWithoutADataFolderCreatesNone() throws IOException {
    BusLease.take(config, time).orElseThrow().close();
    assertTrue(Files.notExists(data));
  }
}
