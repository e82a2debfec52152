package dev.streetbox.driver;

import java.util.Locale;

/**
 * Holds what a part states about itself. Immutable.
 *
 * @param serial the serial number in the part's own form; empty if the part states none
 * @param firmware the version of its firmware; empty if the part states none
 */
public record PartIdentity(String serial, String firmware) {
  /** Identity of a part that states nothing, or was not started yet. */
  public static final PartIdentity NONE = new PartIdentity("", "");

  /** Makes the identity of a part that states a serial number only, in hexadecimal digits. */
  static PartIdentity ofSerial(long serial, int digits) {
    return new PartIdentity(String.format(Locale.ROOT, "%0" + digits + "x", serial), "");
  }
}
