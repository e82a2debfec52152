package dev.streetbox.cli;

import picocli.CommandLine.Command;

/** Groups the commands that compare the box with a reference. */
@Command(
    description = "Compare the box with a calibrator or a reference station.",
    subcommands = {CalibrateNoiseCommand.class, CollocateCommand.class},
    synopsisSubcommandLabel = "(noise | collocate)")
final class CalibrateCommand {}
