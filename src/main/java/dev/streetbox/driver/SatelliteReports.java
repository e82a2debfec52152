package dev.streetbox.driver;

import java.util.HashMap;
import java.util.Map;

/**
 * Selects which of gpsd's lists of satellites are decoded: of each receiver one in five seconds,
 * because the list is two thirds of what gpsd sends in a second, and only its counts are shown.
 * Used by one thread.
 */
final class SatelliteReports {
  /** The least time (ms) between two lists of one receiver; a little less than five seconds. */
  static final long PERIOD_MS = 4_500;

  /** Limits the receivers, so that wrong lines cannot fill the memory. */
  private static final int MOST_RECEIVERS = 16;

  private static final String DEVICE = "\"device\":\"";

  private final Map<String, Long> decodedMs = new HashMap<>();

  /** Returns whether a line may be passed over, because it is such a list and came too soon. */
  boolean isNeedless(String line, long arrivedMs) {
    if (!line.startsWith("{\"class\":\"SKY\"") || !line.contains("\"satellites\":[")) {
      return false;
    }
    String device = device(line);
    Long lastMs = decodedMs.get(device);
    if (lastMs != null && arrivedMs - lastMs < PERIOD_MS) {
      return true;
    }
    if (decodedMs.size() >= MOST_RECEIVERS) {
      decodedMs.clear();
    }
    decodedMs.put(device, arrivedMs);
    return false;
  }

  /** Forgets all lists, because a new connection begins. */
  void clear() {
    decodedMs.clear();
  }

  private static String device(String line) {
    int begin = line.indexOf(DEVICE);
    int end = begin < 0 ? -1 : line.indexOf('"', begin + DEVICE.length());
    return end < 0 ? "" : line.substring(begin, end);
  }
}
