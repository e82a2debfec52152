package dev.streetbox.doctor;

import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Sensor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Whether gpsd runs, has a receiver, and knows where it is. For one thread. */
public final class GnssCheck {
  private static final String GNSS = "gnss";
  private static final long PATIENCE_MS = 4_000;
  private static final int MODE_2D = 2;

  private final PartsBench partsBench;
  private final Time time;

  GnssCheck(PartsBench partsBench, Time time) {
    this.partsBench = partsBench;
    this.time = time;
  }

  List<Finding> findings() {
    Optional<Sensor> receiver = partsBench.receiver();
    if (receiver.isEmpty()) {
      return List.of(
          Finding.warn(
              GNSS,
              "no receiver is configured",
              "[gnss] source is none: rows carry no place",
              "source = \"gpsd\" in [gnss]"));
    }
    try {
      receiver.get().start();
      long limitMs = time.tickMs() + PATIENCE_MS;
      while (time.tickMs() < limitMs && !isSettled()) {
        receiver.get().read();
      }
      return List.of(judge(partsBench.gnssState().orElseThrow()));
    } catch (IOException e) {
      return List.of(
          Finding.fail(
              GNSS,
              e,
              "gpsd is not installed, not started, or listens elsewhere",
              "sudo systemctl start gpsd.socket; cgps"));
    } finally {
      receiver.get().close();
    }
  }

  private boolean isSettled() {
    return partsBench
        .gnssState()
        .filter(state -> state.mode() >= MODE_2D && state.seen() > 0)
        .isPresent();
  }

  /** What to think of what gpsd says. */
  public static Finding judge(GnssState state) {
    String sky = "%d of %d satellites used".formatted(state.used(), state.seen());
    if (state.receiver().equals(GnssState.NO_RECEIVER) || state.receiver().isEmpty()) {
      return Finding.fail(
          GNSS,
          "gpsd runs and has no receiver" + trouble(state),
          "the receiver is unplugged, or DEVICES in /etc/default/gpsd names another port",
          "ls -l /dev/serial/by-id /dev/ttyACM*; sudo systemctl restart gpsd");
    }
    if (state.mode() < MODE_2D) {
      return Finding.warn(
          GNSS,
          "no fix, " + sky + trouble(state),
          "no open sky, just switched on, or the antenna is off or under metal",
          "two minutes under the open sky; then: cgps");
    }
    return Finding.pass(GNSS, "fix in %dD, %s".formatted(state.mode(), sky));
  }

  private static String trouble(GnssState state) {
    return state.fault().isEmpty() ? "" : "; gpsd says: " + state.fault();
  }
}
