package dev.streetbox.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.bus.GpioInput;
import dev.streetbox.bus.GpioOutput;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.Faults;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads and drives lines of a GPIO chip that comes and goes. */
class RetriedLinesTest {
  private static final GpioInput.Edge PRESS = new GpioInput.Edge(3, false);

  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final List<String> calls = new ArrayList<>();
  private Optional<IOException> error = Optional.empty();

  private void call(String call) throws IOException {
    calls.add(call);
    if (error.isPresent()) {
      throw error.get();
    }
  }

  /** Gives one edge with each wait. */
  private final class Input implements GpioInput {
    @Override
    public void open() throws IOException {
      call("open");
    }

    @Override
    public List<Edge> await(Duration timeout) {
      calls.add("wait " + timeout.toMillis());
      return List.of(PRESS);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private final class Output implements GpioOutput {
    @Override
    public void open() throws IOException {
      call("open");
    }

    @Override
    public void set(boolean high) {
      calls.add("set " + high);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private List<String> calls() {
    List<String> all = List.copyOf(calls);
    calls.clear();
    return all;
  }

  private long activeFaults() {
    return faults.list().stream().filter(Faults.Fault::active).count();
  }

  private RetriedLine line() {
    return new RetriedLine(Optional.of(new Input()), "button", time, faults);
  }

  @Test
  void aWaitForEdgesLastsASecondAtMost() throws IOException {
    assertEquals(List.of(PRESS), line().await(Duration.ofMillis(999)));
    assertEquals(List.of(PRESS), line().await(Duration.ofHours(1)));
    assertEquals(List.of("open", "wait 999", "open", "wait 1000"), calls());
  }

  @Test
  void aLineThatIsMissingIsAFaultAndOpenedAgainEverMoreSeldom() throws IOException {
    RetriedLine line = line();
    error = Optional.of(new IOException("no gpiochip0"));
    assertEquals(List.of(), line.await(Duration.ofSeconds(1)));
    assertEquals(List.of("open", "close"), calls());
    assertEquals("button", faults.list().get(0).place());
    line.await(Duration.ofMillis(999));
    assertEquals(List.of(), calls(), "the first second is not over");
    time.pass(Duration.ofMillis(1));
    line.await(Duration.ofSeconds(1));
    assertEquals(List.of("open", "close"), calls());
    line.await(Duration.ofSeconds(1));
    assertEquals(List.of(), calls(), "now it waits for two seconds");
    assertEquals(1, activeFaults());
    time.pass(Duration.ofSeconds(1));
    error = Optional.empty();
    assertEquals(List.of(PRESS), line.await(Duration.ofSeconds(1)));
    assertEquals(0, activeFaults());
  }

  @Test
  void afterASuccessTheFirstWaitIsASecondAgain() throws IOException {
    RetriedLine line = line();
    error = Optional.of(new IOException("gone"));
    line.await(Duration.ofSeconds(1));
    time.pass(Duration.ofSeconds(1));
    error = Optional.empty();
    line.await(Duration.ofSeconds(1));
    error = Optional.of(new IOException("gone"));
    line.await(Duration.ofSeconds(1));
    calls();
    time.pass(Duration.ofSeconds(1));
    line.await(Duration.ofSeconds(1));
    assertEquals(List.of("open", "close"), calls());
  }

  @Test
  void anInterruptIsNoFaultOfTheLine() {
    error = Optional.of(new InterruptedIOException("end"));
    RetriedLine line = line();
    assertThrows(InterruptedIOException.class, () -> line.await(Duration.ofSeconds(1)));
    assertEquals(List.of(), faults.list());
    assertEquals(List.of("open"), calls());
    line.close();
    assertEquals(List.of("close"), calls());
  }

  @Test
  void withoutALineTheWaitPasses() throws IOException {
    RetriedLine none = new RetriedLine(Optional.empty(), "button", time, faults);
    assertEquals(List.of(), none.await(Duration.ofSeconds(5)));
    assertEquals(1_000, time.tickMs());
    none.close();
  }

  @Test
  void aLampIsSetOnceForEachLevelAndAgainAfterAFault() {
    RetriedLamp lamp = new RetriedLamp(Optional.of(new Output()), time, faults);
    lamp.set(true);
    lamp.set(true);
    lamp.set(false);
    assertEquals(List.of("open", "set true", "open", "set false"), calls());
    error = Optional.of(new IOException("gone"));
    lamp.set(true);
    assertEquals(List.of("open", "close"), calls());
    assertEquals("lamp", faults.list().get(0).place());
    error = Optional.empty();
    time.pass(Duration.ofMillis(999));
    lamp.set(false);
    assertEquals(List.of(), calls());
    time.pass(Duration.ofMillis(1));
    lamp.set(false);
    assertEquals(List.of("open", "set false"), calls(), "its level is not known after a fault");
    assertEquals(0, activeFaults());
    lamp.close();
    assertEquals(List.of("close"), calls());
  }
}
