package dev.streetbox.part;

import dev.streetbox.bus.I2cPort;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.SensirionCommand;
import dev.streetbox.driver.SensirionPort;
import java.io.IOException;
import java.time.Duration;

/**
 * Recognises a part at an I2C address by its answer to a question that changes nothing: a register
 * pointer, a serial number, a name or a status. Another part at the address, which takes the
 * question for something else, measures on as before.
 *
 * @param label the part's name, for people
 * @param probe what is asked
 */
public record PartIdentification(String label, Probe probe) {
  /** Asks a part who it is. */
  public interface Probe {
    /**
     * Returns whether the part is the one.
     *
     * @throws IOException if nobody answers, or another part does
     */
    boolean matches(I2cPort port, Time time) throws IOException;
  }

  /** The longest time that a part here needs to answer a read-only command. */
  private static final Duration ANSWER_TIME = Duration.ofMillis(50);

  /**
   * Asks whether the part answers at this port. For the bus's thread.
   *
   * @throws IOException if nobody answers, or another part does
   */
  public boolean matches(I2cPort port, Time time) throws IOException {
    return probe.matches(port, time);
  }

  /** Recognises a part by its register of that number. */
  static PartIdentification byRegister(String label, int register, int value) {
    return new PartIdentification(
        label,
        (port, time) -> {
          port.write(register);
          return port.read(1)[0] == value;
        });
  }

  /** Recognises a Sensirion part by an answer of so many words with right checksums. */
  static PartIdentification byWords(String label, int code, int count) {
    return new PartIdentification(
        label, (port, time) -> words(port, time, code, count).length == count);
  }

  /** Recognises a Sensirion part by an answer of so many words that is a text, and its begin. */
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
