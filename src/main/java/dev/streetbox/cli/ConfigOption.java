package dev.streetbox.cli;

import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of every command that needs the configuration. */
final class ConfigOption {
  private static final Path ROOT = Path.of("/");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "/etc/streetbox/streetbox.toml",
      description = "Default: ${DEFAULT-VALUE}")
  private Path file = ROOT;

  /** Where it is. */
  Path file() {
    return file;
  }

  /**
   * Reads it.
   *
   * @throws ConfigException if it cannot be read, or with every mistake in it
   */
  ConfigFile read() throws ConfigException {
    return ConfigFile.read(file, ROOT);
  }
}
