package dev.streetbox.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.streetbox.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a certificate authority for one test by openssl; its files lie in a folder. */
public final class TestCa {
  private final Path folder;

  /** Makes the authority: {@code ca.pem} and its key. */
  public TestCa(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    Files.createFile(folder.resolve("index"));
    Files.writeString(folder.resolve("serial"), "01\n");
    Files.writeString(
        folder.resolve("ca.conf"),
        """
        [ca]
        default_ca = own
        [own]
        database = index
        serial = serial
        new_certs_dir = .
        certificate = ca.pem
        private_key = ca.key
        default_md = sha256
        policy = any
        copy_extensions = copy
        [any]
        commonName = supplied
        """);
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=test authority",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem");
  }

  /** Returns the authority's certificate. */
  public Path certificate() {
    return folder.resolve("ca.pem");
  }

  /** Returns a file of the authority's folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Makes {@code name.pem} and {@code name.key} (EC, PKCS#8), valid now.
   *
   * @param subject the subjectAltName, such as {@code DNS:localhost,IP:127.0.0.1}
   */
  public void issue(String name, String subject) throws IOException {
    issue(name, subject, "20200101000000Z", "20991231000000Z");
  }

  /** Makes them valid from one time to another, each in the form {@code 20261123000000Z}. */
  public void issue(String name, String subject, String from, String to) throws IOException {
    openssl(
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=" + subject,
        "-keyout",
        name + ".key",
        "-out",
        name + ".csr");
    openssl(
        "ca",
        "-batch",
        "-notext",
        "-config",
        "ca.conf",
        "-startdate",
        from,
        "-enddate",
        to,
        "-in",
        name + ".csr",
        "-out",
        name + ".pem");
  }

  /** Returns Mosquitto's configuration lines for a server certificate that was issued. */
  public String[] broker(String name, String... more) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "cafile " + certificate(),
                "certfile " + file(name + ".pem"),
                "keyfile " + file(name + ".key")));
    lines.addAll(List.of(more));
    return lines.toArray(String[]::new);
  }

  /** Runs openssl in the folder. */
  public void openssl(String... arguments) throws IOException {
    Process process =
        Program.OPENSSL
            .process(arguments)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("openssl " + String.join(" ", arguments) + ":\n" + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
