package dev.streetbox.compact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.streetbox.measure.Quantity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

/**
 * Decodes compact batches to the JSON from which they were encoded. Nothing in a body is trusted:
 * sizes are limited and every reference is checked. One object decodes one batch.
 */
public final class CompactDecoder {
  /** Limits the rows of a batch. */
  private static final int ROW_LIMIT = 1_000;

  /** Limits the numbers of all columns of a batch. */
  private static final int VALUE_LIMIT = 20_000;

  private static final int DROP_LIMIT = 1_000;

  private static final JsonFactory JSON = new JsonFactory();
  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(5)
                  .maxStringLength(1_000)
                  .maxDocumentLength(1_000_000)
                  .build())
          .build();

  private final JsonParser cbor;
  private final Map<Integer, List<Long>> values = new TreeMap<>();
  private final Map<Integer, BitSet> rowsOf = new TreeMap<>();
  private int valueCount;

  private CompactDecoder(JsonParser cbor) {
    this.cbor = cbor;
  }

  /**
   * Returns the JSON of a batch.
   *
   * @param limitBytes the most bytes that the JSON may have
   * @throws IOException if the body is damaged or above a limit; the text states what is wrong
   */
  public static byte[] decode(byte[] body, int limitBytes) throws IOException {
    try (JsonParser cbor =
        CBOR.createParser(new InflaterInputStream(new ByteArrayInputStream(body)))) {
      byte[] json = new CompactDecoder(cbor).json();
      // The checksum is behind the item and is compared only if the stream is read to its end.
      if (cbor.nextToken() != null) {
        throw new IOException("something follows the batch");
      }
      if (json.length > limitBytes) {
        throw new IOException("more than " + limitBytes + " bytes as JSON");
      }
      return json;
    } catch (IOException | ArithmeticException | IllegalArgumentException e) {
      throw new IOException("a damaged compact batch: " + e.getMessage(), e);
    }
  }

  private byte[] json() throws IOException {
    expect(cbor.nextToken(), JsonToken.START_ARRAY);
    long version = integer();
    String box = text();
    long boot = integer();
    boolean simulated = bool();
    long first = integer();
    long last = integer();
    Optional<String> calibration = optionalText();
    OptionalLong start = optionalInteger();
    OptionalLong earliest = optionalInteger();
    OptionalLong latest = optionalInteger();
    List<Long> seqs = Column.sums(Column.sums(integers(ROW_LIMIT)));
    int rows = seqs.size();
    List<Long> times = Column.sums(Column.sums(integers(rows)));
    List<Long> sources = sources(rows);
    List<Long> flags = Column.sums(integers(rows));
    if (times.size() != rows || sources.size() != rows || flags.size() != rows) {
      throw new IOException("columns of different lengths");
    }
    readColumns(rows);
    List<BatchHead.Dropped> drops = drops();
    expect(cbor.nextToken(), JsonToken.END_ARRAY);
    BatchHead head =
        new BatchHead(
            version,
            box,
            boot,
            simulated,
            first,
            last,
            calibration,
            start,
            earliest,
            latest,
            drops);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      head.writeBeforeRows(json);
      json.writeArrayFieldStart("rows");
      for (int row = 0; row < rows; row++) {
        json.writeStartObject();
        json.writeNumberField("seq", seqs.get(row));
        json.writeNumberField("t", Math.addExact(times.get(row), start.orElse(0)));
        json.writeStringField("tq", BatchHead.SOURCES.get(sources.get(row).intValue()).key());
        writeReadings(json, row);
        json.writeNumberField("q", flags.get(row));
        json.writeEndObject();
      }
      json.writeEndArray();
      head.writeAfterRows(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Writes the readings of a row in the order of the quantities, not of their numbers. */
  private void writeReadings(JsonGenerator json, int row) throws IOException {
    for (Quantity quantity : Quantity.values()) {
      int number = FieldNumbers.of(quantity);
      BitSet present = rowsOf.get(number);
      if (present != null && present.get(row)) {
        int place = present.get(0, row).cardinality();
        BigDecimal value = BigDecimal.valueOf(values.get(number).get(place), quantity.decimals());
        json.writeFieldName(quantity.key());
        json.writeNumber(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
      }
    }
  }

  private void readColumns(int rows) throws IOException {
    expect(cbor.nextToken(), JsonToken.START_ARRAY);
    while (cbor.nextToken() != JsonToken.END_ARRAY) {
      expect(cbor.currentToken(), JsonToken.VALUE_NUMBER_INT);
      int number = cbor.getIntValue();
      BitSet present = new BitSet();
      present.set(0, rows);
      if (cbor.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
        present = BitSet.valueOf(cbor.getBinaryValue());
        cbor.nextToken();
      }
      List<Long> column = Column.sums(integersHere(rows));
      if (column.size() != present.cardinality() || present.length() > rows) {
        throw new IOException("field " + number + " has " + column.size() + " values");
      }
      if (values.put(number, column) != null) {
        throw new IOException("field " + number + " occurs twice");
      }
      rowsOf.put(number, present);
    }
  }

  private List<Long> sources(int rows) throws IOException {
    List<Long> runs = integers(2 * rows);
    List<Long> sources = new ArrayList<>();
    for (int i = 0; i + 1 < runs.size(); i += 2) {
      long source = runs.get(i);
      long count = runs.get(i + 1);
      if (source < 0 || source >= BatchHead.SOURCES.size() || count < 1 || count > rows) {
        throw new IOException("no run of a time source is " + source + " × " + count);
      }
      for (int j = 0; j < count; j++) {
        sources.add(source);
      }
    }
    return sources;
  }

  private List<BatchHead.Dropped> drops() throws IOException {
    List<BatchHead.Dropped> drops = new ArrayList<>();
    expect(cbor.nextToken(), JsonToken.START_ARRAY);
    while (cbor.nextToken() != JsonToken.END_ARRAY) {
      expect(cbor.currentToken(), JsonToken.START_ARRAY);
      if (drops.size() >= DROP_LIMIT) {
        throw new IOException("more than " + DROP_LIMIT + " drops");
      }
      drops.add(new BatchHead.Dropped(integer(), integer(), text()));
      expect(cbor.nextToken(), JsonToken.END_ARRAY);
    }
    return drops;
  }

  private List<Long> integers(int limit) throws IOException {
    cbor.nextToken();
    return integersHere(limit);
  }

  private List<Long> integersHere(int limit) throws IOException {
    expect(cbor.currentToken(), JsonToken.START_ARRAY);
    List<Long> integers = new ArrayList<>();
    while (cbor.nextToken() != JsonToken.END_ARRAY) {
      expect(cbor.currentToken(), JsonToken.VALUE_NUMBER_INT);
      if (integers.size() >= limit || ++valueCount > VALUE_LIMIT) {
        throw new IOException("more values than rows, or more than " + VALUE_LIMIT);
      }
      integers.add(cbor.getLongValue());
    }
    return integers;
  }

  private long integer() throws IOException {
    expect(cbor.nextToken(), JsonToken.VALUE_NUMBER_INT);
    return cbor.getLongValue();
  }

  private String text() throws IOException {
    expect(cbor.nextToken(), JsonToken.VALUE_STRING);
    return cbor.getText();
  }

  private boolean bool() throws IOException {
    cbor.nextToken();
    return cbor.getBooleanValue();
  }

  private OptionalLong optionalInteger() throws IOException {
    if (cbor.nextToken() == JsonToken.VALUE_NULL) {
      return OptionalLong.empty();
    }
    expect(cbor.currentToken(), JsonToken.VALUE_NUMBER_INT);
    return OptionalLong.of(cbor.getLongValue());
  }

  private Optional<String> optionalText() throws IOException {
    if (cbor.nextToken() == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    expect(cbor.currentToken(), JsonToken.VALUE_STRING);
    return Optional.of(cbor.getText());
  }

  private static void expect(JsonToken token, JsonToken expected) throws IOException {
    if (token != expected) {
      throw new IOException("expected " + expected + ", found " + token);
    }
  }
}
