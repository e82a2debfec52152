package dev.streetbox.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FoundPartsTest {
  @Test
  void aSerialPartIsFoundByTheBeginningOfItsFrames() {
    assertEquals("pms5003", FoundParts.driver("\u00124BM\0\u001c\0\u000f"));
    assertEquals("pms5003", FoundParts.driver("BM\0$\0"));
    assertEquals("sds011", FoundParts.driver("\u00ab\u00aa\u00c0\u0010"));
    assertEquals("ze03", FoundParts.driver("\u00ff\u0086\0"));
    assertEquals("gnss", FoundParts.driver("1,M*42\r\n$GNRMC,"));
    assertEquals("", FoundParts.driver("BM"));
    assertEquals("", FoundParts.driver("login: "));
  }
}
