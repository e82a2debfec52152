package dev.streetbox.cli;

import dev.streetbox.bus.SystemTime;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.LimitedFile;
import dev.streetbox.publish.RemoteSettings;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads which settings a command has changed, from the agent's state or from the data folder. */
final class SetFromAfar {
  private SetFromAfar() {}

  /** Returns the values by setting; empty if there is none, or this user may read neither. */
  static Map<String, String> of(Path runDir, Path dataDir) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      Optional<AgentState> running = AgentState.running(runDir, new SystemTime());
      if (running.isPresent()) {
        for (JsonTree one : JsonTree.parse(running.get().text()).children("set")) {
          values.put(one.text("key").orElse("?"), one.text("value").orElse("?"));
        }
        return values;
      }
      byte[] file = LimitedFile.read(dataDir.resolve("commands"));
      JsonTree settings =
          JsonTree.parse(new String(file, StandardCharsets.UTF_8)).child(RemoteSettings.SECTION);
      for (String key : settings.childNames()) {
        values.put(key, settings.child(key).text("value").orElse("?"));
      }
    } catch (IOException e) {
      return values; // Without a file that this user may read, nothing is known of a change.
    }
    return values;
  }
}
