package dev.streetbox.backend;

import dev.streetbox.cli.Streetbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the commands of the backend's distribution. */
public final class BackendProgram {
  private BackendProgram() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String... args) {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("bridge", BridgeCommand.class);
    commands.put("ingest", IngestCommand.class);
    commands.put("hj212", Hj212Command.class);
    Streetbox.run(commands, args);
  }
}
