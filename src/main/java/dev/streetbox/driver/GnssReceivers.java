package dev.streetbox.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps gpsd's receivers apart and decides whose positions are used: those of the one that the
 * configuration names, else of the first with a fix, for as long as that one has a fix. Used by one
 * thread.
 */
final class GnssReceivers {
  /** More receivers are not followed, so that wrong reports cannot fill the memory. */
  private static final int MOST = 8;

  private final Optional<String> named;
  private final long fixLimitMs;
  private final Map<String, GnssReceiver> byPath = new LinkedHashMap<>();
  private Optional<GnssReceiver> used = Optional.empty();
  private boolean listed;

  /**
   * Starts without a receiver.
   *
   * @param named the path of the only receiver to be used, if the configuration names one
   * @param fixLimitMs time after its last report for which a receiver's fix lasts
   */
  GnssReceivers(Optional<String> named, long fixLimitMs) {
    this.named = named;
    this.fixLimitMs = fixLimitMs;
  }

  /** Returns the receiver whose positions are used, if there is one. */
  Optional<GnssReceiver> used() {
    return used;
  }

  /** Returns whether gpsd has reported its receivers, of which none can be used. */
  boolean isNone() {
    return listed && used.isEmpty();
  }

  /** Returns the paths of the receivers that are not used. */
  List<String> others() {
    return byPath.values().stream()
        .filter(receiver -> used.filter(one -> one == receiver).isEmpty())
        .map(GnssReceiver::path)
        .toList();
  }

  /**
   * Returns the receiver of a report, which names it by {@code device}; a report without a name is
   * of the receiver in use. Empty if there are too many.
   */
  Optional<GnssReceiver> of(GpsdReport report) {
    Optional<String> path = report.text("device").filter(text -> !text.isEmpty());
    if (path.isEmpty() && used.isPresent()) {
      return used;
    }
    GnssReceiver receiver = entered(path.orElse(""));
    return Optional.ofNullable(receiver);
  }

  private GnssReceiver entered(String path) {
    if (!byPath.containsKey(path) && byPath.size() < MOST) {
      if (byPath.remove("") != null) {
        used = Optional.empty(); // a receiver without a name is followed only while it is in use
      }
      byPath.put(path, new GnssReceiver(path));
    }
    GnssReceiver receiver = byPath.get(path);
    if (receiver != null && used.isEmpty() && mayBeUsed(receiver)) {
      used = Optional.of(receiver);
    }
    return receiver;
  }

  private boolean mayBeUsed(GnssReceiver receiver) {
    return receiver.path().isEmpty() || named.map(receiver.path()::equals).orElse(true);
  }

  /**
   * Uses the receiver if it may be used, has a fix, and the one in use has none.
   *
   * @return whether the receiver is in use
   */
  boolean use(GnssReceiver receiver, long tickMs) {
    boolean better =
        mayBeUsed(receiver)
            && receiver.hasFix(tickMs, fixLimitMs)
            && used.filter(one -> one.hasFix(tickMs, fixLimitMs)).isEmpty();
    if (better) {
      used = Optional.of(receiver);
    }
    return used.filter(one -> one == receiver).isPresent();
  }

  /**
   * Updates the receivers by a DEVICE or by all DEVICES; gpsd reports a removed receiver as
   * activated at 0.
   *
   * @param complete whether receivers that are not reported are gone
   * @return whether the last position has to be withdrawn, because its receiver is gone
   */
  boolean update(List<GpsdReport> devices, boolean complete) {
    Optional<GnssReceiver> before = used;
    List<String> present = paths(devices, true);
    List<String> gone = paths(devices, false);
    byPath.keySet().removeIf(path -> complete ? !present.contains(path) : gone.contains(path));
    listed = true;
    used = before.filter(byPath::containsValue);
    present.forEach(this::entered);
    used = used.or(() -> byPath.values().stream().filter(this::mayBeUsed).findFirst());
    return used.isEmpty() || (before.isPresent() && !byPath.containsValue(before.get()));
  }

  private static List<String> paths(List<GpsdReport> devices, boolean activated) {
    return devices.stream()
        .filter(device -> activated == (device.number("activated").orElse(1) != 0))
        .map(device -> device.text("path").orElse(""))
        .toList();
  }
}
