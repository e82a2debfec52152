package dev.streetbox.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** Passes errors between the two streams of a connection. */
class LossReasonTest {
  private static final OutputStream BROKEN =
      new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          throw new IOException("broken pipe");
        }
      };

  private final LossReason reason = new LossReason();

  @Test
  void aWriteReportsTheErrorOfTheReader() {
    IOException alert = new IOException("alert of TLS 1.3");
    reason.onWritten();
    reason.onReadError(alert);
    assertSame(alert, reason.reasonOf(new IOException("broken pipe")));
  }

  @Test
  void theEndOfTheStreamIsAnErrorThatTheWriterReportsToo() throws IOException {
    reason.onWritten();
    byte[] connack = {0x20, 3, 0, 0, 0};
    PacketReader reader = new PacketReader(new ByteArrayInputStream(connack), 100);
    IncomingPackets packets = new IncomingPackets(reader, 30, new AckCodes(), new RetainSupport());
    try (BrokerInput in = new BrokerInput(packets, error -> error, reason)) {
      assertEquals(0x20, in.read());
      assertEquals(10, in.readNBytes(10).length);
      assertThrows(EOFException.class, in::read);
    }
    BrokerOutput out = new BrokerOutput(BROKEN, error -> error, reason);
    out.write(new byte[] {1}, 0, 1);
    assertThrows(EOFException.class, out::flush);
  }

  @Test
  void aWriteWithoutAnErrorOfTheReaderReportsItsOwn() throws IOException {
    BrokerOutput out = new BrokerOutput(BROKEN, error -> error, reason);
    out.write(new byte[] {1}, 0, 1);
    assertEquals("broken pipe", assertThrows(IOException.class, out::flush).getMessage());
  }

  @Test
  void anInterruptedReaderKeepsItsErrorAndDoesNotWaitForConnect() {
    IOException alert = new IOException("alert of TLS 1.3");
    Thread.currentThread().interrupt();
    reason.onReadError(alert);
    assertTrue(Thread.interrupted());
    assertSame(alert, reason.reasonOf(new IOException("broken pipe")));
  }

  @Test
  void anInterruptedWriterReportsItsOwnError() {
    IOException own = new IOException("broken pipe");
    Thread.currentThread().interrupt();
    assertSame(own, reason.reasonOf(own));
    assertTrue(Thread.interrupted());
  }

  @Test
  void theFirstErrorOfTheReaderIsTheReason() {
    IOException first = new IOException("first");
    reason.onWritten();
    reason.onReadError(first);
    reason.onReadError(new IOException("second"));
    assertSame(first, reason.reasonOf(new IOException("broken pipe")));
  }
}
