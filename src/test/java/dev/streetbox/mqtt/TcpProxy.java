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
 * A bad radio link on one machine: a TCP proxy that can be slow, late, silent, deaf, or reset
 * connections at a chosen byte. While it is silent it answers no SYN either: its queue of
 * connections is kept full, and Linux drops a SYN that finds no room.
 */
public final class TcpProxy implements AutoCloseable {
  /** A direction's budget that never ends. */
  public static final int ENDLESS = Integer.MAX_VALUE;

  private static final int CHUNK_BYTES = 1024;

  private final ServerSocket listener;
  private final int target;
  private final SystemTime time = new SystemTime();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Socket> fillers = new ArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Object hole = new Object();
  private boolean silent;
  private volatile long latencyMs;
  private volatile long bytesPerSecond = Long.MAX_VALUE;
  private volatile boolean answersSwallowed;
  private volatile int upBytes = ENDLESS;
  private volatile int downBytes = ENDLESS;

  /** A link to a port of this machine, good until a test makes it bad. */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** The proxied broker, as people write it. */
  public URI uri(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  /** Delays every byte that long, in each direction. */
  public void delay(Duration latency) {
    latencyMs = latency.toMillis();
  }

  /** Lets so many bytes a second through, in each direction. */
  public void throttle(long limit) {
    bytesPerSecond = limit;
  }

  /** What the broker says is lost on its way; what it is told arrives. */
  public void swallowAnswers(boolean swallow) {
    answersSwallowed = swallow;
  }

  /** New connections are reset once so many bytes have gone up to the broker, or down from it. */
  public void resetAfter(int up, int down) {
    upBytes = up;
    downBytes = down;
  }

  /** How many connections were made so far. */
  public int accepted() {
    return accepted.get();
  }

  /** Resets every connection. */
  public void reset() {
    open.forEach(TcpProxy::reset);
  }

  /** Nothing passes any more, no SYN is answered, and nobody is told. */
  public void enterHole() throws IOException {
    synchronized (hole) {
      silent = true;
    }
    for (boolean room = true; room; ) {
      Socket filler = new Socket();
      try {
        // Longer than a SYN's first repetition: the accepting thread may only just have made room.
        filler.connect(listener.getLocalSocketAddress(), 1_500);
        fillers.add(filler);
      } catch (IOException e) {
        filler.close();
        room = false;
      }
    }
  }

  /** Everything passes again, what was held back first. */
  public void leaveHole() throws IOException {
    for (Socket filler : fillers) {
      filler.close();
    }
    fillers.clear();
    synchronized (hole) {
      silent = false;
      hole.notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    leaveHole();
    listener.close();
    reset();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      awaitNoHole();
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

  /** A chunk on its way; an empty one is the end. */
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
        if (!(answers && answersSwallowed)) {
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
      awaitNoHole();
      out.write(bytes);
    }
  }

  private void awaitNoHole() throws IOException {
    synchronized (hole) {
      try {
        while (silent) {
          hole.wait();
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
      // It was closed already.
    }
  }

  /** Something that the end of a connection ends. */
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
                // The connection is over, or the test.
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
