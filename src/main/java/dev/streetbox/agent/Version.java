package dev.streetbox.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/**
 * Which Streetbox this is.
 *
 * @param number the release, as {@code 0.1.0}
 * @param built when it was built: no true clock on a box is earlier
 */
public record Version(String number, Instant built) {
  /** The version of the running program. */
  public static Version current() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own version.properties is unreadable", e);
    }
    return new Version(
        properties.getProperty("version"), Instant.parse(properties.getProperty("built")));
  }
}
