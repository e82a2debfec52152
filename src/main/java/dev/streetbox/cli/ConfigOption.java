package dev.streetbox.cli;

import dev.streetbox.config.BoxFolder;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Reads the option of every command that needs the configuration. */
final class ConfigOption {
  /** The configuration of an installed box. */
  static final String DEFAULT = "/etc/streetbox/streetbox.toml";

  private static final Path ROOT = Path.of("/");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = DEFAULT,
      description = "The configuration. Default: ${DEFAULT-VALUE}")
  private Path file = ROOT;

  /** Returns the configuration's file. */
  Path file() {
    return file;
  }

  /**
   * Reads the configuration.
   *
   * @throws ConfigException if the file cannot be read or has mistakes; holds every mistake
   */
  ConfigFile read() throws ConfigException {
    return ConfigFile.read(file, ROOT);
  }

  /**
   * Reads one folder of the configuration.
   *
   * @throws ConfigException as {@link ConfigFile#readFolder}
   */
  Path read(BoxFolder folder) throws ConfigException {
    return ConfigFile.readFolder(file, ROOT, folder);
  }
}
