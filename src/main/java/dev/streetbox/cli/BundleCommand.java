package dev.streetbox.cli;

import dev.streetbox.agent.ExitCode;
import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code streetbox bundle}: a support archive, secrets removed. */
@Command(
    name = "bundle",
    description = "Write a support archive: no login, no password, no key, no place.",
    footer = {
      "",
      "In it: versions, the configuration or its mistakes, the agent's state, the",
      "doctor's findings, the depth of the outbox, the journal. It takes up to 30 s."
    })
final class BundleCommand implements Callable<Integer> {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'streetbox-'uuuuMMdd-HHmmss'.zip'").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Write there; default: streetbox-DATE-TIME.zip in this folder.")
  private Optional<Path> file = Optional.empty();

  @Override
  public Integer call() throws IOException {
    SystemTime time = new SystemTime();
    Path target = file.orElseGet(() -> Path.of(NAME.format(time.systemClock())));
    try (ZipOutputStream zip = new ZipOutputStream(create(target))) {
      write(zip, new Bundle(config, Path.of("/"), time).collect());
    }
    spec.commandLine().getOut().println(target);
    return ExitCode.DONE;
  }

  /** Before anything is collected, and for nobody else to read. */
  private static OutputStream create(Path target) throws IOException {
    try {
      return PrivateOutput.create(target);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(target + " is there already. Try: another -o FILE", e);
    } catch (FileSystemException e) {
      throw new IOException(target + " cannot be written. Try: -o /tmp/bundle.zip", e);
    }
  }

  private static void write(ZipOutputStream zip, Map<String, String> texts) throws IOException {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      zip.putNextEntry(new ZipEntry(text.getKey()));
      zip.write(text.getValue().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
  }
}
