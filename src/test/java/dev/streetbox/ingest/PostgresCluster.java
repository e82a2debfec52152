package dev.streetbox.ingest;

import dev.streetbox.Program;
import dev.streetbox.mqtt.Eventually;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Runs a PostgreSQL of Debian's package for the tests of one class: a cluster of its own in a
 * temporary folder, on a free port of the loopback interface, which nothing survives. The role
 * {@code ingest} has the rights that {@code deploy/backend/up} gives it.
 */
final class PostgresCluster implements AutoCloseable {
  private final Path folder;
  private final PostgresPrograms programs;
  private final int port;
  private final String password = UUID.randomUUID().toString();
  private final List<BoxTables> tables = new ArrayList<>();
  private Process server;

  private PostgresCluster(Path folder) throws IOException {
    this.folder = folder;
    this.programs = new PostgresPrograms(folder);
    this.port = Mosquitto.freePort();
  }

  /** Makes a cluster and returns once it accepts connections. */
  static PostgresCluster started() throws IOException, SQLException {
    PostgresCluster cluster = new PostgresCluster(Files.createTempDirectory("streetbox-postgres-"));
    try {
      cluster.make();
      cluster.start();
      try (Connection owner = cluster.connect("postgres");
          Statement sql = owner.createStatement()) {
        sql.execute("create role ingest login password '" + cluster.password + "'");
        sql.execute("grant create on database postgres to ingest");
      }
      return cluster;
    } catch (IOException | SQLException e) {
      cluster.close();
      throw e;
    }
  }

  /** Returns tables of their own for one test, which are closed with the cluster. */
  BoxTables tables(SimulatedMessages simulated) throws SQLException {
    tables.add(new BoxTables(this, "t" + tables.size(), simulated));
    return tables.get(tables.size() - 1);
  }

  /** Returns the address of a database of the cluster. */
  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Returns the password of every role. */
  String password() {
    return password;
  }

  /** Connects as a role. */
  Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(url("postgres"), role, password);
  }

  /** Starts the server and returns once it accepts connections. */
  void start() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-D", data()));
    for (String setting :
        List.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "shared_buffers=32MB",
            "deadlock_timeout=20ms")) {
      arguments.addAll(List.of("-c", setting));
    }
    server = programs.started(Program.POSTGRES, arguments);
    Eventually.holds("PostgreSQL", this::accepts);
  }

  /** Stops the server; its connections break. */
  void stop() throws IOException {
    PostgresPrograms.await(Program.SH.process("-c", "kill -INT " + server.pid()).start());
    PostgresPrograms.await(server);
  }

  @Override
  public void close() throws IOException {
    tables.forEach(BoxTables::close);
    if (server != null && server.isAlive()) {
      stop();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void make() throws IOException {
    Path secret = folder.resolve("password");
    Files.writeString(secret, password);
    programs.give(folder);
    programs.give(secret);
    Process made =
        programs.started(
            Program.INITDB,
            List.of(
                "--pgdata=" + data(),
                "--username=postgres",
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync"));
    if (PostgresPrograms.await(made) != 0) {
      throw new IOException("initdb failed: " + programs.log());
    }
  }

  private boolean accepts() throws IOException {
    if (!server.isAlive()) {
      throw new IOException("PostgreSQL has ended: " + programs.log());
    }
    try (Connection connection = connect("postgres")) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }
}
