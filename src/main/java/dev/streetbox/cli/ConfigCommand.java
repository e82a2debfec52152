package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.config.ConfigException;
import dev.streetbox.config.ConfigFile;
import dev.streetbox.config.ConfigText;
import dev.streetbox.doctor.ConfigWarnings;
import dev.streetbox.doctor.Finding;
import dev.streetbox.part.PrecisionWarnings;
import dev.streetbox.part.SharedBusWarnings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox config}: checks the configuration and shows the effective settings. */
@Command(
    description = "Check the configuration, or show the effective settings.",
    synopsisSubcommandLabel = "(check | show)")
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
      text = json ? ConfigText.json(config) : ConfigText.toml(config);
    }
    spec.commandLine().getOut().print(text);
    return ExitCode.DONE;
  }
}
