package dev.streetbox.measure;

import java.util.Locale;

/** Names the parts of the program by which faults are distinguished. */
public enum Subsystem {
  /** The connection to the broker, and messages that the broker refuses. */
  BROKER,
  /** The data folder and its files. */
  STORE,
  /** The sources of the time of day. */
  CLOCK,
  /** The parts at buses and ports, the receiver among them. */
  SENSOR,
  /** Zones and pseudonyms. */
  PRIVACY,
  /** The program itself: its status, its reports, its supervisor. */
  AGENT;

  /** Returns the name in {@code status.json}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
