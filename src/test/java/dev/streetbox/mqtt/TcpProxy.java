package dev.streetbox.mqtt;

import dev.streetbox.bus.SystemTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Simulates a bad radio link by a TCP proxy that can delay and throttle bytes, pass none, drop
 * answers, or reset connections at a chosen byte. While it passes none, it answers no SYN either,
 * because its accept queue is kept full and Linux then drops SYNs.
 */
public final class TcpProxy implements AutoCloseable {
  /** A number of bytes that is never reached. */
  public static final int ENDLESS = Integer.MAX_VALUE;

  private static final int CHUNK_BYTES = 1024;

  private final ServerSocket listener;
  private final int target;
  private final SystemTime time = new SystemTime();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Socket> fillers = new ArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Object outage = new Object();
  private boolean isOutage;
  private volatile long latencyMs;
  private volatile long bytesPerSecond = Long.MAX_VALUE;
  private volatile boolean dropsAnswers;
  private volatile int upBytes = ENDLESS;
  private volatile int downBytes = ENDLESS;

  /** Starts a link to a port of this machine, without faults. */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Returns the address of the proxied broker. */
  public URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  /** Delays every byte by a time, in each direction. */
  public void delay(Duration latency) {
    latencyMs = latency.toMillis();
  }

  /** Limits the bytes per second, in each direction. */
  public void throttle(long limit) {
    bytesPerSecond = limit;
  }

  /** Drops all bytes from the broker while set; bytes to the broker pass. */
  public void dropAnswers(boolean swallow) {
    dropsAnswers = swallow;
  }

  /** Resets each new connection after so many bytes to the broker, or from it. */
  public void resetAfter(int up, int down) {
    upBytes = up;
    downBytes = down;
  }

  /** Returns the number of connections accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Resets every connection. */
  public void reset() {
    open.forEach(TcpProxy::reset);
  }

  /** Stops passing bytes and answering SYNs, without closing anything. */
  public void startOutage() throws IOException {
    synchronized (outage) {
      isOutage = true;
    }
    for (boolean room = true; room; ) {
      Socket filler = new Socket();
      try {
        // The timeout exceeds a SYN's first repetition, because the accepting thread may just have
        // made room.
        filler.connect(listener.getLocalSocketAddress(), 1_500);
        fillers.add(filler);
      } catch (IOException e) {
        filler.close();
        room = false;
      }
    }
  }

  /** Passes bytes again, first those that were held back. */
  public void endOutage() throws IOException {
    for (Socket filler : fillers) {
      filler.close();
    }
    fillers.clear();
    synchronized (outage) {
      isOutage = false;
      outage.notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    endOutage();
    listener.close();
    reset();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      awaitNoOutage();
      accepted.incrementAndGet();
      Socket server = new Socket();
      try {
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5000);
      } catch (IOException e) {
        client.close();
        continue;
      }
      open.add(client);
      open.add(server);
      pump(client, server, upBytes, false);
      pump(server, client, downBytes, true);
    }
  }

  /** Holds bytes and the time to deliver them; an empty chunk marks the end of the stream. */
  private record Chunk(ByteBuffer bytes, long dueMs) {}

  private void pump(Socket from, Socket to, int budget, boolean answers) {
    BlockingQueue<Chunk> line = new LinkedBlockingQueue<>();
    start(() -> receive(from, line, budget, answers));
    start(
        () -> {
          try {
            deliver(line, to);
          } finally {
            if (budget != ENDLESS) {
              reset(from);
              reset(to);
            }
            from.close();
            to.close();
          }
        });
  }

  private void receive(Socket from, BlockingQueue<Chunk> line, int budget, boolean answers)
      throws IOException {
    int left = budget;
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[CHUNK_BYTES];
      while (left > 0) {
        int count = in.read(buffer, 0, Math.min(buffer.length, left));
        if (count < 0) {
          break;
        }
        left -= budget == ENDLESS ? 0 : count;
        if (!(answers && dropsAnswers)) {
          line.add(chunk(Arrays.copyOf(buffer, count)));
        }
      }
    } finally {
      line.add(chunk(new byte[0]));
    }
  }

  private Chunk chunk(byte[] bytes) {
    return new Chunk(ByteBuffer.wrap(bytes), time.tickMs() + latencyMs);
  }

  private void deliver(BlockingQueue<Chunk> line, Socket to) throws IOException {
    OutputStream out = to.getOutputStream();
    while (true) {
      Chunk chunk = take(line);
      byte[] bytes = chunk.bytes().array();
      if (bytes.length == 0) {
        return;
      }
      long waitMs = chunk.dueMs() - time.tickMs();
      long airMs = bytes.length * 1000L / bytesPerSecond;
      time.sleep(Duration.ofMillis(Math.max(0, waitMs) + airMs));
      awaitNoOutage();
      out.write(bytes);
    }
  }

  private void awaitNoOutage() throws IOException {
    synchronized (outage) {
      try {
        while (isOutage) {
          outage.wait();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static Chunk take(BlockingQueue<Chunk> line) throws IOException {
    try {
      return line.take();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // The socket was closed already.
    }
  }

  /** Runs until the connection ends. */
  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | UncheckedIOException e) {
                // The connection or the test has ended.
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
