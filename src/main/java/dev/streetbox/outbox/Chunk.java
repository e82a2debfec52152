package dev.streetbox.outbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.streetbox.datadir.DamagedException;
import dev.streetbox.measure.Row;
import dev.streetbox.measure.RowJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Packs rows of one boot into one blob: the boot's number on a line, then each row's stored JSON on
 * a line, deflated with zlib header and Adler-32. Ten seconds of sixteen values take about 400
 * bytes. The boot's number is included so that a chunk with a damaged key is not taken for another
 * boot's.
 *
 * @param boot the boot
 * @param rows 1 to {@link #MOST_ROWS} rows of consecutive seqs
 */
record Chunk(int boot, List<Row> rows) {
  /** The highest seq that fits into a key: 136 years of seconds. */
  static final long LAST_SEQ = 0xffff_ffffL;

  /**
   * Rows of one chunk at most. A reader unpacks whole chunks, and after an hour without a disk 3600
   * rows are committed at once.
   */
  static final int MOST_ROWS = 120;

  /** Its parser of numbers takes half of the CPU time that the JDK's takes. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  /** Returns the key of the chunk whose first row has that seq. */
  static long id(int boot, long seq) {
    return (long) boot << Integer.SIZE | seq;
  }

  static int boot(long id) {
    return (int) (id >> Integer.SIZE);
  }

  static long first(long id) {
    return id & LAST_SEQ;
  }

  long id() {
    return id(boot, rows.get(0).seq());
  }

  long lastTickMs() {
    return rows.get(rows.size() - 1).tickMs();
  }

  /** Returns the bytes to be stored. */
  byte[] pack() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (JsonGenerator json = JSON.createGenerator(new DeflaterOutputStream(bytes, deflater))) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      json.writeNumber(boot);
      for (Row row : rows) {
        RowJson.writeStored(json, row);
      }
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the rows from stored bytes.
   *
   * @throws DamagedException if the bytes are not the chunk of that key
   */
  static Chunk unpack(long id, byte[] packed) throws DamagedException {
    List<Row> rows = new ArrayList<>();
    int boot = boot(id);
    try (JsonParser json =
        JSON.createParser(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
      if (json.nextToken() != JsonToken.VALUE_NUMBER_INT || json.getIntValue() != boot) {
        throw new IOException("rows of another boot");
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Row row = RowJson.readStored(json, boot);
        if (row.seq() != first(id) + rows.size()) {
          throw new IOException("row " + row.seq() + " out of place");
        }
        rows.add(row);
      }
      if (json.currentToken() != null || rows.isEmpty()) {
        throw new IOException("rows, and something else");
      }
      return new Chunk(boot, rows);
    } catch (IOException e) {
      throw new DamagedException("chunk " + boot + "/" + first(id) + ": " + e.getMessage(), e);
    }
  }
}
