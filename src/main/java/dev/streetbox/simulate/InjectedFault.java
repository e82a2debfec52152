package dev.streetbox.simulate;

/** Lists the faults that a simulated part can have while it stays plugged in. */
public enum InjectedFault {
  /** Every checksum of the part's answers is wrong (parts that have one). */
  WRONG_CHECKSUM,
  /** Every value is the greatest that the part can report. */
  SATURATED,
  /** Another part, or one for another gas, is connected at the place and answers as itself. */
  WRONG_PART,
  /** The part repeats its last value. */
  STUCK,
  /** Every byte that is read is 00: the data line is held low. */
  ALL_ZEROS,
  /** Every byte that is read is FF: nothing drives the data line. */
  ALL_ONES,
  /**
   * The part holds the clock low, so that no part of its bus answers: {@link SimulatedPart#hang}.
   */
  BUS_HANG,
  /** The part holds the clock low whenever it is addressed; other parts of its bus answer. */
  NO_ANSWER,
  /** The supply drops once: the part loses its volatile state without reporting it. */
  BROWN_OUT,
  /** The fan of a particle sensor stands still. */
  FAN_STOPPED,
  /** The fan of a particle sensor turns at the wrong speed. */
  FAN_SPEED,
  /** The laser of a particle sensor takes the wrong current. */
  LASER,
  /** A gas sensor's pixel is broken: the self-test fails and the raw signal is at full scale. */
  GAS_PIXEL,
  /** The wire to a converter's input, or to a meter's microphone, is broken: about 0 V. */
  OPEN_INPUT,
  /** The part at a converter's inputs has no supply. */
  NO_REFERENCE,
  /** A converter's input lies beyond its full scale. */
  CLIPPED,
  /** Answers begin two bytes late. */
  LATE_FRAME,
  /** The second half of everything that a serial part sends is lost. */
  TORN_FRAME,
  /** A serial part sends random bytes instead of frames; a noise node reports 812.5 dB. */
  GARBAGE,
  /** A serial part sends nothing. */
  SILENCE,
  /** The serial device or the sound card disappears while its port is open. */
  HANG_UP,
  /** A receiver sees no satellite. */
  NO_FIX,
  /** A receiver's calendar is 1024 weeks behind. */
  WEEK_ROLLOVER
}
