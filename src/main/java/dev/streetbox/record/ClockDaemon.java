package dev.streetbox.record;

import java.nio.ByteBuffer;

/**
 * Lists the daemons that can be queried whether they discipline the system clock. Both answer
 * queries from their own machine over UDP unless configured otherwise, so that neither a privilege
 * nor a tool is needed.
 */
enum ClockDaemon {
  /**
   * chronyd, by the query of {@code chronyc tracking}: command 33 of protocol 6, reply 5 (chrony
   * 4.3, candm.h). chronyd ignores a query that is shorter than its answer.
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

  /** ntpd or another NTP server of this machine, by a client's query of version 4 (RFC 5905). */
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

  /** Reference clock 127.127.1.x: the undisciplined system clock, served as if it were correct. */
  private static final int ITSELF = 0x7f7f01;

  private final int port;
  private final int bytes;

  ClockDaemon(int port, int bytes) {
    this.port = port;
    this.bytes = bytes;
  }

  /** Writes the query into a buffer of zeros. */
  abstract void write(ByteBuffer question);

  /** Returns whether an answer of full length says that the clock is disciplined. */
  abstract boolean disciplines(ByteBuffer answer);

  /** Returns the UDP port of the daemon. */
  int port() {
    return port;
  }

  /** Returns the query as bytes. */
  byte[] question() {
    ByteBuffer question = ByteBuffer.allocate(bytes);
    write(question);
    return question.array();
  }

  /** Returns whether an answer says that the clock is disciplined; a short answer does not. */
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
