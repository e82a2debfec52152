package dev.streetbox.part;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.SensirionCommand;
import dev.streetbox.driver.SensirionPort;
import java.io.IOException;
import java.time.Duration;

/**
 * Recognises a part at an I2C address by reading a register, a serial number, a name or a status.
 * The requests are chosen so that they change neither the part nor another part at the address.
 *
 * @param label the part's name, for people
 * @param probe makes the request and compares the answer
 */
public record PartIdentification(String label, Probe probe) {
  /** Makes the request of one kind of part and compares the answer. */
  public interface Probe {
    /**
     * Returns whether the answer is that of the part.
     *
     * @throws IOException if no part answers, or the answer has a wrong checksum
     */
    boolean matches(I2cPort port, Time time) throws IOException;
  }

  /** Longest time that a part here needs to answer a read-only command. */
  private static final Duration ANSWER_TIME = Duration.ofMillis(50);

  /**
   * Returns whether the part answers at this port. Called by the bus's thread.
   *
   * @throws IOException if no part answers, or the answer has a wrong checksum
   */
  public boolean matches(I2cPort port, Time time) throws IOException {
    return probe.matches(port, time);
  }

  /** Recognises a part by the value of one 8-bit register. */
  static PartIdentification byRegister(String label, int register, int value) {
    return new PartIdentification(
        label,
        (port, time) -> {
          port.write(register);
          return port.read(1)[0] == value;
        });
  }

  /**
   * Recognises a Sensirion part by the right checksums of its answer.
   *
   * @param code the 16-bit command
   * @param count the words of the answer
   */
  static PartIdentification byWords(String label, int code, int count) {
    return new PartIdentification(
        label, (port, time) -> words(port, time, code, count).length == count);
  }

  /**
   * Recognises a Sensirion part by the beginning of its answer as ASCII text.
   *
   * @param code the 16-bit command
   * @param count the words of the answer
   */
  static PartIdentification byText(String label, int code, int count, String begin) {
    return new PartIdentification(
        label,
        (port, time) -> SensirionPort.text(words(port, time, code, count)).startsWith(begin));
  }

  private static int[] words(I2cPort port, Time time, int code, int count) throws IOException {
    return new SensirionPort("part", port, time)
        .ask(new SensirionCommand(code, ANSWER_TIME), count);
  }
}
