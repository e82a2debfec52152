package dev.streetbox.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds the native libraries of SQLite, jSerialComm and Pi4J, which lie unpacked beside the jars:
 * {@code native/ARCH/*.so}, where ARCH is the JVM's {@code os.arch}. Without these settings each of
 * the three unpacks its library into the temporary folder, and jSerialComm first deletes and loads
 * what other users have put there.
 */
final class NativeLibraries {
  private NativeLibraries() {}

  /** Sets the system properties; to be called before any class of the three libraries is loaded. */
  static void useInstalled() {
    try {
      Path jar =
          Path.of(
              NativeLibraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      settings(jar, System.getProperty("os.arch")).forEach(System::setProperty);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the JVM gives a class folder as a URI", e);
    }
  }

  /**
   * Returns the system properties for a program whose classes lie in this file or folder; none for
   * a build, which has no folder {@code native}.
   *
   * @param jar {@code HOME/lib/streetbox-VERSION.jar}
   * @param arch the JVM's architecture, as {@code aarch64}
   */
  static Map<String, String> settings(Path jar, String arch) {
    Path all = jar.resolveSibling("../native").normalize();
    if (!Files.isDirectory(all)) {
      return Map.of();
    }
    String own = all.resolve(arch).toString();
    return Map.of(
        "jSerialComm.library.path", own,
        "org.sqlite.lib.path", own,
        "pi4j.library.path", own,
        // jSerialComm and SQLite clean up their folders here in any case, and look here for a
        // library if ARCH has none: in a folder that only root can write.
        "java.io.tmpdir", all.toString());
  }
}
