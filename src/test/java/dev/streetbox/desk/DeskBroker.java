package dev.streetbox.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.mqtt.Mosquitto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Runs a Mosquitto that serves the desk with the listener and the ACL of deploy/backend. Users are
 * {@code desk}, {@code map}, and {@code box}, which may do what boxes do; the password is the name.
 */
final class DeskBroker implements AutoCloseable {
  private static final Path WEB = Path.of("target/streetbox-web").toAbsolutePath();
  private static final Path BACKEND = Path.of("deploy/backend");
  private static final byte[] SALT = "streetbox-12".getBytes(StandardCharsets.UTF_8);

  private final Path dir;
  private final Path web;
  private final Mosquitto broker;
  private final int webPort = Mosquitto.freePort();

  /** Starts the broker; its store is in {@code dir} and survives a restart. */
  DeskBroker(Path dir) throws IOException {
    if (!Files.exists(WEB.resolve("desk/index.html"))) {
      throw new IOException("there are no pages in " + WEB + ": run mvn -DskipTests package");
    }
    web = copied(WEB, dir.resolve("web"));
    Path users = Files.writeString(dir.resolve("users"), user("desk") + user("map") + user("box"));
    String box = "\nuser box\ntopic readwrite streetbox/v1/#\ntopic read streetbox/desk/#\n";
    Path acl =
        Files.writeString(
            dir.resolve("acl"),
            String.join("\n", paragraph("acl", "user desk"))
                + "\n"
                + String.join("\n", paragraph("acl", "user map"))
                + "\n"
                + box);
    this.dir = dir;
    Path store = Files.createDirectories(dir.resolve("store"));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "allow_anonymous false",
                "password_file " + users,
                "acl_file " + acl,
                "persistence true",
                "persistence_location " + store + "/",
                "autosave_on_changes true",
                "autosave_interval 1"));
    lines.addAll(listener());
    broker = new Mosquitto(dir, Mosquitto.freePort(), lines);
    broker.start();
  }

  private static Path copied(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path unused = Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  /** Returns the lines of the listener with the test's port and the built pages. */
  private List<String> listener() throws IOException {
    return paragraph("mosquitto.conf", "listener @WEB@").stream()
        .map(line -> line.replace("@WEB@", Integer.toString(webPort)))
        .map(line -> line.replace("@FOLDER@/web", web.toString()))
        .toList();
  }

  /** Returns the lines of a file of the backend from one that begins so to the next empty one. */
  private static List<String> paragraph(String file, String begin) throws IOException {
    try (Stream<String> lines = Files.lines(BACKEND.resolve(file))) {
      List<String> found =
          lines
              .dropWhile(line -> !line.startsWith(begin))
              .takeWhile(line -> !line.isEmpty())
              .toList();
      if (found.isEmpty()) {
        throw new IOException(file + " has no line that begins with " + begin);
      }
      return found;
    }
  }

  /** Returns a line of a password file, in the form of mosquitto_passwd with a fixed salt. */
  private static String user(String name) {
    try {
      PBEKeySpec key = new PBEKeySpec(name.toCharArray(), SALT, 101, 512);
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(key).getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return "%s:$7$101$%s$%s\n"
          .formatted(name, base64.encodeToString(SALT), base64.encodeToString(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
    }
  }

  /** Publishes a part of the fleet, as deploy/backend/map/fleet does. */
  void publishFleet(int part, String body) throws IOException {
    try (ChildProcess sender =
        ChildProcess.start(
            dir,
            Program.MOSQUITTO_PUB,
            "-V",
            "5",
            "-q",
            "1",
            "-r",
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(broker.port()),
            "-u",
            "map",
            "-P",
            "map",
            "-t",
            "streetbox/map/fleet/" + part,
            "-m",
            body)) {
      assertEquals(0, sender.await(60), sender.errors());
    }
  }

  /** Returns the broker. */
  Mosquitto mosquitto() {
    return broker;
  }

  /** Returns the folder that the broker serves, a copy of the built one. */
  Path web() {
    return web;
  }

  /** Returns the address of a page, such as {@code desk/}. */
  String page(String path) {
    return "http://127.0.0.1:" + webPort + "/" + path;
  }

  @Override
  public void close() {
    broker.close();
  }
}
