package dev.streetbox.backend;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.ShutdownBarrier;
import dev.streetbox.bridge.Bridge;
import dev.streetbox.bridge.BrokerMessages;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.cli.BrokerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox bridge}: moves the messages of boxes from the MQTT broker into Kafka. */
@Command(
    description = "Move what boxes send into Kafka; acknowledge after Kafka has it.",
    footer = {
      "",
      "The key of a record is the box; headers: topic, content-type, boot, first, last.",
      "Several at once share the messages if they have one --group and each its own",
      "--name. Create the topic before, with as many partitions as ingests at most.",
      "Runs until SIGTERM."
    })
final class BridgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private BrokerOptions broker;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Share the messages with the other bridges of this group.")
  private String group;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "bridge-1",
      description = "The fixed name of the session. Default: ${DEFAULT-VALUE}")
  private String name;

  private final Time time = new SystemTime();

  @Override
  public Integer call() throws IOException {
    if (!kafka.isGiven()) {
      throw new ParameterException(spec.commandLine(), "--kafka HOST:PORT is missing");
    }
    return ShutdownBarrier.guard(
        end -> {
          try (Bridge bridge = bridge()) {
            bridge.run(() -> end.await(Duration.ZERO));
          }
          return ExitCode.DONE;
        });
  }

  private Bridge bridge() throws IOException {
    try {
      return new Bridge(
          new BrokerMessages(
              broker.settings(), broker.topicRoot(), group, name, time, new SplittableRandom()),
          kafka.settings(),
          time);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
