package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.TimedTask;
import dev.streetbox.agent.Version;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.config.ConfigText;
import dev.streetbox.outbox.StoreView;
import dev.streetbox.screen.AgentState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the texts of a support archive by their names in the archive. A text that cannot be read
 * is replaced by the reason. Used by one thread.
 */
final class Bundle {
  private static final Duration JOURNAL_LIMIT = Duration.ofSeconds(5);

  private final ConfigOption option;
  private final Path root;
  private final SystemTime time;
  private final Map<String, String> texts = new LinkedHashMap<>();

  /**
   * Collects nothing yet.
   *
   * @param root the file system's root
   */
  Bundle(ConfigOption option, Path root, SystemTime time) {
    this.option = option;
    this.root = root;
    this.time = time;
  }

  /** Makes one text. */
  @FunctionalInterface
  private interface TextSource {
    String text() throws IOException;
  }

  /**
   * Collects every text and removes the secrets.
   *
   * @throws IOException if the wait for another program is interrupted
   */
  Map<String, String> collect() throws IOException {
    addText("versions.txt", this::versions);
    Redactor redactor;
    try {
      ConfigFile file = option.read();
      redactor = Redactor.of(file.config());
      addText("config.toml", () -> ConfigText.toml(file));
      addText("status.json", () -> AgentState.request(file.config().runDir(), time).textWithAge());
      addText("outbox.json", () -> outbox(file.config()));
    } catch (ConfigException e) {
      redactor = Redactor.ofUnparsed(option.file());
      addText("config-mistakes.txt", () -> String.join("\n", e.lines()) + "\n");
    }
    addText("doctor.txt", () -> FindingText.of(DoctorCommand.examine(option, root, time)));
    addText("journal.txt", this::journal);
    Redactor known = redactor;
    texts.replaceAll((name, text) -> known.redact(text));
    return texts;
  }

  private void addText(String name, TextSource source) {
    try {
      texts.put(name, source.text());
    } catch (IOException e) {
      texts.put(name, e.getMessage() + "\n");
    }
  }

  private String versions() {
    return """
    streetbox %s, built %s
    java %s (%s)
    %s %s %s
    %s
    """
        .formatted(
            Version.current().number(),
            Version.current().built(),
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"),
            fileText("etc/os-release"));
  }

  private String fileText(String relative) {
    try {
      return Files.readString(root.resolve(relative)).strip();
    } catch (IOException e) {
      return "there is no /" + relative;
    }
  }

  private static String outbox(Config config) throws IOException {
    Path dataDir = config.store().dataDir();
    return OutboxJson.of(dataDir, StoreView.depth(dataDir));
  }

  private String journal() throws IOException {
    Optional<String> lines = new TimedTask<>("journal", Bundle::journalctl).await(JOURNAL_LIMIT);
    return lines.orElse("journalctl did not answer in " + JOURNAL_LIMIT.toSeconds() + " s\n");
  }

  private static String journalctl() {
    try {
      Process process =
          new ProcessBuilder(
                  "journalctl",
                  "--unit=streetbox",
                  "--lines=2000",
                  "--no-pager",
                  "--output=short-iso")
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "the journal cannot be read: " + e.getMessage() + "\n";
    }
  }
}
