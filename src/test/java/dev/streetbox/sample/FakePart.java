package dev.streetbox.sample;

import dev.streetbox.bus.BusException;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.driver.Rhythm;
import dev.streetbox.driver.Sensor;
import dev.streetbox.measure.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Simulates a part that a test plugs, unplugs, slows down or lets fail. An unplugged part does not
 * acknowledge; after it was plugged again it must be started before it answers, like a part that
 * lost its power.
 */
final class FakePart implements Sensor {
  private final ScriptedTime time;
  private final Duration period;
  private final Deque<IOException> failures = new ArrayDeque<>();
  private final List<Long> reads = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private Supplier<Sample> gives = () -> Sample.NOTHING;
  private Duration readTakes = Duration.ZERO;
  private Duration fresh = Duration.ofSeconds(2);
  private boolean plugged = true;
  private boolean started;
  private String remark = "";
  private int closed;

  FakePart(ScriptedTime time, Duration period) {
    this.time = time;
    this.period = period;
  }

  /** Sets the sample of each read. */
  FakePart gives(Supplier<Sample> answer) {
    gives = answer;
    return this;
  }

  /** Sets the remark on each sample. */
  FakePart remarks(String words) {
    remark = words;
    return this;
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(remark).filter(words -> !words.isEmpty());
  }

  /** Sets the duration of each read, successful or not. */
  FakePart taking(Duration duration) {
    readTakes = duration;
    return this;
  }

  FakePart freshFor(Duration duration) {
    fresh = duration;
    return this;
  }

  /** Sets the errors of the next reads, in order. */
  FakePart failing(IOException... errors) {
    failures.addAll(List.of(errors));
    return this;
  }

  void plug(boolean in) {
    plugged = in;
    started &= in;
  }

  boolean isPlugged() {
    return plugged;
  }

  /** Returns the ticks at which reads began. */
  List<Long> reads() {
    return reads;
  }

  /** Returns the ticks of attempts to start. */
  List<Long> starts() {
    return starts;
  }

  int timesClosed() {
    return closed;
  }

  static BusException nack() {
    return new BusException("nobody acknowledged", BusException.EREMOTEIO);
  }

  @Override
  public void start() throws IOException {
    starts.add(time.tickMs());
    if (!plugged) {
      throw nack();
    }
    started = true;
  }

  @Override
  public Sample read() throws IOException {
    reads.add(time.tickMs());
    time.pass(readTakes);
    if (!started) {
      throw nack();
    }
    if (!failures.isEmpty()) {
      throw failures.removeFirst();
    }
    return gives.get();
  }

  @Override
  public Rhythm rhythm() {
    return new Rhythm(period, fresh);
  }

  @Override
  public void close() {
    closed++;
    started = false;
  }
}
