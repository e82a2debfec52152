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

/** Runs {@code streetbox bundle}: writes a support archive, secrets removed. */
@Command(
    description = "Write a support archive without login, password, key or position.",
    footer = {
      "",
      "The archive contains versions, the configuration or its mistakes, the agent's",
      "state, the doctor's findings, the depth of the outbox and the journal. The",
      "command takes up to 30 s."
    })
final class BundleCommand implements Callable<Integer> {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'streetbox-'uuuuMMdd-HHmmss'.zip'").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Write to this file. Default: streetbox-DATE-TIME.zip in this folder.")
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

  /** Creates the archive before anything is collected, readable by its owner only. */
  private static OutputStream create(Path target) throws IOException {
    try {
      return PrivateOutput.create(target);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          target
              + " exists already and is not overwritten."
              + " Try: streetbox bundle -o OTHER.zip",
          e);
    } catch (FileSystemException e) {
      throw new IOException(
          target
              + " cannot be written: no permission, no such folder, or a full disk."
              + " Try: streetbox bundle -o /tmp/bundle.zip",
          e);
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
