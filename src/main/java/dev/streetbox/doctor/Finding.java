package dev.streetbox.doctor;

import java.io.IOException;
import java.util.Objects;

/**
 * Describes the result of one check.
 *
 * @param verdict whether it works
 * @param subject the checked item, as {@code sensor pm}
 * @param observation what the check observed
 * @param cause the likely cause; empty if none is known or nothing is wrong
 * @param remedy what to type or to plug; empty if nothing is to be done
 */
public record Finding(
    Verdict verdict, String subject, String observation, String cause, String remedy) {
  /** Ranks findings: works, works but should be looked at, does not work. */
  public enum Verdict {
    PASS,
    WARN,
    FAIL
  }

  /** States that the configuration has no sensor, which is allowed, as for a first start. */
  public static final Finding NO_SENSOR =
      warn(
          "sensor",
          "no sensor is configured, so nothing but position and time is measured",
          "",
          "type [[sensor]] and below it driver = \"sps30\" in the configuration");

  /** Separates an error message from the remedy that it ends with. */
  private static final String TRY = "[.;]? [Tt]ry:? ";

  /** Returns a finding that the subject works. */
  public static Finding pass(String subject, String observation) {
    return new Finding(Verdict.PASS, subject, observation, "", "");
  }

  /** Returns a finding that the subject works, but should be looked at. */
  public static Finding warn(String subject, String observation, String cause, String remedy) {
    return new Finding(Verdict.WARN, subject, observation, cause, remedy);
  }

  /** Returns a finding that the subject does not work. */
  public static Finding fail(String subject, String observation, String cause, String remedy) {
    return new Finding(Verdict.FAIL, subject, observation, cause, remedy);
  }

  /**
   * Returns a finding that the subject does not work because of an error.
   *
   * @param remedy what to do, if the error's message does not end with {@code Try: …}
   */
  static Finding fail(String subject, IOException error, String cause, String remedy) {
    String[] message =
        Objects.requireNonNullElse(error.getMessage(), error.toString()).split(TRY, 2);
    return fail(subject, message[0], cause, message.length == 2 ? message[1] : remedy);
  }
}
