package dev.streetbox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code streetbox status}: what the running agent says of itself. It touches no bus. */
@Command(name = "status", description = "The running agent's state; exit 1 if none runs.")
final class StatusCommand implements Callable<Integer> {
  /** The agent writes its state every second; a loaded card may make it late. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "The state as the agent wrote it: one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, ConfigException {
    Path file = config.read().config().runDir().resolve("status.json");
    try {
      Instant writtenAt = Files.getLastModifiedTime(file).toInstant();
      print(file, Files.readString(file));
      refuseOld(Duration.between(writtenAt, new SystemTime().systemClock()));
      return ExitCode.DONE;
    } catch (NoSuchFileException e) {
      throw new IOException(
          "no agent runs: there is no " + file + ". Try: sudo systemctl start streetbox", e);
    }
  }

  private void print(Path file, String written) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.print(json ? written : StatusText.of(JsonTree.parse(written)));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged. Try: sudo systemctl restart streetbox", e);
    }
  }

  private static void refuseOld(Duration age) throws IOException {
    if (age.compareTo(FRESH) > 0) {
      throw new IOException(
          "this is "
              + age.toSeconds()
              + " s old: the agent hangs or was killed. Try: sudo systemctl restart streetbox");
    }
  }
}
