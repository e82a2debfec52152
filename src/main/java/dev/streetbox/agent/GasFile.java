package dev.streetbox.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.streetbox.bus.Time;
import dev.streetbox.driver.GasIndex.State;
import dev.streetbox.driver.GasMemory;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import dev.streetbox.outbox.PrivateFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * What one gas part has learned, in a small file in the data folder, and the duty that writes it.
 * How old it is, is known within a boot by the monotonic clock; across boots only if a trusted
 * clock had told the time both then and now. Otherwise it is not used: the scooter may have stood
 * for a minute or a week.
 *
 * <p>The part's thread calls {@link #keep} and {@link #recall}, the duty's own {@link #cycle} and
 * {@link #close}.
 */
final class GasFile implements GasMemory, KeptFile {
  /** Spares the card, and leaves most of a state's ten minutes after a power cut. */
  static final Duration WRITE_EVERY = Duration.ofMinutes(3);

  private static final JsonFactory JSON = new JsonFactory();

  private record Kept(long serial, State state, long tickMs) {}

  private record Filed(long serial, State state, long utcMs) {}

  private final Path file;
  private final LongFunction<OptionalLong> utcMs;
  private final Time time;
  private final Faults faults;
  private volatile Optional<Kept> kept = Optional.empty();
  private volatile Optional<Filed> filed = Optional.empty();
  private Optional<Kept> written = Optional.empty();
  private boolean read;

  /**
   * Reads nothing yet.
   *
   * @param file absent at first
   * @param utcMs the trusted time of day at a tick, in ms since 1970, if there is one; asked by
   *     both threads
   */
  GasFile(Path file, LongFunction<OptionalLong> utcMs, Time time, Faults faults) {
    this.file = file;
    this.utcMs = utcMs;
    this.time = time;
    this.faults = faults;
  }

  @Override
  public String name() {
    return file.getFileName().toString();
  }

  @Override
  public void keep(long serial, State state) {
    kept = Optional.of(new Kept(serial, state, time.tickMs()));
  }

  @Override
  public Optional<Learned> recall(long serial) {
    long nowMs = time.tickMs();
    Optional<Kept> own = kept;
    if (own.isPresent()) {
      return own.filter(known -> known.serial() == serial)
          .map(known -> new Learned(known.state(), Duration.ofMillis(nowMs - known.tickMs())));
    }
    OptionalLong utcNowMs = utcMs.apply(nowMs);
    if (utcNowMs.isEmpty()) {
      return Optional.empty();
    }
    return filed
        .filter(known -> known.serial() == serial)
        .map(
            known ->
                new Learned(
                    known.state(), Duration.ofMillis(utcNowMs.getAsLong() - known.utcMs())));
  }

  /** Reads the file at first; later writes what is new and can be dated. */
  @Override
  public Duration cycle() {
    if (read) {
      write();
    } else {
      read = true;
      read();
    }
    return WRITE_EVERY;
  }

  @Override
  public void close() {
    write();
  }

  private void write() {
    Optional<Kept> newest = kept;
    if (newest.isEmpty() || newest.equals(written)) {
      return;
    }
    OptionalLong at = utcMs.apply(newest.get().tickMs());
    if (at.isEmpty()) {
      return;
    }
    try {
      PrivateFiles.replace(file, text(newest.get(), at.getAsLong()));
      written = newest;
      faults.clear(name());
    } catch (IOException e) {
      faults.raise(Subsystem.STORE, name(), "cannot be written: " + e.getMessage(), time.tickMs());
    }
  }

  private void read() {
    try {
      filed = Optional.of(parsed(Files.readString(file)));
    } catch (NoSuchFileException e) {
      // As it should be at the first start.
    } catch (IOException e) {
      faults.raise(
          Subsystem.STORE,
          name(),
          "cannot be read, learning anew: " + e.getMessage(),
          time.tickMs());
    }
  }

  private static String text(Kept known, long utcMs) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("serial", known.serial());
      json.writeNumberField("utc_ms", utcMs);
      json.writeNumberField("mean", known.state().mean());
      json.writeNumberField("std", known.state().std());
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static Filed parsed(String text) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          fields.put(name, json.getText());
        }
      }
      return new Filed(
          Long.parseLong(fields.getOrDefault("serial", "")),
          new State(
              Float.parseFloat(fields.getOrDefault("mean", "")),
              Float.parseFloat(fields.getOrDefault("std", ""))),
          Long.parseLong(fields.getOrDefault("utc_ms", "")));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + ": not a file of this program", e);
    }
  }
}
