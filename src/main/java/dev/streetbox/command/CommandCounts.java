package dev.streetbox.command;

/**
 * Counts the commands since the boot began.
 *
 * @param done done, each once
 * @param repeated answered again, because they had been done before
 * @param refused refused with an answer
 * @param unanswered refused without an answer, because no id could be read
 */
public record CommandCounts(long done, long repeated, long refused, long unanswered) {
  /** The counts at the beginning. */
  static final CommandCounts ZERO = new CommandCounts(0, 0, 0, 0);

  CommandCounts plusDone() {
    return new CommandCounts(done + 1, repeated, refused, unanswered);
  }

  CommandCounts plusRepeated() {
    return new CommandCounts(done, repeated + 1, refused, unanswered);
  }

  CommandCounts plusRefused() {
    return new CommandCounts(done, repeated, refused + 1, unanswered);
  }

  CommandCounts plusUnanswered() {
    return new CommandCounts(done, repeated, refused, unanswered + 1);
  }
}
