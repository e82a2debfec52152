package dev.streetbox.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/**
 * Identifies the program's release.
 *
 * @param number the release, as {@code 0.1.0}
 * @param built the time of the build; a clock that shows an earlier time is wrong
 */
public record Version(String number, Instant built) {
  /** Reads the version of the running program. */
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
