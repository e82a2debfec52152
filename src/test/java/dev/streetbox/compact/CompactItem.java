package dev.streetbox.compact;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Builds a compact batch of one row element by element, so that one of them can be wrong. */
final class CompactItem {
  /** Lists the elements of a batch in their order ({@code deploy/contract/compact.cddl}). */
  enum Place {
    V,
    BOX,
    BOOT,
    SIM,
    FIRST,
    LAST,
    CAL,
    T0,
    T0_MIN,
    T0_MAX,
    SEQ,
    T,
    TQ,
    Q,
    COLUMNS,
    DROPS
  }

  /** Writes one element. */
  @FunctionalInterface
  interface Element {
    /** Writes it. */
    void write(JsonGenerator cbor) throws IOException;
  }

  /** The number of the field temp_c. */
  static final Element TEMPERATURE = integer(45);

  /** The known fields of {@link #ofALaterProgram}. */
  static final String LATER_JSON =
      "{\"v\":1,\"box\":\"sb-1\",\"boot\":1,\"first\":1,\"last\":1,"
          + "\"rows\":[{\"seq\":1,\"t\":5000,\"tq\":\"gnss\",\"temp_c\":21.4,\"q\":0}]}";

  /** More JSON than any item of the tests can give. */
  private static final int LIMIT_BYTES = 512_000;

  private final Map<Place, Element> elements = new EnumMap<>(Place.class);

  CompactItem() {
    for (Place place : Place.values()) {
      elements.put(place, integer(1));
    }
    with(Place.BOX, cbor -> cbor.writeString("sb-1"));
    with(Place.SIM, cbor -> cbor.writeBoolean(false));
    for (Place place : new Place[] {Place.CAL, Place.T0, Place.T0_MIN, Place.T0_MAX}) {
      with(place, JsonGenerator::writeNull);
    }
    with(Place.SEQ, integers(1)).with(Place.T, integers(5000));
    with(Place.TQ, integers(0, 1)).with(Place.Q, integers(0));
    with(Place.COLUMNS, integers()).with(Place.DROPS, integers());
  }

  /** Replaces an element. */
  CompactItem with(Place place, Element element) {
    elements.put(place, element);
    return this;
  }

  /** Returns the compressed item. */
  byte[] body() throws IOException {
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    try (JsonGenerator cbor = new CBORFactory().createGenerator(item)) {
      array(elements.values().toArray(Element[]::new)).write(cbor);
    }
    return deflated(item.toByteArray());
  }

  /** Returns what the decoder makes of the item. */
  String decoded() throws IOException {
    return new String(CompactDecoder.decode(body(), LIMIT_BYTES), StandardCharsets.UTF_8);
  }

  /** Fails unless the decoder refuses the item with a text that contains the reason. */
  void assertRefused(String reason) throws IOException {
    assertRefused(reason, body());
  }

  /** Fails unless the decoder refuses the body with a text that contains the reason. */
  static void assertRefused(String reason, byte[] body) {
    IOException refused =
        assertThrows(IOException.class, () -> CompactDecoder.decode(body, LIMIT_BYTES), reason);
    String said = refused.getMessage();
    assertTrue(said.startsWith("a damaged compact batch: "), said);
    assertTrue(said.contains(reason), said + " does not say: " + reason);
  }

  /** Returns an item of a later program, which decodes to {@link #LATER_JSON}. */
  static CompactItem ofALaterProgram() {
    return new CompactItem()
        .with(
            Place.COLUMNS,
            array(
                integer(999),
                integers(7),
                TEMPERATURE,
                integers(2140),
                integer(998),
                bits(1),
                integers(Long.MAX_VALUE)));
  }

  /** Returns an integer. */
  static Element integer(long number) {
    return cbor -> cbor.writeNumber(number);
  }

  /** Returns a byte string of one byte. */
  static Element bits(int bits) {
    return cbor -> cbor.writeBinary(new byte[] {(byte) bits});
  }

  /** Returns an array of integers. */
  static Element integers(long... numbers) {
    return cbor -> cbor.writeArray(numbers, 0, numbers.length);
  }

  /** Returns an array of elements. */
  static Element array(Element... elements) {
    return cbor -> {
      cbor.writeStartArray(null, elements.length);
      for (Element element : elements) {
        element.write(cbor);
      }
      cbor.writeEndArray();
    };
  }

  static byte[] deflated(byte[] item) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(item);
    }
    return bytes.toByteArray();
  }

  static byte[] inflated(byte[] body) throws IOException {
    return new InflaterInputStream(new ByteArrayInputStream(body)).readAllBytes();
  }
}
