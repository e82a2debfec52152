package dev.streetbox.driver;

import dev.streetbox.measure.Sample;
import java.io.IOException;

/**
 * One part behind one port, as its bus's thread drives it: started from whatever state it is in,
 * read again and again, started anew after any failure. Only that thread calls it.
 */
public interface Sensor extends AutoCloseable {
  /**
   * Brings the part from any state to measuring; identifies it first. No wait inside is longer than
   * the datasheet's own (a conditioning of seconds happens over the reads that follow).
   *
   * @throws IOException if it is missing, is another part, or fails; it may be started again
   */
  void start() throws IOException;

  /**
   * What is new since the last read, or {@link Sample#NOTHING}. A part that says nothing for half a
   * minute counts as lost: one that warms up says so by a flag.
   *
   * @throws IOException if the wire failed or the answer was wrong; after a wrong frame or a
   *     missing acknowledge it is read again, and started again if that goes on; after others,
   *     started again
   */
  Sample read() throws IOException;

  /**
   * When the sample of the last read was measured, in ms since the boot began. A part that tells it
   * late knows better than its reader; the times of one sensor never go back.
   *
   * @param readMs when that read ended
   */
  default long measuredMs(long readMs) {
    return readMs;
  }

  /** Returns the part's own rhythm; always the same. */
  Rhythm rhythm();

  /**
   * Releases the port and leaves the part quiet as far as it still answers; never throws. Does
   * nothing for a part that holds no port and rests, or measures on, by itself.
   */
  @Override
  default void close() {}
}
