package dev.streetbox.backend;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bridge.BrokerMessages;
import dev.streetbox.bridge.KafkaMessages;
import dev.streetbox.bridge.MessageSource;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.cli.BrokerOptions;
import dev.streetbox.ingest.Ingest;
import dev.streetbox.ingest.IngestSettings;
import dev.streetbox.ingest.SimulatedMessages;
import dev.streetbox.measure.LimitedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox ingest}: stores the messages of boxes in PostgreSQL. */
@Command(
    description = "Store what boxes send in PostgreSQL; acknowledge after the commit.",
    footer = {
      "",
      "Several at once share the messages if they have one --group and each its own",
      "--name. The broker keeps the share of a member that is away for seven days,",
      "so start it again, with its name. Runs until SIGTERM.",
      "",
      "With --kafka it reads what streetbox bridge has written, as a member of the",
      "consumer group --group (default: ingest). If --broker is given too, it asks",
      "boxes there for what the database lacks; one ingest that does is enough."
    })
final class IngestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private BrokerOptions broker;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--database",
      paramLabel = "URL",
      required = true,
      description = "jdbc:postgresql://HOST:PORT/NAME")
  private String database;

  @Option(
      names = "--database-user",
      paramLabel = "ROLE",
      defaultValue = "",
      description = "The role at the database.")
  private String user;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the role's password.")
  private Path passwordFile;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      defaultValue = "streetbox",
      description = "The schema of the tables. Default: ${DEFAULT-VALUE}")
  private String schema;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Share the messages with the other ingests of this group.")
  private String group;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "ingest-1",
      description = "The fixed name of the session. Default: ${DEFAULT-VALUE}")
  private String name;

  @Option(
      names = "--simulated",
      paramLabel = "refuse|store|only",
      defaultValue = "refuse",
      description = "What to do with simulated rows. Default: ${DEFAULT-VALUE}")
  private SimulatedMessages simulated;

  private final Time time = new SystemTime();

  @Override
  public Integer call() throws IOException {
    return ShutdownBarrier.guard(
        end -> {
          try (Ingest ingest = ingest()) {
            ingest.run(() -> end.await(Duration.ZERO));
          }
          return ExitCode.DONE;
        });
  }

  private Ingest ingest() throws IOException {
    try {
      IngestSettings settings =
          new IngestSettings(
              database, user, password(), schema, broker.topicRoot(), name, simulated);
      return new Ingest(settings, kafka.isGiven() ? fromKafka() : fromBroker(), time);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private MessageSource fromBroker() {
    return new BrokerMessages(
        broker.settings(), broker.topicRoot(), group, name, time, new SplittableRandom());
  }

  private MessageSource fromKafka() throws IOException {
    boolean hasBroker = spec.commandLine().getParseResult().hasMatchedOption("--broker");
    return new KafkaMessages(
        kafka.settings(),
        group.isEmpty() ? "ingest" : group,
        name,
        hasBroker ? Optional.of(broker.settings()) : Optional.empty(),
        broker.topicRoot(),
        time,
        new SplittableRandom());
  }

  private String password() throws IOException {
    return passwordFile == null
        ? ""
        : LimitedFile.firstLine("--database-password-file", passwordFile);
  }
}
