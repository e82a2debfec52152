package dev.streetbox.cli;

import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code streetbox calibrate}: what a reference teaches the box of its own parts. */
@Command(
    name = "calibrate",
    description = "Compare the box with a calibrator or a reference station.",
    subcommands = {CalibrateNoiseCommand.class, CollocateCommand.class},
    synopsisSubcommandLabel = "(noise | collocate)")
final class CalibrateCommand {
  /** Who types: the person behind sudo, if there is one. */
  static String typist() {
    return Optional.ofNullable(System.getenv("SUDO_USER")).orElse(System.getProperty("user.name"));
  }
}
