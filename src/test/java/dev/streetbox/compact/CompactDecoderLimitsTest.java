package dev.streetbox.compact;

import static dev.streetbox.compact.CompactItem.array;
import static dev.streetbox.compact.CompactItem.integer;
import static dev.streetbox.compact.CompactItem.integers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.compact.CompactItem.Element;
import dev.streetbox.compact.CompactItem.Place;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Decodes bodies that would take more memory than any batch needs. */
class CompactDecoderLimitsTest {
  private static final int LIMIT_BYTES = 512_000;

  private static CompactItem with(Place place, Element element) {
    return new CompactItem().with(place, element);
  }

  @Test
  void anItemOfMoreThanAMegabyteIsRefusedWhereverItsBytesAre() throws IOException {
    Element megabytes = cbor -> cbor.writeBinary(new byte[20_000_000]);
    with(Place.COLUMNS, array(integer(999), megabytes, integers()))
        .assertRefused("Document length");
    with(Place.SEQ, integers())
        .with(Place.T, integers())
        .with(Place.TQ, integers())
        .with(Place.Q, integers())
        .with(Place.COLUMNS, columns(400_000, integers()))
        .assertRefused("Document length");
  }

  private static Element columns(int count, Element values) {
    Element[] columns = new Element[2 * count];
    for (int field = 0; field < count; field++) {
      columns[2 * field] = integer(field);
      columns[2 * field + 1] = values;
    }
    return array(columns);
  }

  @Test
  void aTextOfMoreThan1000CharactersIsRefused() throws IOException {
    String longest = "b".repeat(1_000);
    assertTrue(with(Place.BOX, cbor -> cbor.writeString(longest)).decoded().contains(longest));
    with(Place.CAL, cbor -> cbor.writeString(longest + "b")).assertRefused("1001");
  }

  @Test
  void moreThan1000DropsAreRefused() throws IOException {
    Element[] drops = new Element[1_001];
    Arrays.fill(drops, array(integer(1), integer(2), cbor -> cbor.writeString("refused")));
    Element most = array(Arrays.copyOf(drops, 1_000));
    assertEquals(1_001, with(Place.DROPS, most).decoded().split("refused", -1).length);
    with(Place.DROPS, array(drops)).assertRefused("more than 1000 drops");
  }

  @Test
  void moreThan20000NumbersInAllColumnsAreRefused() throws IOException {
    Element thousand = integers(new long[1_000]);
    CompactItem item =
        with(Place.SEQ, thousand)
            .with(Place.T, thousand)
            .with(Place.TQ, integers(0, 1_000))
            .with(Place.Q, thousand);
    String json = item.with(Place.COLUMNS, columns(16, thousand)).decoded();
    assertEquals(1_001, json.split("\"seq\"", -1).length);
    item.with(Place.COLUMNS, columns(17, thousand)).assertRefused("more than 20000");
  }

  @Test
  void theJsonMayHaveAsManyBytesAsTheCallersLimit() throws IOException {
    byte[] body = new CompactItem().body();
    int bytes = CompactDecoder.decode(body, LIMIT_BYTES).length;
    assertEquals(bytes, CompactDecoder.decode(body, bytes).length);
    IOException refused =
        assertThrows(IOException.class, () -> CompactDecoder.decode(body, bytes - 1));
    assertEquals(
        "a damaged compact batch: more than " + (bytes - 1) + " bytes as JSON",
        refused.getMessage());
  }
}
