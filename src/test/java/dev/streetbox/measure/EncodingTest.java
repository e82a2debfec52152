package dev.streetbox.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EncodingTest {
  @Test
  void eachEncodingHasTheContractsNameAndContentType() {
    assertEquals("json", Encoding.JSON.key());
    assertEquals("application/json", Encoding.JSON.contentType());
    assertEquals("json+gzip", Encoding.JSON_GZIP.key());
    assertEquals("application/json+gzip", Encoding.JSON_GZIP.contentType());
    assertEquals("compact", Encoding.COMPACT.key());
    assertEquals("application/vnd.streetbox.compact", Encoding.COMPACT.contentType());
  }

  @Test
  void aNameFindsItsEncodingAndAnUnknownOneFindsNone() {
    assertEquals(Optional.of(Encoding.JSON_GZIP), Encoding.of("json+gzip"));
    assertEquals(Optional.empty(), Encoding.of("gzip"));
  }
}
