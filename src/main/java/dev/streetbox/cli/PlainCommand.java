package dev.streetbox.cli;

import dev.streetbox.config.BoxFolder;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs three commands without picocli: {@code run}, because its classes would take 2 MB for as long
 * as the agent runs, and {@code status} and {@code outbox stat}, because its start takes a third of
 * their CPU time. Picocli parses all arguments that this class does not know.
 */
record PlainCommand(Kind kind, Path config, boolean json) {
  private static final String CONFIG = "--config";
  private static final String JSON = "--json";

  /** Names the commands. */
  enum Kind {
    RUN,
    STATUS,
    STAT;

    List<String> words() {
      return switch (this) {
        case RUN -> List.of("run");
        case STATUS -> List.of("status");
        case STAT -> List.of("outbox", "stat");
      };
    }
  }

  /** Returns the name in messages. */
  String name() {
    return "streetbox " + String.join(" ", kind.words());
  }

  /**
   * Returns the command that arguments name: its words, then {@code --config FILE} and, unless it
   * is {@code run}, {@code --json}, once at most; empty for all others.
   */
  static Optional<PlainCommand> of(String... args) {
    List<String> words = Arrays.asList(args);
    for (Kind kind : Kind.values()) {
      int count = kind.words().size();
      if (words.size() >= count && words.subList(0, count).equals(kind.words())) {
        return of(kind, words.subList(count, words.size()));
      }
    }
    return Optional.empty();
  }

  private static Optional<PlainCommand> of(Kind kind, List<String> options) {
    Optional<Path> config = Optional.empty();
    boolean json = false;
    for (int i = 0; i < options.size(); i++) {
      boolean hasValue = i + 1 < options.size() && !options.get(i + 1).startsWith("-");
      if (options.get(i).equals(JSON) && !json && kind != Kind.RUN) {
        json = true;
      } else if (options.get(i).equals(CONFIG) && config.isEmpty() && hasValue) {
        i++;
        config = Optional.of(Path.of(options.get(i)));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new PlainCommand(kind, config.orElse(Path.of(ConfigOption.DEFAULT)), json));
  }

  /**
   * Runs the command.
   *
   * @param err takes the messages of the agent
   * @return the exit code
   * @throws ConfigException if the configuration cannot be read or has mistakes
   */
  int run(PrintWriter out, PrintWriter err) throws ConfigException, IOException {
    return switch (kind) {
      case RUN -> new AgentRun(err).run(config);
      case STATUS -> StatusCommand.print(read(BoxFolder.RUN), json, out);
      case STAT -> OutboxCommand.stat(read(BoxFolder.DATA), json, out);
    };
  }

  private Path read(BoxFolder folder) throws ConfigException {
    return ConfigFile.readFolder(config, Path.of("/"), folder);
  }
}
