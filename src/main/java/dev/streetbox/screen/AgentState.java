package dev.streetbox.screen;

import dev.streetbox.bus.Time;
import dev.streetbox.datadir.StatusRequest;
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
 * Holds the state that the agent wrote last: {@code status.json}, which a running agent replaces
 * every 5 s, and at once for a reader who requests it.
 *
 * @param file the file that was read
 * @param text the file's content, one JSON object
 * @param age the time since the file was written; negative if the system clock was set back
 */
public record AgentState(Path file, String text, Duration age) {
  /**
   * Limits the age of a running agent's state: 5 s between two writes, and 10 s for a busy SD card,
   * which delays a write.
   */
  private static final Duration FRESH = Duration.ofSeconds(15);

  /** A state that is no older is not requested anew. */
  private static final Duration RECENT = Duration.ofMillis(500);

  private static final long ANSWER_LIMIT_MS = 1_000;
  private static final Duration POLL = Duration.ofMillis(20);

  /**
   * Requests a fresh state of the agent, waits for it for a second at most, and reads it. A user
   * who may not request one gets the last one.
   *
   * @param time gives the system clock, from which the age is computed
   * @throws IOException as {@link #read}
   */
  public static AgentState request(Path runDir, Time time) throws IOException {
    AgentState last = read(runDir, time);
    if (!last.age().isNegative() && last.age().compareTo(RECENT) <= 0) {
      return last;
    }
    StatusRequest request = new StatusRequest(runDir);
    if (!request.submit()) {
      return last;
    }
    long limitMs = time.tickMs() + ANSWER_LIMIT_MS;
    while (request.isPending()) {
      if (time.tickMs() >= limitMs) {
        request.answer();
        break;
      }
      time.sleep(POLL);
    }
    return read(runDir, time);
  }

  /**
   * Reads the state.
   *
   * @param time gives the system clock, from which the age is computed
   * @throws IOException if the file does not exist or this user may not read it; the message says
   *     what to type
   */
  public static AgentState read(Path runDir, Time time) throws IOException {
    Path file = runDir.resolve("status.json");
    try {
      Instant writtenAt = Files.getLastModifiedTime(file).toInstant();
      Duration age = Duration.between(writtenAt, time.systemClock());
      return new AgentState(file, Files.readString(file), age);
    } catch (AccessDeniedException e) {
      throw new IOException(
          file
              + " may not be read by this user, because it contains the box's position."
              + " Try: sudo streetbox status",
          e);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "no agent runs: there is no " + file + ". Try: sudo systemctl start streetbox", e);
    }
  }

  /**
   * Requests and reads the state if an agent runs.
   *
   * @return empty if there is no state, or it is older than a running agent lets it become
   * @throws IOException if this user may not read the file
   */
  public static Optional<AgentState> running(Path runDir, Time time) throws IOException {
    return Files.exists(runDir.resolve("status.json"))
        ? Optional.of(request(runDir, time)).filter(state -> state.staleMessage().isEmpty())
        : Optional.empty();
  }

  /**
   * Returns whether an agent has written its state within the last 15 s; also for a user who may
   * not read the state.
   */
  public static boolean isWritten(Path runDir, Time time) {
    try {
      Instant writtenAt = Files.getLastModifiedTime(runDir.resolve("status.json")).toInstant();
      return Duration.between(writtenAt, time.systemClock()).compareTo(FRESH) <= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns the state's fields, and its age in {@code age_ms}.
   *
   * @throws IOException if the file is not one JSON object, or a member is not as an agent writes
   *     it
   */
  public JsonTree tree() throws IOException {
    JsonTree tree;
    try {
      tree = JsonTree.parse(textWithAge());
    } catch (TextFormatException e) {
      throw damaged(" is not a JSON object", e);
    }
    try {
      StatusNumbers.check(tree);
    } catch (TextFormatException e) {
      throw damaged(": " + e.getMessage(), e);
    }
    return tree;
  }

  private IOException damaged(String words, TextFormatException cause) {
    return new IOException(
        file
            + words
            + "; likely causes: another program changed it, or /run is full."
            + " Try: sudo systemctl restart streetbox",
        cause);
  }

  /** Returns the state as one JSON object that begins with its age, {@code age_ms}. */
  public String textWithAge() {
    return text.startsWith("{\"")
        ? "{\"age_ms\":" + Math.max(0, age.toMillis()) + "," + text.substring(1)
        : text;
  }

  /**
   * Returns why the state is not the present one and what to type; empty if the state is at most 15
   * s old.
   */
  public Optional<String> staleMessage() {
    return age.compareTo(FRESH) <= 0
        ? Optional.empty()
        : Optional.of(
            "this is "
                + age.toSeconds()
                + " s old: the agent hangs or was killed. Try: sudo systemctl restart streetbox");
  }
}
