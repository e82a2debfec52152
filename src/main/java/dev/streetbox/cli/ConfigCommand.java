package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.config.ConfigText;
import dev.streetbox.doctor.ConfigWarnings;
import dev.streetbox.doctor.Finding;
import dev.streetbox.doctor.FoundParts;
import dev.streetbox.measure.JsonText;
import dev.streetbox.part.PrecisionWarnings;
import dev.streetbox.part.SharedBusWarnings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox config}: checks the configuration and shows the effective settings. */
@Command(
    description = "Check the configuration, show it, or find the parts for a first one.",
    synopsisSubcommandLabel = "(check | show | init)")
final class ConfigCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "check",
      description = "List every mistake with line and column; exit 2 if there is one.")
  int check(@Mixin ConfigOption option) throws ConfigException {
    ConfigFile config = option.read();
    int sensors = config.config().sensors().size();
    spec.commandLine()
        .getOut()
        .printf(
            "%s: no mistakes, %d %s%n",
            option.file(), sensors, sensors == 1 ? "sensor" : "sensors");
    for (Finding warning : ConfigWarnings.of(config.config())) {
      spec.commandLine().getErr().print(FindingText.warning("streetbox config check", warning));
      spec.commandLine().getErr().flush();
    }
    PrecisionWarnings.of(config.config().sensors())
        .forEach(warning -> warn(warning, "move the [[sensor]] of the better one before it"));
    SharedBusWarnings.of(config.config().sensors())
        .forEach(warning -> warn(warning, "type bus = \"i2c-3\" for it, or mode = \"normal\""));
    return ExitCode.DONE;
  }

  private void warn(String warning, String remedy) {
    spec.commandLine()
        .getErr()
        .print(
            FindingText.warning(
                "streetbox config check", Finding.warn("sensor", warning, "", remedy)));
    spec.commandLine().getErr().flush();
  }

  @Command(
      name = "show",
      description = "Print the effective settings as TOML; a user name is masked.")
  int show(
      @Mixin ConfigOption option,
      @Option(
              names = "--defaults",
              description = "Print every setting with its default and its purpose.")
          boolean defaults,
      @Option(names = "--json", description = "Print the effective settings as JSON.") boolean json)
      throws ConfigException {
    String text;
    if (defaults) {
      text = ConfigText.defaults();
    } else {
      ConfigFile config = option.read();
      Config settings = config.config();
      Map<String, String> remote = SetFromAfar.of(settings);
      text = json ? json(config, remote) : toml(config, remote);
    }
    spec.commandLine().getOut().print(text);
    return ExitCode.DONE;
  }

  @Command(
      name = "init",
      description = "Find the parts on the buses and print their [[sensor]] lines.",
      footer = {
        "",
        "Exit 1 if no part is found, 3 while the agent runs, because only one program may",
        "use a bus. Append the lines to the configuration, then: streetbox config check"
      })
  int init(@Mixin ConfigOption option) throws ConfigException, IOException {
    SystemTime time = new SystemTime();
    Config config = option.read().config();
    Optional<BusLease> buses = BusLease.take(config, time);
    if (buses.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf(
              "streetbox config init: the agent holds the buses, and only it may touch them.%n"
                  + "Try: sudo systemctl stop streetbox%n");
      return ExitCode.TAKEN;
    }
    try (PartsBench bench = new PartsBench(config, time, Optional.empty())) {
      FoundParts found = new FoundParts(bench, Path.of("/"), time);
      found.lines().forEach(spec.commandLine().getOut()::println);
      if (found.parts() == 0) {
        throw new IOException(
            "no part answers on an I2C bus or sends at a serial port."
                + " Try: sudo raspi-config nonint do_i2c 0");
      }
      return ExitCode.DONE;
    } finally {
      buses.get().close();
    }
  }

  /** Returns the settings, before them as comments what a command has changed. */
  private static String toml(ConfigFile config, Map<String, String> remote) {
    StringBuilder text = new StringBuilder();
    remote.forEach(
        (key, value) ->
            text.append("# by a command, until it is taken back or this file changes:\n# ")
                .append(key)
                .append(" = ")
                .append(value)
                .append("\n"));
    return text + ConfigText.toml(config);
  }

  /** Returns the settings, with what a command has changed as the member {@code set}. */
  private static String json(ConfigFile config, Map<String, String> remote) {
    String text = ConfigText.json(config);
    if (remote.isEmpty()) {
      return text;
    }
    String set =
        JsonText.object(
            json -> {
              for (Map.Entry<String, String> one : remote.entrySet()) {
                json.writeStringField(one.getKey(), one.getValue());
              }
            });
    return text.strip().replaceFirst("}$", ",\"set\":" + Matcher.quoteReplacement(set) + "}\n");
  }
}
