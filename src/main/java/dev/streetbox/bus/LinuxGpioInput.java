package dev.streetbox.bus;

import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioLine;
import com.pi4j.library.gpiod.internal.GpioLineEvent;
import com.pi4j.library.gpiod.internal.LineEvent;
import com.pi4j.library.gpiod.internal.LineRequestFlag;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a line of the GPIO chip. The thread sleeps in the kernel until an edge comes or the timeout
 * has passed, so that an idle button wakes the processor once a timeout only, and the kernel's time
 * of an edge counts even if the thread was late.
 */
final class LinuxGpioInput implements GpioInput {
  /** The name that {@code gpioinfo} shows. */
  static final String CONSUMER = "streetbox";

  /** Limits one wait in the kernel (ns), because a stop of the thread does not end the wait. */
  private static final long LONGEST_WAIT_NS = 1_000_000_000;

  /** Limits the edges of one call, so that a line that oscillates does not hold the thread. */
  private static final int EDGE_LIMIT = 64;

  private final int number;
  private final GpioAccess access;
  private final EdgeTimes times = new EdgeTimes();
  private GpioLine line; // null while closed
  private GpioLineEvent event;

  LinuxGpioInput(int number, GpioAccess access) {
    this.number = number;
    this.access = access;
  }

  @Override
  public void open() throws IOException {
    if (line != null) {
      return;
    }
    GpioLine opened = access.line(number);
    event =
        GpioAccess.call(
            number,
            () -> {
              opened.requestBothEdgeEventsFlags(CONSUMER, LineRequestFlag.BIAS_PULL_UP.getVal());
              return GpioDContext.getInstance().openLineEvent();
            });
    times.restart();
    line = opened;
  }

  @Override
  public List<Edge> await(Duration timeout) throws IOException {
    if (line == null) {
      throw new IOException("GPIO " + number + " is closed");
    }
    return GpioAccess.call(number, () -> read(timeout));
  }

  private List<Edge> read(Duration timeout) {
    List<Edge> edges = new ArrayList<>();
    long waitNs = Math.max(0, Math.min(LONGEST_WAIT_NS, timeout.toNanos()));
    if (times.isStarted() && line.eventWait(waitNs)) {
      do {
        line.eventRead(event);
        times
            .edge(
                event.getTimeNs(),
                SystemTime.monotonicNs(),
                event.getType() == LineEvent.RISING_EDGE)
            .ifPresent(edges::add);
      } while (edges.size() < EDGE_LIMIT && line.eventWait(0));
    }
    times.level(line.getValue() != 0).ifPresent(edges::add);
    return edges;
  }

  @Override
  public void close() {
    if (line == null) {
      return;
    }
    GpioLine old = line;
    line = null;
    GpioAccess.release(
        number,
        () -> {
          GpioDContext.getInstance().closeLineEvent(event);
          GpioDContext.getInstance().closeLine(old);
          return old;
        });
  }
}
