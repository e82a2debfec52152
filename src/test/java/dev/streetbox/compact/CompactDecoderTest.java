package dev.streetbox.compact;

import static dev.streetbox.compact.CompactItem.TEMPERATURE;
import static dev.streetbox.compact.CompactItem.array;
import static dev.streetbox.compact.CompactItem.assertRefused;
import static dev.streetbox.compact.CompactItem.bits;
import static dev.streetbox.compact.CompactItem.integer;
import static dev.streetbox.compact.CompactItem.integers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.compact.CompactItem.Element;
import dev.streetbox.compact.CompactItem.Place;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decodes bodies that are damaged, contradict themselves, or come from a later program. */
class CompactDecoderTest {
  private static CompactItem with(Place place, Element element) {
    return new CompactItem().with(place, element);
  }

  @Test
  void theColumnsOfALaterProgramsFieldsArePassedOver() throws IOException {
    assertEquals(CompactItem.LATER_JSON, CompactItem.ofALaterProgram().decoded());
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aFractionAndNestedArraysAreRefusedAt(Place place) throws IOException {
    with(place, cbor -> cbor.writeNumber(1.5)).assertRefused("VALUE_NUMBER_FLOAT");
    Element nested = integers();
    for (int depth = 1; depth < 100; depth++) {
      nested = array(nested);
    }
    with(place, nested).assertRefused("START_ARRAY");
  }

  @Test
  void aBodyThatIsCutAnywhereIsRefused() throws IOException {
    byte[] body = new CompactItem().body();
    for (int bytes = 0; bytes < body.length; bytes++) {
      assertRefused("Unexpected end of ZLIB input stream", Arrays.copyOf(body, bytes));
    }
  }

  @Test
  void aByteBehindTheBatchIsRefused() throws IOException {
    byte[] item = CompactItem.inflated(new CompactItem().body());
    assertRefused("something follows", CompactItem.deflated(Arrays.copyOf(item, item.length + 1)));
  }

  @Test
  void aBatchOf15Or17ElementsIsRefused() throws IOException {
    byte[] item = CompactItem.inflated(new CompactItem().body());
    byte[] fewer = item.clone();
    fewer[0] = (byte) 0x8f;
    assertRefused("found END_ARRAY", CompactItem.deflated(fewer));
    byte[] more = Arrays.copyOf(item, item.length + 1);
    more[0] = (byte) 0x91;
    assertRefused("expected END_ARRAY", CompactItem.deflated(more));
  }

  @Test
  void differencesWhoseSumExceeds64BitsAreRefused() throws IOException {
    CompactItem later = with(Place.T0, integer(1));
    later.with(Place.T, integers(Long.MAX_VALUE)).assertRefused("overflow");
    CompactItem two = with(Place.T, integers(0, 0)).with(Place.TQ, integers(0, 2));
    two.with(Place.Q, integers(0, 0));
    two.with(Place.SEQ, integers(Long.MIN_VALUE, -1)).assertRefused("overflow");
    two.with(Place.SEQ, integers(1, 0));
    two.with(Place.Q, integers(Long.MAX_VALUE, 1)).assertRefused("overflow");
  }

  @Test
  void columnsOfDifferentLengthsAreRefused() throws IOException {
    for (Place place : List.of(Place.T, Place.TQ, Place.Q)) {
      with(place, integers()).assertRefused("columns of different lengths");
    }
    CompactItem twoRuns = with(Place.TQ, integers(0, 1, 1, 1)).with(Place.SEQ, integers(1, 0, 0));
    twoRuns.with(Place.T, integers(0, 0, 0)).with(Place.Q, integers(0, 0, 0));
    twoRuns.assertRefused("columns of different lengths");
  }

  @Test
  void aRunOfNoTimeSourceOrOfNoRowsIsRefused() throws IOException {
    with(Place.TQ, integers(3, 1)).assertRefused("3 × 1");
    with(Place.TQ, integers(-1, 1)).assertRefused("-1 × 1");
    with(Place.TQ, integers(0, 0)).assertRefused("0 × 0");
    with(Place.TQ, integers(0, 1_000_000)).assertRefused("0 × 1000000");
  }

  @Test
  void aFieldWithMoreOrFewerValuesThanItsBitsSayIsRefused() throws IOException {
    Element one = integers(5);
    Element none = integers();
    with(Place.COLUMNS, array(TEMPERATURE, none)).assertRefused("field 45 has 0 values");
    with(Place.COLUMNS, array(TEMPERATURE, bits(0), one)).assertRefused("field 45 has 1 values");
    with(Place.COLUMNS, array(TEMPERATURE, bits(1), none)).assertRefused("field 45 has 0 values");
    // The bit of a second row, which the batch does not have.
    with(Place.COLUMNS, array(TEMPERATURE, bits(2), one)).assertRefused("field 45 has 1 values");
  }

  @Test
  void aFieldThatOccursTwiceIsRefused() throws IOException {
    Element columns = array(TEMPERATURE, integers(5), TEMPERATURE, integers(6));
    with(Place.COLUMNS, columns).assertRefused("field 45 occurs twice");
  }
}
