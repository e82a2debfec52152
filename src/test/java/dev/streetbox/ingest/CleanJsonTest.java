package dev.streetbox.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class CleanJsonTest {
  @Test
  void whatJsonbAcceptsStaysAsItIs() {
    String json = "{\"a\":[1,2.50,-3e5,true,false,null,{}],\"b\":\"ü€\uD83D\uDE00\"}";
    assertEquals(json, CleanJson.of(json));
  }

  @Test
  void nullCharactersAndHalvesOfPairsAreReplaced() {
    assertEquals(
        "{\"a\ufffd\":\"b\ufffdc\ufffd\"}", CleanJson.of("{\"a\\u0000\":\"b\\u0000c\\ud800\"}"));
  }

  @Test
  void aNumberBeyondDoubleIsAString() {
    assertEquals("[\"1e400\",\"-1e999999\",1e308]", CleanJson.of("[1e400,-1e999999,1e308]"));
  }

  @Test
  void anythingElseIsRefused() {
    assertThrows(UncheckedIOException.class, () -> CleanJson.of("{\"a\":"));
  }
}
