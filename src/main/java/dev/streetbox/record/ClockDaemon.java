package dev.streetbox.record;

import java.nio.ByteBuffer;

/**
 * The daemons that can be asked whether they discipline the system clock. Neither needs a right or
 * a tool for it: both answer questions of their own machine by UDP, unless told not to.
 */
enum ClockDaemon {
  /**
   * chronyd, by the question of {@code chronyc tracking}: command 33 of its protocol 6, reply 5
   * (chrony 4.3, candm.h). The question is as long as the answer, else it is not answered.
   */
  CHRONY(323, 104) {
    @Override
    void write(ByteBuffer question) {
      question.put((byte) 6).put((byte) 1).putShort((short) 0).putShort((short) 33);
    }

    @Override
    boolean disciplines(ByteBuffer answer) {
      return answer.getShort(0) == 0x0602
          && answer.getShort(6) == 5
          && answer.getShort(8) == 0
          && isTime(answer.getShort(54), answer.getShort(52), answer.getInt(28));
    }
  },

  /** ntpd, or whatever serves NTP to this machine: a client's question of version 4 (RFC 5905). */
  NTPD(123, 48) {
    @Override
    void write(ByteBuffer question) {
      question.put((byte) (4 << 3 | 3));
    }

    @Override
    boolean disciplines(ByteBuffer answer) {
      boolean server = (answer.get(0) & 7) == 4;
      return server && isTime(answer.get(0) >> 6 & 3, answer.get(1), answer.getInt(12));
    }
  };

  /** The leap indicator of a clock that is not synchronised (RFC 5905, figure 9). */
  private static final int UNSYNCHRONISED = 3;

  private static final int LOWEST_STRATUM = 15;

  /** Reference clock 127.127.1.x: the system clock itself, given out as if it were the time. */
  private static final int ITSELF = 0x7f7f01;

  private final int port;
  private final int bytes;

  ClockDaemon(int port, int bytes) {
    this.port = port;
    this.bytes = bytes;
  }

  /** Writes the question into a buffer of zeros. */
  abstract void write(ByteBuffer question);

  /** Whether a whole answer says that the clock is disciplined. */
  abstract boolean disciplines(ByteBuffer answer);

  /** The UDP port it listens on. */
  int port() {
    return port;
  }

  /** What to ask it. */
  byte[] question() {
    ByteBuffer question = ByteBuffer.allocate(bytes);
    write(question);
    return question.array();
  }

  /** Whether its answer says that it disciplines the clock. */
  boolean disciplines(byte[] answer) {
    return answer.length >= bytes && disciplines(ByteBuffer.wrap(answer));
  }

  private static boolean isTime(int leap, int stratum, int reference) {
    return leap != UNSYNCHRONISED
        && stratum >= 1
        && stratum <= LOWEST_STRATUM
        && reference >>> Byte.SIZE != ITSELF;
  }
}
