package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.bus.Time;
import dev.streetbox.command.CommandName;
import dev.streetbox.listen.CommandSender;
import dev.streetbox.measure.JsonText;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.PahoConnector;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox command}: sends one command to a box and prints the answer. */
@Command(
    description = "Send a box one command and print its answer; exit 1 if it is refused.",
    footer = {
      "",
      "CMD: ping, about, diag, identify [seconds=60], resend boot=B first=N last=N,",
      "set key=KEY value=VALUE, report-status id=ID status=STATUS. KEY is live_period,",
      "encoding, diag_period or backlog_rate; value=null returns to the box's file.",
      "STATUS is received, dispatched, done or rejected.",
      "",
      "A box that is off gets the command when it is back within an hour, and a",
      "report-status within 7 days. Send it once more with the same --id for the same",
      "answer: a box does no command twice."
    })
final class SendCommand implements Callable<Integer> {
  private static final Pattern BOX = Pattern.compile("[a-z0-9-]{3,32}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  /** The arguments that are always strings. */
  private static final Set<String> STRINGS = Set.of("id", "status", "key");

  private static final Duration EXPIRY = Duration.ofHours(1);
  private static final Duration REPORT_EXPIRY = Duration.ofDays(7);

  @Spec private CommandSpec spec;
  @Mixin private BrokerOptions broker;

  @Parameters(index = "0", paramLabel = "BOX", description = "The box's id.")
  private String box;

  @Parameters(index = "1", paramLabel = "CMD", description = "The command.")
  private String cmd;

  @Parameters(
      index = "2..*",
      paramLabel = "NAME=VALUE",
      arity = "0..*",
      description = "The command's arguments.")
  private List<String> pairs = List.of();

  @Option(
      names = "--id",
      paramLabel = "ID",
      defaultValue = "",
      description = "The command's id; random otherwise.")
  private String id;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "Wait for the answer so long. Default: ${DEFAULT-VALUE}")
  private Duration limit;

  @Option(names = "--json", description = "Print the answer as the box has sent it.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RandomGenerator random = new SecureRandom();
    check();
    String chosen = id.isEmpty() ? HexFormat.of().toHexDigits(random.nextLong()) : id;
    String topics = broker.topicRoot() + "/" + box + "/";
    CommandSender.Request request =
        new CommandSender.Request(
            topics + "cmd/" + cmd, topics + "ack", body(chosen), expiry().toSeconds());
    Time time = new SystemTime();
    try (CommandSender sender =
        new CommandSender(new PahoConnector(broker.settings(), time), time, random)) {
      CommandSender.Result result = sender.send(request, limit);
      return result.answer().isPresent() ? print(result.answer().get()) : absent(result, chosen);
    }
  }

  private Duration expiry() {
    return cmd.equals(CommandName.REPORT_STATUS.key()) ? REPORT_EXPIRY : EXPIRY;
  }

  private void check() {
    if (!BOX.matcher(box).matches()) {
      throw usageError("BOX is 3 to 32 of a-z, 0-9 and -");
    }
    if (CommandName.of(cmd).isEmpty()) {
      throw usageError(
          "CMD is one of "
              + Arrays.stream(CommandName.values())
                  .map(CommandName::key)
                  .collect(Collectors.joining(", ")));
    }
    if (!id.isEmpty() && !ID.matcher(id).matches()) {
      throw usageError("an id is 1 to 64 of A-Z, a-z, 0-9, _ and -");
    }
  }

  private String body(String chosen) {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw usageError("an argument is NAME=VALUE, not " + pair);
      }
      arguments.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return JsonText.object(
        out -> {
          out.writeStringField("id", chosen);
          out.writeStringField("cmd", cmd);
          out.writeObjectFieldStart("args");
          for (Map.Entry<String, String> argument : arguments.entrySet()) {
            String value = argument.getValue();
            out.writeFieldName(argument.getKey());
            if (STRINGS.contains(argument.getKey())) {
              out.writeString(value);
            } else if (NUMBER.matcher(value).matches()) {
              out.writeNumber(value);
            } else if (value.equals("null")) {
              out.writeNull();
            } else {
              out.writeString(value);
            }
          }
          out.writeEndObject();
        });
  }

  private int print(String answer) throws IOException {
    JsonTree tree = JsonTree.parse(answer);
    boolean isDone = tree.isTrue("ok");
    if (json) {
      spec.commandLine().getOut().println(answer);
    } else if (isDone) {
      spec.commandLine().getOut().printf("%s: %s done%n", box, cmd);
      tree.child("result")
          .scalars()
          .forEach((name, value) -> spec.commandLine().getOut().printf("%s %s%n", name, value));
      tree.child("result")
          .arrays()
          .forEach((name, value) -> spec.commandLine().getOut().printf("%s %s%n", name, value));
    } else {
      spec.commandLine()
          .getErr()
          .printf(
              "streetbox command: %s refuses %s: %s%n",
              box, cmd, tree.text("error").orElse("without a reason"));
    }
    return isDone ? ExitCode.DONE : ExitCode.EXTERNAL_ERROR;
  }

  private int absent(CommandSender.Result result, String chosen) {
    String reason =
        result.hasReceiver()
            ? "no answer yet: the command waits at the broker for the box, for %s.%nTry: the same with --id %s"
                .formatted(
                    expiry().equals(EXPIRY) ? "an hour" : expiry().toDays() + " days", chosen)
            : "nobody is subscribed to its commands, so the command is lost: the box has not been connected for 7 days, or has another id.%nTry: streetbox listen --only state"
                .formatted();
    spec.commandLine().getErr().printf("streetbox command: %s: %s%n", box, reason);
    return ExitCode.EXTERNAL_ERROR;
  }

  private ParameterException usageError(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
