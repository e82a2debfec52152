package dev.streetbox.agent;

/** Publishes nothing, because the box is or may be within a privacy zone. */
final class NoPublication implements ReportIntake.Publication {
  @Override
  public long publishableMs() {
    return -1;
  }

  @Override
  public void publish(HeldReports.Report report) {
    throw new IllegalStateException("nothing is publishable in the dark");
  }

  @Override
  public boolean cancel(long sinceMs, long tickMs) {
    return false;
  }

  @Override
  public boolean takesOdours() {
    return false;
  }
}
