package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.agent.ExitCode;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.MosquittoSub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Types commands beside a running agent: a real process, a real broker, simulated parts. */
class TechnicianIT {

  /**
   * Creates a folder that other users may enter, because this user's temporary folder may be
   * closed.
   */
  static final class OpenToAll implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "technician-");
      return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @TempDir(factory = OpenToAll.class)
  private static Path dir;

  private static Mosquitto broker;
  private static ChildProcess agent;
  private static String config;

  @BeforeAll
  static void start() throws IOException {
    broker = Mosquitto.started(Files.createDirectory(dir.resolve("broker")));
    config = Boxes.simulated(dir, broker.uri(), "").toString();
    agent = ChildProcess.start(dir, Program.STREETBOX, "run", "--config", config);
    Eventually.holds(
        "a box that measures and is online",
        () -> {
          String status = Typed.command("status", "--json", "--config", config).out();
          return status.contains("\"pm25_ugm3\"") && status.contains("\"state\":\"online\"");
        });
  }

  @AfterAll
  static void stop() {
    agent.close();
    broker.close();
  }

  private static Typed type(String... words) {
    return Typed.command(
        Stream.concat(Stream.of(words), Stream.of("--config", config)).toArray(String[]::new));
  }

  @Test
  void theDoctorJudgesTheAgentsState() {
    String told = type("doctor").out();
    assertTrue(told.contains("PASS  agent              runs: box sb-1, boot 1"), told);
    assertTrue(told.contains("PASS  sensor air         temperature "), told);
    assertTrue(told.contains("PASS  sensor pm          PM1 "), told);
    assertTrue(told.contains("PASS  broker             " + broker.uri() + ": online"), told);
    assertFalse(told.contains("bus sim"), told);
  }

  @Test
  void readingsAreTheAgentsAndBytesAreRefused() {
    Typed air = type("read", "air");
    assertTrue(
        air.err().matches("streetbox read: the agent's readings of \\S+ s ago\n"), air.err());
    assertTrue(air.out().matches("air  temperature \\S+ °C  humidity \\S+ %\n"), air.out());
    assertEquals(ExitCode.TAKEN, type("read", "air", "--raw").code());
  }

  @Test
  void aReportBecomesAnEventWithTheRowsBeforeIt() throws IOException {
    try (MosquittoSub events = new MosquittoSub(broker, "streetbox/v1/sb-1/event")) {
      Typed report = type("report", "glass on the", "cycle path");
      assertTrue(report.out().matches("reported as sb-1-1-\\d+\n"), report::toString);
      assertEquals(ExitCode.DONE, report.code());
      String event = events.next("\"kind\":\"report\"").payload();
      assertTrue(event.contains("\"text\":\"glass on the cycle path\""), event);
      assertTrue(event.contains("\"rows\":[{\"seq\":"), event);
    }
  }

  @Test
  void anArchiveHasTheAgentsStateWithoutItsPlace() throws IOException {
    Path file = dir.resolve("bundle.zip");
    assertEquals(ExitCode.DONE, type("bundle", "-o", file.toString()).code());
    assertTrue(Files.size(file) > 1_000);
  }

  @Test
  void aSecondAgentAndItsBusesAreRefused() {
    assertEquals(ExitCode.TAKEN, type("run").code());
  }

  /** Runs as a user outside and inside the agent's group; as this user if the test is not root. */
  @Test
  void everyUserReadsTheStateOnlyTheAgentsGroupReportsAndNobodyRunsASecondAgent()
      throws IOException {
    copy(Path.of("target/streetbox"), dir.resolve("streetbox"));
    String program = dir.resolve("streetbox/bin/streetbox").toString();
    boolean root = System.getProperty("user.name").equals("root");
    Program as = root ? Program.SETPRIV : Program.ENV;
    List<String> stranger =
        root ? List.of("--reuid=65534", "--regid=65534", "--clear-groups") : List.of();
    List<String> member =
        root ? List.of("--reuid=65534", "--regid=65534", "--groups=0") : List.of();
    assertEquals(0, run(as, stranger, program, "status"));
    assertEquals(0, run(as, stranger, program, "read"));
    assertEquals(root ? 1 : 0, run(as, stranger, program, "report", "ice"));
    assertEquals(0, run(as, member, program, "report", "ice"));
    assertEquals(ExitCode.TAKEN, run(as, stranger, program, "run"));
    assertEquals(ExitCode.TAKEN, run(as, member, program, "run"));
  }

  /** Is skipped in effect if the test is not root, because this user may use its own folder. */
  @Test
  void aFolderOfAnotherUserIsRefusedInWordsIfNoAgentRuns() throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      return;
    }
    Path program = dir.resolve("other/streetbox");
    Files.createDirectories(program.getParent());
    copy(Path.of("target/streetbox"), program);
    Path folder = Files.createDirectory(dir.resolve("roots"));
    Files.createFile(Files.createDirectory(folder.resolve("data")).resolve("lock"));
    Files.createDirectory(folder.resolve("run"));
    Path other =
        Files.writeString(
            folder.resolve("streetbox.toml"),
            "box = { id = \"sb-3\", data_dir = \"%1$s/data\", run_dir = \"%1$s/run\" }\n"
                .formatted(folder));
    try (ChildProcess agent =
        ChildProcess.start(
            dir,
            Program.SETPRIV,
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            program.resolve("bin/streetbox").toString(),
            "run",
            "--config",
            other.toString())) {
      assertEquals(ExitCode.EXTERNAL_ERROR, agent.await(60), agent.errors());
      assertTrue(agent.errors().contains(" may not use " + folder), agent.errors());
    }
  }

  /** Checks the limit of 30 s by its own limit on the process. */
  @Test
  void withEveryPartAndServiceBrokenTheDoctorEndsIn30Seconds() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("broken"));
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Path broken =
          Files.writeString(
              folder.resolve("streetbox.toml"),
              """
              [box]
              id = "sb-2"
              data_dir = "%1$s/data"
              run_dir = "%1$s/run"
              [[sensor]]
              driver = "sht4x"
              bus = "i2c-99"
              [[sensor]]
              driver = "pms5003"
              port = "%1$s/tty"
              [gnss]
              address = "127.0.0.1:%2$d"
              [mqtt]
              broker = "mqtt://127.0.0.1:%2$d"
              encoding = "json"
              """
                  .formatted(folder, silent.getLocalPort()));
      try (ChildProcess doctor =
          ChildProcess.start(folder, Program.STREETBOX, "doctor", "--config", broken.toString())) {
        assertEquals(1, doctor.await(30), doctor.errors());
        String told = String.join(" ", doctor.lines()).replaceAll("\\s+", " ");
        assertTrue(told.contains("FAIL bus i2c-99 /dev/i2c-99 is missing"), told);
        assertTrue(told.contains("FAIL sensor pms5003 "), told);
        assertTrue(told.contains("FAIL gnss no VERSION within 2 s"), told);
        assertTrue(told.contains("the broker does not answer the login"), told);
        assertEquals("", doctor.errors());
      }
    }
  }

  private static int run(Program as, List<String> options, String... words) throws IOException {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--config", config));
    try (ChildProcess process = ChildProcess.start(dir, as, arguments.toArray(String[]::new))) {
      return process.await(60);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.copy(file, target);
      }
    }
  }
}
