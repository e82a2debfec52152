package dev.streetbox.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.streetbox.bus.BusException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final LineSplitter splitter = new LineSplitter();

  private void add(String text) throws BusException {
    byte[] bytes = text.getBytes(UTF_8);
    splitter.add(bytes, bytes.length);
  }

  @Test
  void aLineOf16384BytesIsTheLongest() throws BusException {
    String longest = "x".repeat(LineSplitter.LONGEST);
    add(longest + "\n");
    assertEquals(Optional.of(longest), splitter.next());
    assertThrows(BusException.class, () -> add(longest + "x"));
  }

  @Test
  void clearingDropsCompleteLinesAndTheIncompleteOne() throws BusException {
    add("one\ntwo\nthr");
    splitter.clear();
    assertEquals(Optional.empty(), splitter.next());
    add("ee\n");
    assertEquals(Optional.of("ee"), splitter.next());
  }

  @Test
  void onlyTheCountedBytesAreAdded() throws BusException {
    splitter.add("one\ntwo\n".getBytes(UTF_8), 4);
    assertEquals(Optional.of("one"), splitter.next());
    assertEquals(Optional.empty(), splitter.next());
  }
}
