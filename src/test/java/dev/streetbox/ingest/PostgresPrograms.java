package dev.streetbox.ingest;

import dev.streetbox.Program;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the newest server programs of Debian's PostgreSQL in a folder: as the user of the tests,
 * or as {@code postgres} if that is root, because PostgreSQL refuses to run as root.
 */
final class PostgresPrograms {
  /** The folder in which Debian keeps a folder for each version. */
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private static final String USER = "postgres";
  private static final boolean AS_ROOT = System.getProperty("user.name").equals("root");
  private static final long END_LIMIT_S = 60;

  private final Path folder;
  private final Path programs;

  /**
   * @param folder where the programs run and write their log
   */
  PostgresPrograms(Path folder) throws IOException {
    this.folder = folder;
    this.programs = newestVersion();
  }

  /** Makes a file or folder that of the user who runs the programs. */
  void give(Path file) throws IOException {
    if (AS_ROOT) {
      Files.setOwner(
          file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
  }

  /** Starts a program. */
  Process started(Program program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (AS_ROOT) {
      command.addAll(List.of("--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
    }
    command.add(programs.resolve(program.executable()).toString());
    command.addAll(arguments);
    return (AS_ROOT ? Program.SETPRIV : Program.ENV)
        .process(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** Waits for the end of a program and returns its exit code. */
  static int await(Process process) throws IOException {
    try {
      if (!process.waitFor(END_LIMIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("still running: " + process.info());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** Returns what the programs have written. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static Path newestVersion() throws IOException {
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve(Program.INITDB.executable())))
          .max(Comparator.comparing(PostgresPrograms::version))
          .orElseThrow();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "no PostgreSQL in " + VERSIONS + "; try: apt-get install postgresql", e);
    }
  }

  private static int version(Path bin) {
    return Integer.parseInt(bin.getParent().getFileName().toString());
  }
}
