package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.LimitedFile;
import dev.streetbox.publish.RemoteSettings;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads which settings a command has changed, from the agent's state or from the data folder. */
final class SetFromAfar {
  private SetFromAfar() {}

  /** Returns the values by setting; empty if there is none, or this user may read neither. */
  static Map<String, String> of(Config config) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      Optional<AgentState> running = AgentState.running(config.runDir(), new SystemTime());
      if (running.isPresent()) {
        for (JsonTree one : JsonTree.parse(running.get().text()).children("set")) {
          values.put(one.text("key").orElse("?"), one.text("value").orElse("?"));
        }
        return values;
      }
      byte[] file = LimitedFile.read(config.store().dataDir().resolve("commands"));
      // A value that the file of settings has replaced since is passed over, as the agent will.
      RemoteSettings remote = new RemoteSettings(config.mqtt());
      remote.restore(
          JsonTree.parse(new String(file, StandardCharsets.UTF_8)).child(RemoteSettings.SECTION));
      remote.changed().forEach(one -> values.put(one.key(), one.value()));
    } catch (IOException e) {
      return values; // Without a file that this user may read, nothing is known of a change.
    }
    return values;
  }
}
