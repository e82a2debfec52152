package dev.streetbox.compact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.streetbox.bus.Hardware;
import dev.streetbox.measure.Quantity;
import dev.streetbox.measure.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Encodes the JSON of a batch as one CBOR item (RFC 8949) of columns, compressed by DEFLATE in the
 * zlib format (RFC 1950). One object encodes one batch.
 */
public final class CompactEncoder {
  private static final JsonFactory JSON = new JsonFactory();
  private static final CBORFactory CBOR = new CBORFactory();

  private final List<Long> seqs = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final List<Long> sources = new ArrayList<>();
  private final List<Long> flags = new ArrayList<>();
  private final Map<Integer, Column> columns = new TreeMap<>();
  private final List<BatchHead.Dropped> drops = new ArrayList<>();
  private long version;
  private String box = "";
  private long boot;
  private boolean simulated;
  private long first;
  private long last;
  private Optional<String> calibration = Optional.empty();
  private OptionalLong start = OptionalLong.empty();
  private OptionalLong earliest = OptionalLong.empty();
  private OptionalLong latest = OptionalLong.empty();

  private CompactEncoder() {}

  /**
   * Returns the compact form of a batch.
   *
   * @param json a batch as this program writes it (contract, "A batch")
   * @throws IOException if the text is not such a batch
   */
  public static byte[] encode(byte[] json) throws IOException {
    CompactEncoder encoder = new CompactEncoder();
    try (JsonParser parser = JSON.createParser(json)) {
      encoder.read(parser);
      return encoder.bytes();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IOException("a batch has a number that cannot be encoded: " + e.getMessage(), e);
    }
  }

  private void read(JsonParser json) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "v" -> version = json.getLongValue();
        case "box" -> box = json.getText();
        case "boot" -> boot = json.getLongValue();
        case Hardware.SIMULATED -> simulated = json.getBooleanValue();
        case "first" -> first = json.getLongValue();
        case "last" -> last = json.getLongValue();
        case "cal" -> calibration = Optional.of(json.getText());
        case "t0" -> start = OptionalLong.of(json.getLongValue());
        case "t0_min" -> earliest = OptionalLong.of(json.getLongValue());
        case "t0_max" -> latest = OptionalLong.of(json.getLongValue());
        case "rows" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            readRow(json);
          }
        }
        case "drops" -> {
          while (json.nextToken() == JsonToken.START_ARRAY) {
            readDrop(json);
          }
        }
        default -> throw new IOException("a batch has no field " + name);
      }
    }
  }

  private void readRow(JsonParser json) throws IOException {
    int row = seqs.size();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "seq" -> seqs.add(json.getLongValue());
        case "t" -> times.add(json.getLongValue());
        case "tq" -> sources.add((long) BatchHead.SOURCES.indexOf(source(json.getText())));
        case "q" -> flags.add(json.getLongValue());
        default -> addReading(row, name, json.getText());
      }
    }
    if (Stream.of(seqs, times, sources, flags).anyMatch(column -> column.size() != row + 1)) {
      throw new IOException("a row needs one each of seq, t, tq and q");
    }
  }

  private static TimeSource source(String key) throws IOException {
    return TimeSource.of(key).orElseThrow(() -> new IOException("no time source is " + key));
  }

  private void addReading(int row, String name, String text) throws IOException {
    Quantity quantity =
        Quantity.of(name).orElseThrow(() -> new IOException("a row has no field " + name));
    long units = new BigDecimal(text).movePointRight(quantity.decimals()).longValueExact();
    columns.computeIfAbsent(FieldNumbers.of(quantity), any -> new Column()).add(row, units);
  }

  private void readDrop(JsonParser json) throws IOException {
    long from = json.nextLongValue(0);
    long to = json.nextLongValue(0);
    drops.add(new BatchHead.Dropped(from, to, json.nextTextValue()));
    json.nextToken();
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (JsonGenerator cbor = CBOR.createGenerator(new DeflaterOutputStream(bytes, deflater))) {
      write(cbor);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private void write(JsonGenerator cbor) throws IOException {
    cbor.writeStartArray(null, 16);
    cbor.writeNumber(version);
    cbor.writeString(box);
    cbor.writeNumber(boot);
    cbor.writeBoolean(simulated);
    cbor.writeNumber(first);
    cbor.writeNumber(last);
    if (calibration.isPresent()) {
      cbor.writeString(calibration.get());
    } else {
      cbor.writeNull();
    }
    writeOptional(cbor, start);
    writeOptional(cbor, earliest);
    writeOptional(cbor, latest);
    write(cbor, Column.differences(Column.differences(seqs)));
    long startMs = start.orElse(0);
    List<Long> sinceStart = times.stream().map(time -> Math.subtractExact(time, startMs)).toList();
    write(cbor, Column.differences(Column.differences(sinceStart)));
    write(cbor, runs(sources));
    write(cbor, Column.differences(flags));
    writeColumns(cbor);
    cbor.writeStartArray(null, drops.size());
    for (BatchHead.Dropped drop : drops) {
      cbor.writeStartArray(null, 3);
      cbor.writeNumber(drop.first());
      cbor.writeNumber(drop.last());
      cbor.writeString(drop.reason());
      cbor.writeEndArray();
    }
    cbor.writeEndArray();
    cbor.writeEndArray();
  }

  /** Writes for each column its field, a bit for each row if some lack a value, and differences. */
  private void writeColumns(JsonGenerator cbor) throws IOException {
    int incomplete =
        (int) columns.values().stream().filter(of -> !of.isComplete(seqs.size())).count();
    cbor.writeStartArray(null, 2 * columns.size() + incomplete);
    for (Map.Entry<Integer, Column> entry : columns.entrySet()) {
      cbor.writeNumber(entry.getKey());
      if (!entry.getValue().isComplete(seqs.size())) {
        cbor.writeBinary(entry.getValue().present());
      }
      write(cbor, Column.differences(entry.getValue().values()));
    }
    cbor.writeEndArray();
  }

  /** Returns each value once with the number of rows that have it in a row. */
  private static List<Long> runs(List<Long> values) {
    List<Long> runs = new ArrayList<>();
    for (long value : values) {
      int end = runs.size();
      if (end > 0 && runs.get(end - 2) == value) {
        runs.set(end - 1, runs.get(end - 1) + 1);
      } else {
        runs.add(value);
        runs.add(1L);
      }
    }
    return runs;
  }

  private static void writeOptional(JsonGenerator cbor, OptionalLong value) throws IOException {
    if (value.isPresent()) {
      cbor.writeNumber(value.getAsLong());
    } else {
      cbor.writeNull();
    }
  }

  private static void write(JsonGenerator cbor, List<Long> numbers) throws IOException {
    cbor.writeStartArray(null, numbers.size());
    for (long number : numbers) {
      cbor.writeNumber(number);
    }
    cbor.writeEndArray();
  }
}
