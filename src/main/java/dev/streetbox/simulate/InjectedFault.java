package dev.streetbox.simulate;

/** The ways in which a simulated part fails while it stays plugged in. */
public enum InjectedFault {
  /** Every checksum of the part's answers is wrong (parts that have one). */
  WRONG_CHECKSUM,
  /**
   * Every value is the greatest that the part can say: its optics are blinded, its input is full.
   */
  SATURATED,
  /** Another part, or one for another gas, sits in its place and answers in its own way. */
  WRONG_PART,
  /** The part goes on answering with the value it had. */
  STUCK,
  /** Every byte that is read is 00: the data line is held low. */
  ALL_ZEROS,
  /** Every byte that is read is FF: nobody drives the data line. */
  ALL_ONES,
  /** The part holds the clock low: no part of its bus answers; see {@link SimulatedPart#hang}. */
  BUS_HANG,
  /** The part holds the clock low whenever it is addressed; the others of its bus are free. */
  NO_ANSWER,
  /** The supply dips once: the part forgets its state and says nothing about it. */
  BROWN_OUT,
  /** The fan of a particle sensor stands still. */
  FAN_STOPPED,
  /** The fan of a particle sensor turns at the wrong speed. */
  FAN_SPEED,
  /** The laser of a particle sensor takes the wrong current. */
  LASER,
  /** A gas sensor's pixel is broken: the self-test says so and the raw signal is at its end. */
  GAS_PIXEL,
  /** The wire to a converter's input, or to a meter's microphone, is off: about 0 V. */
  OPEN_INPUT,
  /** What is at a converter's inputs has no supply. */
  NO_REFERENCE,
  /** A converter's input lies beyond its full scale. */
  CLIPPED,
  /** Answers begin two bytes late. */
  LATE_FRAME,
  /** The second half of everything a serial part says is lost. */
  TORN_FRAME,
  /** A serial part sends noise instead of frames; a noise node says absurd levels. */
  GARBAGE,
  /** A serial part says nothing. */
  SILENCE,
  /** The other end of a serial port hangs up. */
  HANG_UP,
  /** A receiver sees no satellite. */
  NO_FIX,
  /** A receiver's calendar is 1024 weeks behind. */
  WEEK_ROLLOVER
}
