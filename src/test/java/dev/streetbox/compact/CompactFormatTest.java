package dev.streetbox.compact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Compares a batch with its bytes by the contract, which no later program may change. */
class CompactFormatTest {
  private static final String JSON =
      """
      {"v":1,"box":"sb-0042","boot":41,"sim":true,"first":1801,"last":1804,"cal":"3-5f1c09a2",\
      "t0":1795418999000,"rows":[\
      {"seq":1801,"t":1795420800000,"tq":"gnss","pm25_ugm3":27.4,"temp_c":21.4,"q":0},\
      {"seq":1802,"t":1795420801000,"tq":"gnss","pm25_ugm3":27,"q":2048},\
      {"seq":1804,"t":1795420803001,"tq":"est","pm25_ugm3":26.5,"temp_c":-0.05,"q":0}],\
      "drops":[[1,900,"store_full"]]}\
      """;

  /** The batch as CBOR, worked out by hand from the contract. */
  private static final String ITEM =
      "90" // An array of 16.
          + "01" // v
          + "6773622d30303432" // box
          + "1829" // boot
          + "f5" // sim
          + "190709" // first
          + "19070c" // last
          + "6a332d3566316330396132" // cal
          + "1b000001a2074fc8d8" // t0
          + "f6f6" // t0_min and t0_max are null.
          + "83190709" // seq: 1801,
          + "39070701" // -1800, 1.
          + "831a001b7b28" // t: 1,801,000,
          + "3a001b773f" // -1,800,000,
          + "1903e9" // 1001.
          + "8400020201" // tq: two rows gnss, one row est.
          + "8300190800" // q: 0, 2048,
          + "3907ff" // -2048.
          + "85" // Two columns, one with bits for rows.
          + "07831901122324" // pm25_ugm3 in tenths: 274, -4, -5.
          + "182d4105" // temp_c, in the first and the third row,
          + "8219085c390860" // in hundredths: 2140, -2145.
          + "8183" // One drop.
          + "01190384" // From 1 to 900,
          + "6a73746f72655f66756c6c"; // store_full

  private static byte[] item() {
    return HexFormat.of().parseHex(ITEM);
  }

  @Test
  void aBatchIsEncodedAsItsBytesInTheContract() throws IOException {
    byte[] item = CompactItem.inflated(CompactEncoder.encode(JSON.getBytes(UTF_8)));
    assertEquals(ITEM, HexFormat.of().formatHex(item));
  }

  @Test
  void theBytesOfTheContractAreDecodedToTheBatch() throws IOException {
    byte[] body = CompactItem.deflated(item());
    assertEquals(JSON, new String(CompactDecoder.decode(body, JSON.length()), UTF_8));
  }

  @Test
  void theNinthRowsBitIsTheFirstOfTheSecondByte() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int seq = 1; seq <= 9; seq++) {
      String reading = seq == 2 || seq == 9 ? ",\"rh_pct\":" + seq : "";
      rows.append(",{\"seq\":%d,\"t\":0,\"tq\":\"ntp\"%s,\"q\":0}".formatted(seq, reading));
    }
    String json =
        "{\"v\":1,\"box\":\"sb-1\",\"boot\":1,\"first\":1,\"last\":9,\"rows\":["
            + rows.substring(1)
            + "]}";
    byte[] body = CompactEncoder.encode(json.getBytes(UTF_8));
    String item = HexFormat.of().formatHex(CompactItem.inflated(body));
    // Field 46, the bits of rows 1 and 8, 200 and 700 hundredths, no drop.
    assertEquals("83182e4202018218c81902bc80", item.substring(item.length() - 26));
    assertEquals(json, new String(CompactDecoder.decode(body, json.length()), UTF_8));
  }
}
