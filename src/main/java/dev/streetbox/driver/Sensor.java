package dev.streetbox.driver;

import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.util.Optional;

/**
 * Drives one part at one port. The bus's thread starts it from any state, reads it repeatedly and
 * starts it again after an error; no other thread calls it.
 */
public interface Sensor extends AutoCloseable {
  /**
   * Identifies the part and brings it from any state to measuring. No wait is longer than the
   * datasheet's (a conditioning of seconds is spread over the reads that follow).
   *
   * @throws IOException if the part is missing, is another one, or fails; it may be started again
   */
  void start() throws IOException;

  /**
   * Returns the readings since the last read, or {@link Sample#NOTHING}. A part without a reading
   * or flag for half a minute counts as lost, so a part that warms up gives a flag.
   *
   * @throws IOException if the bus failed or the answer was wrong; after a wrong frame or a missing
   *     acknowledge the part is read again, and started again if the error repeats; after other
   *     errors it is started again
   */
  Sample read() throws IOException;

  /**
   * Returns the time at which the sample of the last read was measured, ms since the boot began: by
   * default the end of the read, earlier if the part reports late. The times of one sensor never go
   * back.
   *
   * @param readMs the tick at which that read ended
   */
  default long measuredMs(long readMs) {
    return readMs;
  }

  /**
   * Returns what a technician must know beyond the flags of the last sample, in words: why it has
   * no values, or what is wrong with the part's wires although it works. Empty if there is nothing
   * to say.
   */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /** Returns what the part stated about itself at its last start; called by the bus's thread. */
  default PartIdentity identity() {
    return PartIdentity.NONE;
  }

  /** Returns the part's rhythm, which never changes. */
  Rhythm rhythm();

  /**
   * Releases the port and stops the part, if it still answers; never throws. Does nothing for a
   * part that holds no port and need not be stopped.
   */
  @Override
  default void close() {}
}
