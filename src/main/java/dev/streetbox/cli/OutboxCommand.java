package dev.streetbox.cli;

import dev.streetbox.agent.Config;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import dev.streetbox.config.BoxFolder;
import dev.streetbox.config.ConfigException;
import dev.streetbox.export.GeoJson;
import dev.streetbox.export.HtmlPage;
import dev.streetbox.export.OutboxExport;
import dev.streetbox.export.RowPrinter;
import dev.streetbox.measure.Quantity;
import dev.streetbox.outbox.Depth;
import dev.streetbox.outbox.StoreView;
import dev.streetbox.outbox.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs {@code streetbox outbox}: reads the store, beside a running agent or without one. */
@Command(
    description = "Show what waits to be sent, account for every row, or export the rows.",
    synopsisSubcommandLabel = "(stat | verify | export)")
final class OutboxCommand {
  private static final String JSON = "Print one JSON object.";
  private static final String STDOUT = "-";

  @Spec private CommandSpec spec;

  @Command(
      name = "stat",
      description = "Show how many rows are stored and how many are still to be sent.",
      footer = {
        "",
        "Acknowledgements are stored once a minute; streetbox status shows the running",
        "agent's. An open boot is running, or was cut off; then the next boot declares",
        "the lost rows."
      })
  int stat(@Mixin ConfigOption config, @Option(names = "--json", description = JSON) boolean json)
      throws IOException, ConfigException {
    return stat(dataDir(config), json, spec.commandLine().getOut());
  }

  /** Prints the depth of the store of a data folder; returns the exit code. */
  static int stat(Path dataDir, boolean json, PrintWriter out) throws IOException {
    Depth depth = StoreView.depth(dataDir);
    Instant now = new SystemTime().systemClock();
    out.print(json ? OutboxJson.of(dataDir, depth) : OutboxText.of(dataDir, depth, now));
    out.flush();
    return ExitCode.DONE;
  }

  @Command(
      name = "verify",
      description = "Check every byte and account for every row.",
      footer = {"", "Exit 1 if the store is corrupt or a row is unexplained."})
  int verify(@Mixin ConfigOption config, @Option(names = "--json", description = JSON) boolean json)
      throws IOException, ConfigException {
    Path dataDir = dataDir(config);
    Verification verification = StoreView.verify(dataDir);
    print(json ? OutboxJson.of(verification) : OutboxText.of(verification));
    if (!verification.isSound()) {
      throw new IOException(
          dataDir
              + " is not sound; a worn card is the likely cause. The agent declares missing rows"
              + " when they are due to be sent. Try: dmesg | tail");
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "export",
      description = "Write the stored rows with their times, the oldest boot first.",
      footer = {"", "A time T is 2026-11-23 or 2026-11-23T08:00:00Z, in UTC."})
  int export(
      @Mixin ConfigOption config,
      @Option(
              names = "--format",
              required = true,
              paramLabel = "csv|ndjson|geojson|html",
              description = "The format; html is one page for a browser.")
          String format,
      @Option(
              names = "--from",
              paramLabel = "T",
              defaultValue = "1970-01-01",
              description = "Write no row before this time.")
          Instant from,
      @Option(
              names = "--to",
              paramLabel = "T",
              defaultValue = "9999-12-31",
              description = "Write no row from this time on.")
          Instant to,
      @Option(
              names = "--quantity",
              paramLabel = "KEY",
              description = "html: the quantity that colours the track, such as laeq_db.")
          Optional<String> quantity,
      @Option(
              names = "-o",
              paramLabel = "FILE",
              defaultValue = STDOUT,
              description = "Write to this file, not to standard output.")
          Path file)
      throws IOException, ConfigException {
    RowWriter rowWriter = rowWriter(format, quantity);
    Config read = config.read().config();
    OutboxExport export = new OutboxExport(read.boxId(), from, to);
    try (StoreView view = StoreView.open(read.store().dataDir())) {
      if (file.equals(Path.of(STDOUT))) {
        write(rowWriter, export, view, spec.commandLine().getOut());
        return ExitCode.DONE;
      }
      try (PrintWriter out = PrivateOutput.replace(file)) {
        write(rowWriter, export, view, out);
        return ExitCode.DONE;
      } catch (FileSystemException e) {
        throw new IOException(
            file
                + " cannot be written: no permission, no such folder, a link, or a full disk."
                + " Try: streetbox outbox export --format "
                + format
                + " -o /tmp/FILE",
            e);
      }
    }
  }

  /** Writes the rows of an export in one format. */
  private interface RowWriter {
    void write(OutboxExport export, StoreView view, PrintWriter out) throws IOException;
  }

  private static void write(
      RowWriter rowWriter, OutboxExport export, StoreView view, PrintWriter out)
      throws IOException {
    rowWriter.write(export, view, out);
    OutboxExport.requireWritten(out);
  }

  private RowWriter rowWriter(String format, Optional<String> quantity) {
    if (quantity.isPresent() && !format.equals("html")) {
      throw usageError("--quantity is for --format html");
    }
    Optional<Quantity> choice = quantity.map(this::quantity);
    return switch (format) {
      case "csv" -> (export, view, out) -> export.print(view, RowPrinter.Format.csv, out);
      case "ndjson" -> (export, view, out) -> export.print(view, RowPrinter.Format.ndjson, out);
      case "geojson" -> GeoJson::write;
      case "html" -> (export, view, out) -> html(choice, export, view, out);
      default -> throw usageError("--format '" + format + "' is not csv, ndjson, geojson or html");
    };
  }

  private static void html(
      Optional<Quantity> choice, OutboxExport export, StoreView view, PrintWriter out)
      throws IOException {
    new HtmlPage(export, choice, HtmlPage.MAX_ROWS).write(view, out);
  }

  private Quantity quantity(String key) {
    return Quantity.of(key)
        .orElseThrow(
            () ->
                usageError("--quantity '" + key + "' is not a field of a row, such as pm25_ugm3"));
  }

  private ParameterException usageError(String text) {
    return new ParameterException(spec.subcommands().get("export"), text);
  }

  private static Path dataDir(ConfigOption config) throws ConfigException {
    return config.read(BoxFolder.DATA);
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
