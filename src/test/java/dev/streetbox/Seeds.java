package dev.streetbox;

/** Runs a test's body once per seed and names the seed of the first error. */
public final class Seeds {
  /** Runs assertions with one seed. */
  @FunctionalInterface
  public interface SeedBody {
    /** Runs the assertions with this seed. */
    void run(long seed) throws Exception;
  }

  private Seeds() {}

  /**
   * Runs the body with the seeds from 1 to a count.
   *
   * @throws AssertionError at the first seed whose run throws; its message begins with the seed,
   *     and its cause is the error
   */
  public static void each(int count, SeedBody body) {
    for (long seed = 1; seed <= count; seed++) {
      try {
        body.run(seed);
      } catch (Exception | AssertionError error) {
        throw new AssertionError("seed " + seed + ": " + error.getMessage(), error);
      }
    }
  }
}
