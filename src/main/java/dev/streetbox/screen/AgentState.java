package dev.streetbox.screen;

import dev.streetbox.bus.Time;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.measure.TextFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the running agent last said of itself: {@code status.json}, which it replaces every second.
 *
 * @param file where it was read
 * @param text as it was written
 * @param age how long ago that was
 */
public record AgentState(Path file, String text, Duration age) {
  /** A loaded card may make the agent late. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  /**
   * Reads it.
   *
   * @param time what its age is judged by
   * @throws IOException if no agent runs, or this user may not read it
   */
  public static AgentState read(Path runDir, Time time) throws IOException {
    Path file = runDir.resolve("status.json");
    try {
      Instant writtenAt = Files.getLastModifiedTime(file).toInstant();
      Duration age = Duration.between(writtenAt, time.systemClock());
      return new AgentState(file, Files.readString(file), age);
    } catch (AccessDeniedException e) {
      throw new IOException(
          file + " may not be read by this user: it says where the box is. Try it with sudo", e);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "no agent runs: there is no " + file + ". Try: sudo systemctl start streetbox", e);
    }
  }

  /**
   * The same of an agent that runs.
   *
   * @return empty if there is none, or one that writes no more
   * @throws IOException if this user may not read it
   */
  public static Optional<AgentState> running(Path runDir, Time time) throws IOException {
    return Files.exists(runDir.resolve("status.json"))
        ? Optional.of(read(runDir, time)).filter(state -> state.stale().isEmpty())
        : Optional.empty();
  }

  /**
   * Its fields.
   *
   * @throws IOException if the file is damaged
   */
  public JsonTree tree() throws IOException {
    try {
      return JsonTree.parse(text);
    } catch (TextFormatException e) {
      throw new IOException(file + " is damaged. Try: sudo systemctl restart streetbox", e);
    }
  }

  /** What is wrong if it is older than a running agent lets it become, and what to type. */
  public Optional<String> stale() {
    return age.compareTo(FRESH) <= 0
        ? Optional.empty()
        : Optional.of(
            "this is "
                + age.toSeconds()
                + " s old: the agent hangs or was killed. Try: sudo systemctl restart streetbox");
  }
}
