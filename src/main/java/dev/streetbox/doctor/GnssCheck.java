package dev.streetbox.doctor;

import dev.streetbox.agent.PartsBench;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.GnssState;
import dev.streetbox.driver.Sensor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Checks that gpsd runs, has a receiver, and has a fix. Used by one thread. */
public final class GnssCheck {
  private static final String GNSS = "gnss";

  /** Limits the wait for reports of a fix and of satellites. */
  private static final long TIME_LIMIT_MS = 4_000;

  private final PartsBench partsBench;
  private final Time time;

  GnssCheck(PartsBench partsBench, Time time) {
    this.partsBench = partsBench;
    this.time = time;
  }

  /** Listens to gpsd until it reports a fix and satellites, 4 s at most. */
  List<Finding> findings() {
    Optional<Sensor> receiver = partsBench.receiver();
    if (receiver.isEmpty()) {
      return List.of(
          Finding.warn(
              GNSS,
              "no receiver is configured",
              "[gnss] source is none: rows have no position",
              "type source = \"gpsd\" in [gnss]"));
    }
    try {
      receiver.get().start();
      long limitMs = time.tickMs() + TIME_LIMIT_MS;
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
        .filter(state -> state.mode() >= GnssState.MODE_2D && state.seen() > 0)
        .isPresent();
  }

  /** Judges the state that gpsd last reported. */
  public static Finding judge(GnssState state) {
    String sky = "%d of %d satellites used".formatted(state.used(), state.seen());
    if (isMissing(state) && state.named() && !state.others().isEmpty()) {
      return Finding.fail(
          GNSS,
          "gpsd does not have the configured receiver; it has " + list(state) + errorOf(state),
          "device in [gnss] is the name of another port, or its receiver is unplugged",
          "type device = \"" + state.others().get(0) + "\" in [gnss]");
    }
    if (isMissing(state)) {
      return Finding.fail(
          GNSS,
          "gpsd runs and has no receiver" + errorOf(state),
          "the receiver is unplugged, or DEVICES in /etc/default/gpsd names another port",
          "ls -l /dev/serial/by-id /dev/ttyACM*; sudo systemctl restart gpsd");
    }
    if (!state.noPlace().isEmpty()) {
      return Finding.warn(
          GNSS,
          "no position: " + state.noPlace() + errorOf(state),
          "the receiver is frozen, replays a recording, or has not yet received the almanac",
          "unplug the receiver for a minute; then: cgps");
    }
    if (state.mode() < GnssState.MODE_2D) {
      return Finding.warn(
          GNSS,
          "no fix, " + sky + errorOf(state),
          "no open sky, just switched on, or the antenna is off or under metal",
          "put the box under the open sky for two minutes; then: cgps");
    }
    String fix = "fix in %dD, %s".formatted(state.mode(), sky);
    if (state.others().isEmpty() || state.named()) {
      return Finding.pass(GNSS, fix);
    }
    return Finding.warn(
        GNSS,
        "%s; gpsd has %d receivers: %s is used, not %s"
            .formatted(fix, state.others().size() + 1, state.receiver(), list(state)),
        "a modem with a receiver of its own; the box may use either of them",
        "type device = \"" + state.receiver() + "\" in [gnss]");
  }

  private static boolean isMissing(GnssState state) {
    return state.receiver().equals(GnssState.NO_RECEIVER) || state.receiver().isEmpty();
  }

  private static String list(GnssState state) {
    return String.join(", ", state.others());
  }

  private static String errorOf(GnssState state) {
    return state.fault().isEmpty() ? "" : "; gpsd reports: " + state.fault();
  }
}
