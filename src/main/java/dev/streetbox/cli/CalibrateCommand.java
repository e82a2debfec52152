package dev.streetbox.cli;

import picocli.CommandLine.Command;

/** {@code streetbox calibrate}: what a reference teaches the box of its own parts. */
@Command(
    name = "calibrate",
    description = "Compare the box with a calibrator or a reference station.",
    subcommands = {CalibrateNoiseCommand.class, CollocateCommand.class},
    synopsisSubcommandLabel = "(noise | collocate)")
final class CalibrateCommand {}
